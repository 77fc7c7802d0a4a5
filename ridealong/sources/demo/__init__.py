"""The simulated company: a source of facts to try Ridealong with.

``company(seed=…, today=…)`` tells its facts without touching a database; ``SIGN_INS`` says who may
sign in. ``ridealong.sources.demo.seeding`` hands the facts to the record's writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ridealong.record.facts import Fact
from ridealong.sources.demo.simulation import truth
from ridealong.sources.demo.staff import COMPANY, SIGN_INS, SignIn
from ridealong.sources.demo.workdays import ZONE

__all__ = ["COMPANY", "SIGN_INS", "ZONE", "SignIn", "company", "truth"]


def company(*, seed: int = 7, today: date) -> Iterator[Fact]:
    """Go through the facts of the company in the order in which they were learned.

    ``today`` is a day in Berlin (``ZONE``), of which nothing has happened yet. The same seed and
    day give exactly the same facts.
    """
    return iter(truth(seed=seed, today=today).facts)

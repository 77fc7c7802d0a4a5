"""Handing the simulated company to the record."""

from __future__ import annotations

from datetime import date, datetime
from itertools import dropwhile, takewhile

from ridealong.lib.clock import FOREVER
from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.ranks import SourceName
from ridealong.record.writer import Outcome, Watch
from ridealong.sources.demo import company

DEMO = SourceName(name="demo", kind="demo")


def seed(
    today: date,
    number: int = 7,
    *,
    since: datetime | None = None,
    until: datetime = FOREVER,
    progress: Watch | None = None,
) -> Outcome:
    """Add the company as of ``today`` to the record; ``number`` chooses which one it is.

    Into an empty record: the company of another day or number has other facts under the same keys.
    ``since``, ``until``: only what was learned in ``[since, until)``.
    """

    def learned(fact: Fact) -> datetime:
        return fact.recorded_at or fact.at

    facts = company(seed=number, today=today)
    if since is not None:
        start = since
        facts = dropwhile(lambda fact: learned(fact) < start, facts)
    facts = takewhile(lambda fact: learned(fact) < until, facts)
    return writer.load(DEMO, facts, progress=progress)

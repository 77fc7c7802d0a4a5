"""The small company of the forecasts' tests, of which something is said on some mornings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.views.forecasting.fits import simply_fitted
from ridealong.watching.saying import say_due
from tests.record.telling import member, on, tell
from tests.views.forecasting import world

MORNINGS = tuple(float(day) for day in range(42, 78, 7))
"""The days on which odds and ranges are said."""
LAST = 110.0


def begin(count: int = 150) -> None:
    """Tell of the company until the first morning, and who leads whom."""
    world.begin()
    tell(
        [
            Fact("organisation", "self", on(-30), {"currency": "EUR", "time_zone": "UTC"}, "org"),
            member("lea", role="leader"),
            member("ona", role="owner"),
            Fact("member", "ann", on(-29), {"reports_to": "lea", "role": "salesperson"}, "ann2"),
            Fact("member", "ben", on(-29), {"reports_to": "ona", "role": "salesperson"}, "ben2"),
        ]
    )
    tell(facts_until(MORNINGS[0], count))


def facts_until(day: float, count: int = 150, since: float = -100) -> list[Fact]:
    """Return what was learned in ``[since, day)``."""
    return [
        each for each in world.facts(count) if on(since) <= (each.recorded_at or each.at) < on(day)
    ]


def live_through(mornings: Iterable[float] = MORNINGS, count: int = 150) -> None:
    """Say odds and ranges on each morning, knowing what was known then; then let the rest come."""
    begin(count)
    fit = simply_fitted(pipeline.open(EVERYTHING, on(MORNINGS[0])))
    days = [*mornings, LAST]
    for day, following in pairwise(days):
        say_due(now=on(day), live=False, fit=fit, whats=("odds", "ranges"))
        tell(facts_until(following, count, since=day))


def opened(key: str | None, day: float) -> Pipeline:
    """Open the pipeline of a member, by their key, on a day; None: of all."""
    if key is None:
        return pipeline.open(EVERYTHING, on(day))
    member_id = pipeline.member_with_email(f"{key}@seller.example").id
    return pipeline.open(member_id, on(day))

"""How near what was said came, of all that was said and can be judged by now.

Odds: one morning a week, since what is said each morning about the same deals is nearly the same;
a deal's rows are never taken for independent. Odds to be won ever are not judged: deals still open
would be left out, and they are not like the others. Ranges: of each period the one said first, in
its first half. Intervals of shares: E. B. Wilson 1927.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby

import numpy as np

from ridealong.lib.clock import end_of_day, start_of_day
from ridealong.lib.periods import SPANS, Span, period_named
from ridealong.odds.measuring import Measured, measured
from ridealong.record.pipeline import Pipeline
from ridealong.record.said import Morning, Ranged, Spoken, Stretch
from ridealong.views import inspection
from ridealong.views.said.reading import Landed, horizons_of, landed

BACK = timedelta(days=366)
MOST = 1500
"""So many deals at most are measured on."""
FEWEST = 30
"""Of so many deals at least, so that anything is said."""
FEWEST_ENDS = 5
"""So many of them won by the horizon, and as many not."""
FEWEST_RANGES = 5


@dataclass(frozen=True, slots=True)
class OfHorizon:
    """Odds by one horizon. ``measures`` None: ``lacking`` says what is missing."""

    name: str
    measures: Measured | None
    lacking: str


@dataclass(frozen=True, slots=True)
class OfRanges:
    """Ranges of weeks, months or quarters that are over. ``share`` lies in ``[low, high]`` (95%).

    ``share`` None: ``lacking`` says what is missing.
    """

    span: Span
    ranges: tuple[Landed, ...]
    share: float | None
    low: float | None
    high: float | None
    lacking: str

    @property
    def inside(self) -> int:
        """How many held what came."""
        return sum(each.inside for each in self.ranges)


@dataclass(frozen=True, slots=True)
class OfClaims:
    """How many claims were ever made since ``since``, and of them stand by the last morning."""

    since: datetime | None
    claims: int
    still: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How near it was. ``mornings``: on how many odds are held against what came."""

    begun: datetime | None
    mornings: int
    horizons: tuple[OfHorizon, ...]
    ranges: tuple[OfRanges, ...]
    claims: OfClaims


def accuracy(pipe: Pipeline) -> Accuracy:
    """Return how near what was said came, about what the viewer may see, up to the moment."""
    mornings = _one_a_week(pipe)
    # As of this morning: it changes once a day, unless much is learned.
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    morning = pipe.moved(start_of_day(today, pipe.organisation.time_zone), pipe.known)
    horizons = _odds(morning, pipe.paths.learned()) if mornings else ()
    return Accuracy(
        begun=pipe.said.begun("odds"),
        mornings=len(mornings),
        horizons=horizons,
        ranges=tuple(_ranges(pipe)),
        claims=_claims(pipe),
    )


def _one_a_week(pipe: Pipeline) -> list[Morning]:
    """The first morning of each week, the oldest first."""
    zone = pipe.organisation.time_zone
    listed = reversed(pipe.said.mornings("odds", since=pipe.at - BACK))
    weeks = groupby(listed, key=lambda each: each.at.astimezone(zone).isocalendar()[:2])
    return [next(of_week) for _, of_week in weeks]


def forget() -> None:
    """Let everything be measured anew: another record is there now."""
    _odds.cache_clear()


@lru_cache(maxsize=16)
def _odds(pipe: Pipeline, learned: int) -> tuple[OfHorizon, ...]:
    """Measure each horizon; ``learned`` is what the cache goes by, beside who looks when."""
    del learned
    mornings = _one_a_week(pipe)
    deals = pipe.said.deals(MOST)
    rows: dict[str, list[tuple[float, bool, int]]] = {}
    stretches = {d: list(of) for d, of in groupby(pipe.said.stretches(deals), lambda s: s.deal_id)}
    for deal, said in groupby(pipe.said.courses(deals), lambda each: each.deal_id):
        for name, odds, hit in _judged(pipe, mornings, list(said), stretches.get(deal, [])):
            rows.setdefault(name, []).append((odds, hit, deal))
    names = dict.fromkeys(name for each in mornings for name, _ in horizons_of(each))
    return tuple(_measured(name, rows.get(name, [])) for name in names if name != "ever")


def _judged(
    pipe: Pipeline, mornings: Sequence[Morning], said: list[Spoken], stretches: list[Stretch]
) -> Iterator[tuple[str, float, bool]]:
    """Yield (horizon, odds said, whether it was won by it) of one deal, morning by morning."""
    moments = [each.at for each in said]
    for morning in mornings:
        place = bisect_right(moments, morning.at)
        if not place or _status(stretches, morning.at) != "open":
            continue
        end = next((s for s in stretches if s.since > morning.at and s.status != "open"), None)
        for (name, until), won in zip(horizons_of(morning), said[place - 1].won, strict=False):
            if until <= pipe.at:
                hit = end is not None and end.status == "won" and end.since <= until
                yield name, won / 1000, hit


def _status(stretches: Sequence[Stretch], at: datetime) -> str:
    return next((s.status for s in stretches if s.since <= at < s.until), "")


def _measured(name: str, rows: list[tuple[float, bool, int]]) -> OfHorizon:
    deals = len({deal for _, _, deal in rows})
    won = len({deal for _, hit, deal in rows if hit})
    other = len({deal for _, hit, deal in rows if not hit})
    if deals < FEWEST or min(won, other) < FEWEST_ENDS:
        return OfHorizon(name, None, _too_few(deals, won))
    odds, hits, things = zip(*rows, strict=True)
    found = measured(np.array(odds), np.array(hits, dtype=bool), np.array(things, dtype=np.int64))
    return OfHorizon(name, found, "")


def _too_few(deals: int, won: int) -> str:
    if not deals:
        return "This horizon is not over yet for any odds that were said."
    if deals < FEWEST:
        return f"It is over for {deals} deals so far; it takes {FEWEST} to say how near odds were."
    return (
        f"Of {deals} deals {won} were won by then: too few of one kind to say how near odds were."
    )


def _ranges(pipe: Pipeline) -> Iterator[OfRanges]:
    """Judge the widest ranges in sight: the company's, else those of the viewer's own team."""
    zone = pipe.organisation.time_zone
    own = pipe.viewer.id if pipe.viewer is not None and pipe.sight.scope is not None else None
    first: dict[str, Ranged] = {}
    for each in pipe.said.ranges():
        if each.member_id == own:
            first.setdefault(each.period, each)
    for span in SPANS:
        found = []
        for name, said in first.items():
            period = period_named(name)
            begins, ends = start_of_day(period.first, zone), end_of_day(period.last, zone)
            if period.span == span and ends < pipe.at and said.at <= begins + (ends - begins) / 2:
                found.append(landed(pipe, said, period, inspection.deals_won_in(pipe, period), {}))
        yield _of_ranges(span, found)


def _of_ranges(span: Span, found: Sequence[Landed]) -> OfRanges:
    if len(found) < FEWEST_RANGES:
        lacking = f"{len(found)} over so far; it takes {FEWEST_RANGES} to say how often they hold."
        return OfRanges(span, tuple(found), None, None, None, lacking)
    # It takes seconds to import, and nothing else here needs it.
    from scipy.stats import binomtest

    inside = sum(each.inside for each in found)
    test = binomtest(inside, len(found)).proportion_ci(method="wilson")
    return OfRanges(span, tuple(found), inside / len(found), test.low, test.high, "")


def _claims(pipe: Pipeline) -> OfClaims:
    names = {each.name for each in pipe.said.claims()}
    newest = next(iter(pipe.said.mornings("insights", limit=1)), None)
    still = names & set(newest.body["standing"]) if newest else set()
    return OfClaims(pipe.said.begun("insights"), len(names), len(still))

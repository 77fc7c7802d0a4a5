"""How near the numbers were that members called: against what came, with what can be said of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import mean, stdev

from scipy.special import stdtrit

from ridealong.lib.clock import end_of_day, start_of_day
from ridealong.lib.periods import SPANS, Period, Span, period_named
from ridealong.record.calling import Called
from ridealong.record.pipeline import Pipeline
from ridealong.views.briefing.landing import spoken, won_by

FEWEST = 4
"""Of fewer past numbers nothing is said but what they were."""
LATEST = 12
"""So many past periods of a kind are looked at."""
CHANCE = 0.8


@dataclass(frozen=True, slots=True)
class Past:
    """A number called for a period that is over, and what was won of it."""

    period: str
    title: str
    at: datetime
    called: Decimal
    came: Decimal

    @property
    def off(self) -> float:
        """How far what came was from what was called, as a share of it; 0.1: a tenth more."""
        return float((self.came - self.called) / self.called)

    @property
    def near(self) -> float:
        """The smaller of what came and what was called by the larger: 1 is exact, 0 none of it."""
        return float(min(self.came, self.called) / max(self.came, self.called))


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How near a member's numbers for weeks, months or quarters were. ``past``: the newest first.

    ``error``: how far off on average, either way, as a share of the number called. ``bias``: which
    way, below 0 where less came than was called; with 80% it is in ``[low, high]``. All None where
    ``lacking`` says what is missing.
    """

    member_id: int
    member: str
    span: Span
    past: tuple[Past, ...]
    error: float | None = None
    bias: float | None = None
    low: float | None = None
    high: float | None = None
    lacking: str = ""

    @property
    def sentence(self) -> str:
        """Say what the figures support, and no more."""
        if self.error is None or self.low is None or self.high is None:
            return self.lacking
        off = f"Off by {self.error:.0%} on average over {len(self.past)} {self.span}s"
        if self.high < 0:
            return f"{off}; likely less comes than is called."
        if self.low > 0:
            return f"{off}; likely more comes than is called."
        return f"{off}; no lean to either side shows."


def accuracy(pipe: Pipeline, member: int) -> list[Accuracy]:
    """Return what ``accuracies`` does, of one member."""
    return accuracies(pipe, [member])[member]


def accuracies(pipe: Pipeline, members: Collection[int]) -> dict[int, list[Accuracy]]:
    """Return how near past numbers were, by member and kind of period; [] where none was called.

    Counted is the number that stood when a period began, else the first that was called in its
    first half: what is called later reports, and does not foretell.
    """
    names = {c.period for c in pipe.calling.numbers() if c.member_id in members}
    periods = [period_named(name) for name in names]
    said = pipe.calling.numbers_over_time(names)
    counted = {
        (period, member): called
        for member in members
        for span in SPANS
        for period, called in _newest(
            pipe, [p for p in periods if p.span == span], [c for c in said if c.member_id == member]
        )
    }
    came = won_by(pipe, counted)
    found: dict[int, list[Accuracy]] = {}
    for member in members:
        one = pipe.leading.one(member)
        found[member] = []
        for span in SPANS if one else ():
            past = [
                Past(period.name, spoken(period.name), called.at, called.amount, came[period, of])
                for (period, of), called in counted.items()
                if of == member and period.span == span
            ]
            if one and past:
                found[member].append(_judged(member, one.name, span, past))
    return found


def _newest(
    pipe: Pipeline, periods: Iterable[Period], said: Sequence[Called]
) -> Iterator[tuple[Period, Called]]:
    """Periods that are over, the newest first, with the number of one member that counts."""
    zone = pipe.organisation.time_zone
    named = {each.period for each in said}
    over = [p for p in periods if p.name in named and end_of_day(p.last, zone) < pipe.at]
    newest = sorted(over, key=lambda period: period.first, reverse=True)[:LATEST]
    for period in newest:
        called = _counted(pipe, period, [c for c in said if c.period == period.name])
        if called is not None and called.amount > 0:
            yield period, called


def _counted(pipe: Pipeline, period: Period, said: Sequence[Called]) -> Called | None:
    zone = pipe.organisation.time_zone
    begins, ends = start_of_day(period.first, zone), end_of_day(period.last, zone)
    half = begins + (ends - begins) / 2
    before = [each for each in said if each.at <= begins]
    within = [each for each in said if begins < each.at <= half]
    return before[-1] if before else within[0] if within else None


def _judged(member: int, name: str, span: Span, past: Sequence[Past]) -> Accuracy:
    off = [each.off for each in past]
    if len(off) < FEWEST:
        lacking = f"{len(off)} of the {FEWEST} past {span}s that are the least to say how near."
        return Accuracy(member, name, span, tuple(past), lacking=lacking)
    bias = mean(off)
    wide = float(stdtrit(len(off) - 1, (1 + CHANCE) / 2)) * stdev(off) / math.sqrt(len(off))
    return Accuracy(
        member,
        name,
        span,
        tuple(past),
        error=mean(abs(each) for each in off),
        bias=bias,
        low=bias - wide,
        high=bias + wide,
    )

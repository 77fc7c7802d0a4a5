"""How near the numbers were that a leader called: as a period began, against what was won in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import mean, stdev

from scipy.stats import t

from ridealong.lib.clock import end_of_day, start_of_day
from ridealong.lib.periods import Period, Span, period_of
from ridealong.record.calling import Called
from ridealong.record.editing import Edit
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline

FEWEST = 4
"""Of fewer past numbers nothing is said but what they were."""
LEVEL = 0.95
LOOKED_AT: dict[Span, int] = {"week": 12, "month": 6, "quarter": 4}
"""So many past periods of a kind are looked at."""


@dataclass(frozen=True, slots=True)
class Past:
    """A number called for a period that is over, and what was won in it."""

    period: str
    at: datetime
    called: Decimal
    came: Decimal

    @property
    def off(self) -> float:
        """How far what came was from what was called, as a share of it; 0.1: a tenth more."""
        return float((self.came - self.called) / self.called)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How near a leader's numbers for one kind of period were. ``past``: the newest first.

    ``error``: how far off on average, either way, as a share of the number called; ``bias``: which
    way, below 0 where less came, with 95% in ``[low, high]``; None of fewer than ``FEWEST``.
    ``chance``: that the bias is none.
    """

    span: Span
    past: tuple[Past, ...]
    error: float | None = None
    bias: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float = 1.0


def numbers(pipe: Pipeline, leader: Employed, team: Iterable[int]) -> tuple[Numbers, ...]:
    """Return how near a leader's past numbers were, of each kind of period that was called."""
    zone = pipe.organisation.time_zone
    today = pipe.at.astimezone(zone).date()
    periods = {span: _over(span, today, count) for span, count in LOOKED_AT.items()}
    names = [period.name for each in periods.values() for period in each]
    said = [c for c in pipe.calling.numbers_over_time(names) if c.member_id == leader.id]
    if not said:
        return ()
    first = min(period.first for each in periods.values() for period in each)
    won = _won(pipe, start_of_day(first, zone), team)
    found = []
    for span, each in periods.items():
        past = [p for period in each if (p := _past(pipe, period, said, won))]
        if past:
            found.append(_judged(span, past))
    return tuple(found)


def _over(span: Span, today: date, count: int) -> list[Period]:
    found = [period_of(span, today).previous]
    while len(found) < count:
        found.append(found[-1].previous)
    return found


def _won(pipe: Pipeline, since: datetime, team: Iterable[int]) -> list[Edit]:
    """Return the edits since then by which a deal was won."""
    edits = pipe.editing.edits(since, frozenset(team), pipe.conversion)
    ended = sorted({each.deal_id for each in edits if each.status == "won"})
    status = {deal.id: deal.status for deal in pipe.moved(since, pipe.known).deals_numbered(ended)}
    found = []
    for each in edits:
        if each.status == "won" and status.get(each.deal_id) != "won":
            found.append(each)
        status[each.deal_id] = each.status
    return found


def _past(
    pipe: Pipeline, period: Period, said: Sequence[Called], won: Sequence[Edit]
) -> Past | None:
    """Counted is what stood when the period began, else what was called first in its first half."""
    zone = pipe.organisation.time_zone
    begins, ends = start_of_day(period.first, zone), end_of_day(period.last, zone)
    half = begins + (ends - begins) / 2
    called = [each for each in said if each.period == period.name]
    before = [each for each in called if each.at <= begins][-1:]
    within = [each for each in called if begins < each.at <= half][:1]
    counted = next(iter(before or within), None)
    if counted is None or counted.amount <= 0 or ends > pipe.at + timedelta(seconds=1):
        return None
    came = [each.value for each in won if begins <= each.at <= ends and each.value is not None]
    return Past(period.name, counted.at, counted.amount, sum(came, Decimal(0)))


def _judged(span: Span, past: Sequence[Past]) -> Numbers:
    off = [each.off for each in past]
    if len(off) < FEWEST:
        return Numbers(span, tuple(past))
    bias, freedom = mean(off), len(off) - 1
    error = max(stdev(off) / math.sqrt(len(off)), 1e-6)
    wide = float(t.ppf((1 + LEVEL) / 2, freedom)) * error
    return Numbers(
        span,
        tuple(past),
        error=mean(abs(each) for each in off),
        bias=bias,
        low=bias - wide,
        high=bias + wide,
        chance=float(2 * t.sf(abs(bias) / error, freedom)),
    )

"""The waterfall: what moved the expected total of a period from one moment to another.

The expected total is what is won, the odds of each open deal times its amount, and what new deals
bring on average. All parts add up to its change, to the hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, get_args

import numpy as np

from ridealong.lib.clock import start_of_day
from ridealong.lib.periods import Period, Span, period_of
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views.forecasting import fitting, frame
from ridealong.views.forecasting.fits import Fit
from ridealong.views.forecasting.horizons import horizon
from ridealong.views.forecasting.ranging import exact, spread_of
from ridealong.views.forecasting.replays import LONGEST
from ridealong.views.forecasting.rollup import won_moves
from ridealong.views.inspection import number

Kind = Literal[
    "won", "early", "lost", "new", "came", "gone", "odds", "amount", "time", "learned", "coming"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ZERO = Decimal(0)
SAME_FIT = "No odds were kept on that day, so what is known of odds now tells both moments."


@dataclass(frozen=True, slots=True)
class Moved:
    """What one deal adds to the change.

    ``kind``: won, lost; early, won before the period began; new, begun since; came, into sight or
    open again; gone, out of sight; odds, of winning; amount.
    """

    kind: Kind
    deal: DealState
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What all of one kind add: of ``count`` deals, or of none in particular.

    time: less of the period is left, by the odds as they were; learned: odds were fitted anew;
    coming: new deals that are expected.
    """

    kind: Kind
    amount: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the expected total at ``since`` to the one at ``at``, in the company's currency.

    ``parts`` add up to the change; ``deals``: those that moved it, the most first. ``problem``: a
    sentence why there is none. ``told``: what it is not shown without.
    """

    since: datetime
    at: datetime
    before: Decimal
    after: Decimal
    parts: tuple[Part, ...]
    deals: tuple[Moved, ...]
    problem: str
    told: tuple[str, ...]


def waterfall(pipe: Pipeline, span: Span, since: datetime | None = None) -> Waterfall:
    """Say what moved the expected total of the week, month or quarter of the moment looked at.

    ``since``: a week ago by default. Where the period had not begun then, what was expected of it
    is what was likely to be won by its end, less what was likely to be won before its beginning.
    """
    zone = pipe.organisation.time_zone
    period = period_of(span, pipe.at.astimezone(zone).date())
    earlier = pipe.moved(min(since or pipe.at - WEEK, pipe.at), pipe.known)
    begins = (start_of_day(period.first, zone) - earlier.at) / DAY
    asked = horizon(pipe, span)
    try:
        after = fitting.for_moment(pipe, [asked], patient=False)
    except ValueError as error:
        return Waterfall(earlier.at, pipe.at, ZERO, ZERO, (), (), str(error), ())
    told: tuple[str, ...] = ()
    try:
        before = fitting.for_moment(earlier, [asked], patient=False)
    except ValueError:
        before, told = after, (SAME_FIT,)
    left = (asked.until - earlier.at) / DAY
    was = _standing(
        earlier, period, before, (left, asked.days), _known(before, left), begins=begins
    )
    now = _standing(pipe, period, after, (asked.days,), _known(after, asked.days))
    told_by_old = (
        now.odds
        if before is after
        else _odds(pipe, now.open, before, (asked.days,), _known(before, asked.days))
    )
    moved = list(_moves(pipe, earlier, was, now, told_by_old))
    moved.append(("coming", None, now.new - was.new))
    return _made(earlier, pipe, (was.total, now.total), moved, told)


Move = tuple[Kind, DealState | None, Decimal]


@dataclass(frozen=True)
class _Standing:
    """What a total is made of at a moment. ``odds``: by deal, a column a horizon."""

    won: Mapping[int, Decimal]
    open: Mapping[int, DealState]
    odds: Mapping[int, np.ndarray]
    new: Decimal

    def worth(self, deal: int, column: int = 0) -> Decimal:
        """What an open deal brings on average."""
        return _worth(self.odds, self.open[deal], column)

    @property
    def total(self) -> Decimal:
        return sum(self.won.values(), ZERO) + sum(map(self.worth, self.open), ZERO) + self.new


def _worth(odds: Mapping[int, np.ndarray], deal: DealState, column: int = 0) -> Decimal:
    if deal.id not in odds or not deal.value or deal.value < 0:
        return ZERO
    return exact(float(odds[deal.id][column]) * float(deal.value))


def _known(fit: Fit, days: float) -> float:
    return spread_of(fit.past, days).worth


def _standing(
    pipe: Pipeline,
    period: Period,
    fit: Fit,
    days: tuple[float, ...],
    worth: float,
    *,
    begins: float = 0.0,
) -> _Standing:
    opened = {deal.id: deal for deal in pipe.open_deals(Criteria())}
    new = fit.past.new
    seen = {each.id for each in pipe.members()}
    mine = [pipe.sight.scope is None or int(each) in seen for each in new.people]
    coming = float(new.expected(days[0])[mine].sum()) if days[0] <= LONGEST else 0.0
    if coming and begins > 0:
        coming -= float(new.expected(begins)[mine].sum())
    won = {move.deal: move.amount for move in won_moves(pipe, period)}
    return _Standing(
        won, opened, _odds(pipe, opened, fit, days, worth, begins=begins), exact(coming)
    )


def _odds(
    pipe: Pipeline,
    deals: Iterable[int],
    fit: Fit,
    days: tuple[float, ...],
    worth: float,
    *,
    begins: float = 0.0,
) -> dict[int, np.ndarray]:
    """By deal the odds of being won within each of ``days``; the first not before ``begins``."""
    told = frame.scoring(pipe, sorted(deals), fit.learned).snapshots
    if not len(told):
        return {}
    won = fit.estimator.predict(told, np.array([*days, max(begins, 0.0)])).won * worth
    won, before = won[:, :-1], won[:, -1]
    if begins > 0:
        won[:, 0] -= before
    return dict(zip(told.thing.tolist(), won, strict=True))


def _moves(
    pipe: Pipeline,
    earlier: Pipeline,
    was: _Standing,
    now: _Standing,
    by_old: Mapping[int, np.ndarray],
) -> Iterable[Move]:
    concerned = {*was.won, *was.open, *now.won, *now.open}
    seen = {deal.id: deal for deal in pipe.deals_numbered(sorted(concerned))}
    past = {d.id: d for d in earlier.deals_numbered(sorted(concerned - set(seen)))}
    for deal in sorted(concerned):
        state = seen.get(deal) or past.get(deal)
        if state is None:
            continue
        before = was.won.get(deal, ZERO) if deal in was.won else _open(was, deal)
        after = now.won.get(deal, ZERO) if deal in now.won else _open(now, deal)
        if deal in was.open and deal in now.open and deal not in was.won and deal not in now.won:
            yield from _still_open(state, was, now, by_old)
        else:
            yield _kind(deal, state, was, now, earlier), state, after - before


def _open(side: _Standing, deal: int) -> Decimal:
    return side.worth(deal) if deal in side.open else ZERO


def _kind(deal: int, state: DealState, was: _Standing, now: _Standing, earlier: Pipeline) -> Kind:
    if deal in now.won:
        return "amount" if deal in was.won else "won"
    if deal in now.open:
        return "new" if state.created_at > earlier.at else "came"
    if state.status == "won":
        return "early"
    return "lost" if state.status == "lost" else "gone"


def _still_open(
    state: DealState, was: _Standing, now: _Standing, by_old: Mapping[int, np.ndarray]
) -> Iterable[Move]:
    """Split what an open deal adds: less time, other odds, another amount, odds fitted anew."""
    deal, then = state.id, was.open[state.id]
    start, end = was.worth(deal), now.worth(deal)
    later = was.worth(deal, 1)
    at_old_amount, at_new_amount = _worth(by_old, then), _worth(by_old, now.open[deal])
    yield "time", None, later - start
    yield "odds", state, at_old_amount - later
    yield "amount", state, at_new_amount - at_old_amount
    yield "learned", None, end - at_new_amount


def _made(
    earlier: Pipeline,
    pipe: Pipeline,
    totals: tuple[Decimal, Decimal],
    moves: list[Move],
    told: tuple[str, ...],
) -> Waterfall:
    parts = []
    for kind in KINDS:
        mine = [(deal, amount) for each, deal, amount in moves if each == kind and amount]
        if mine:
            amount = sum((amount for _, amount in mine), ZERO)
            parts.append(Part(kind, amount, sum(deal is not None for deal, _ in mine)))
    deals = [Moved(kind, deal, amount) for kind, deal, amount in moves if deal and amount]
    deals.sort(key=lambda each: (-abs(each.amount), each.deal.id))
    before, after = totals
    return Waterfall(earlier.at, pipe.at, before, after, tuple(parts), tuple(deals), "", told)


def waterfall_shape(found: Waterfall) -> dict[str, Any]:
    """Return a waterfall as plain values."""
    return {
        "since": found.since.isoformat(),
        "at": found.at.isoformat(),
        "problem": found.problem or None,
        "told": list(found.told),
        "before": number(found.before),
        "after": number(found.after),
        "parts": [
            {"kind": each.kind, "amount": number(each.amount), "deals": each.count}
            for each in found.parts
        ],
        "deals": [
            {
                "id": each.deal.key,
                "name": each.deal.name,
                "kind": each.kind,
                "amount": number(each.amount),
            }
            for each in found.deals
        ],
    }

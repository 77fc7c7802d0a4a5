"""The roll-up: where a week, month or quarter is likely to land, by salesperson and leader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ridealong.lib.clock import start_of_day
from ridealong.lib.periods import SPANS, Period, Span, period_of
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views import inspection
from ridealong.views.forecasting.figures import Range
from ridealong.views.forecasting.horizons import Horizon, horizons
from ridealong.views.forecasting.lines import Line, lines, top
from ridealong.views.forecasting.odds import Book
from ridealong.views.forecasting.ranging import simulated
from ridealong.views.forecasting.ranking import of_all
from ridealong.views.forecasting.replays import LONGEST
from ridealong.views.inspection import Figure, Selection
from ridealong.views.inspection.changing import Move

ALL = Selection()


@dataclass(frozen=True, slots=True)
class RollUp:
    """Where the deals in sight are likely to land by a horizon.

    ``period``: the name of the week, month or quarter, which began at ``begins``; of a number of
    days "", and nothing is won already. ``lines``: all in sight first, then leaders and
    salespeople below. ``problem``: a sentence why there are none. ``told``: sentences that the
    lines are not shown without.
    """

    horizon: Horizon
    period: str
    begins: datetime
    lines: tuple[Line, ...]
    problem: str
    told: tuple[str, ...]

    @property
    def whole(self) -> Line | None:
        """The line of all in sight."""
        return self.lines[0] if self.lines else None


def rolled_up(pipe: Pipeline, horizon: Horizon) -> RollUp:
    """Return where the deals in sight are likely to land by a horizon, by member.

    From the fit that is kept: nothing is fitted here.
    """
    deals = pipe.open_deals(Criteria())
    book = of_all(pipe, [deal.id for deal in deals], [horizon])
    return roll_up(pipe, horizon, deals, book)


def roll_up(pipe: Pipeline, horizon: Horizon, deals: Sequence[DealState], book: Book) -> RollUp:
    """Return the same of deals that were read, and have odds, already."""
    span = next((each for each in SPANS if each == horizon.name), None)
    period = _period(pipe, span) if span else None
    begins = start_of_day(period.first, pipe.organisation.time_zone) if period else pipe.at
    if book.problem:
        return RollUp(horizon, "", begins, (), book.problem, ())
    worlds = simulated(pipe, deals, book, horizon)
    told_lines = lines(pipe, won_moves(pipe, period) if period else [], worlds, deals)
    told = (*book.told, *_left_out(deals, book, [horizon]))
    return RollUp(horizon, period.name if period else "", begins, told_lines, "", told)


@dataclass(frozen=True, slots=True)
class Likely:
    """Where periods are likely to land, by week, month and quarter; ``problem``: else why not."""

    ranges: Mapping[Span, Range]
    problem: str


def likely(pipe: Pipeline, won: Mapping[Span, Decimal] | None = None) -> Likely:
    """Return where each period of the moment is likely to land, of all deals in sight.

    Won already included, from the fit that is kept: nothing is fitted here. ``won``: what is won
    already in each period, where that is known.
    """
    deals, asked = pipe.open_deals(Criteria()), horizons(pipe, SPANS)
    book = of_all(pipe, [deal.id for deal in deals], asked)
    if book.problem:
        return Likely({}, book.problem)
    by: dict[Span, Range] = {}
    for span, horizon in zip(SPANS, asked, strict=True):
        already = won[span] if won else won_in(pipe, _period(pipe, span)).amount
        worlds = simulated(pipe, deals, book, horizon, apart=False)
        by[span] = worlds.total(top(pipe), None).raised(already)
    return Likely(by, "")


def ranges(pipe: Pipeline) -> dict[Span, Range]:
    """Return where each period of the moment is likely to land; {} where nothing can be said."""
    return dict(likely(pipe).ranges)


def won_in(pipe: Pipeline, period: Period) -> Figure:
    """Count what was won in a period, up to the moment looked at."""
    return inspection.figure("won", won_moves(pipe, period), ALL)


def won_moves(pipe: Pipeline, period: Period) -> list[Move]:
    """Return what was won in a period, up to the moment looked at."""
    begins = start_of_day(period.first, pipe.organisation.time_zone)
    before = pipe.moved(min(begins, pipe.at), pipe.known)
    return inspection.won_between(before, pipe)


def _left_out(deals: Sequence[DealState], book: Book, asked: Sequence[Horizon]) -> Iterable[str]:
    unpriced = sum(deal.value is None for deal in deals)
    unknown = sum(deal.id not in book.odds for deal in deals)
    if unpriced:
        yield f"{unpriced:,} open deals without an amount, or without a rate for it, are left out."
    if unknown:
        yield f"{unknown:,} deals were not in the record yet at the moment, and are left out."
    if max(each.days for each in asked) > LONGEST:
        yield f"New deals yet to come are told for {LONGEST:.0f} days at most, so none are here."


def _period(pipe: Pipeline, span: Span) -> Period:
    return period_of(span, pipe.at.astimezone(pipe.organisation.time_zone).date())

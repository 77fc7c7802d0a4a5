"""The roll-up: where a week, month or quarter is likely to land, by salesperson and leader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from ridealong.lib.clock import start_of_day
from ridealong.lib.periods import SPANS, Period, Span, period_of
from ridealong.odds.replaying import COMPANY
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views import inspection
from ridealong.views.forecasting.horizons import Horizon, horizons
from ridealong.views.forecasting.odds import Book, odds_of
from ridealong.views.forecasting.ranging import CATEGORIES, Range, Worlds, exact, simulated
from ridealong.views.forecasting.replays import LONGEST, NOBODY
from ridealong.views.inspection import NONE, Figure, Selection
from ridealong.views.inspection.changing import Move

ALL = Selection()


@dataclass(frozen=True, slots=True)
class Category:
    """Open deals of one forecast category: how many, worth what, and what they bring."""

    name: str
    figure: Figure
    expected: Decimal
    range: Range


@dataclass(frozen=True, slots=True)
class Line:
    """What one member's deals bring, those of everybody below them included.

    ``member``: their number, ``COMPANY`` for all in sight; ``depth``: how far below the first line.
    ``won``: already, in the period; ``evident``: whether its selection gives just these deals.
    ``total`` = won, open and new; ``expected`` is its mean.
    """

    member: int
    name: str
    leads: bool
    depth: int
    won: Figure
    evident: bool
    open: Range
    new: Range
    total: Range
    expected: Decimal
    categories: tuple[Category, ...]


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
    book = odds_of(pipe, [deal.id for deal in deals], [horizon], why=False)
    return roll_up(pipe, horizon, deals, book)


def roll_up(pipe: Pipeline, horizon: Horizon, deals: Sequence[DealState], book: Book) -> RollUp:
    """Return the same of deals that were read, and have odds, already."""
    span = next((each for each in SPANS if each == horizon.name), None)
    period = _period(pipe, span) if span else None
    begins = start_of_day(period.first, pipe.organisation.time_zone) if period else pipe.at
    if book.past is None:
        return RollUp(horizon, "", begins, (), book.problem, ())
    worlds = simulated(pipe, deals, book, book.past, horizon)
    lines = _lines(pipe, won_moves(pipe, period) if period else [], worlds, deals)
    told = (*book.told, *_left_out(deals, book, [horizon]))
    return RollUp(horizon, period.name if period else "", begins, lines, "", told)


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
    found = _worlds(pipe, horizons(pipe, SPANS))
    by: dict[Span, Range] = {}
    for span in SPANS if found.worlds else ():
        already = won[span] if won else won_in(pipe, _period(pipe, span)).amount
        by[span] = found.worlds[span].total(top(pipe), None).raised(already)
    return Likely(by, found.problem)


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
    return inspection.moves_between(before, pipe, ALL)["won"]


def top(pipe: Pipeline) -> int:
    """Return whose line holds all in sight: the company's, or the viewer's own."""
    return COMPANY if pipe.sight.scope is None or pipe.viewer is None else pipe.viewer.id


@dataclass(frozen=True)
class _Found:
    worlds: Mapping[str, Worlds]
    deals: tuple[DealState, ...]
    problem: str
    told: tuple[str, ...]


def _worlds(pipe: Pipeline, asked: Sequence[Horizon], *, patient: bool = False) -> _Found:
    deals = tuple(pipe.open_deals(Criteria()))
    book = odds_of(pipe, [deal.id for deal in deals], asked, why=False, patient=patient)
    if book.past is None:
        return _Found({}, deals, book.problem, ())
    worlds = {each.name: simulated(pipe, deals, book, book.past, each) for each in asked}
    return _Found(worlds, deals, "", (*book.told, *_left_out(deals, book, asked)))


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


def _lines(
    pipe: Pipeline, moves: Sequence[Move], worlds: Worlds, deals: Sequence[DealState]
) -> tuple[Line, ...]:
    carried = {
        deal.id: deal.salesperson_id or NOBODY
        for deal in pipe.deals_numbered([move.deal for move in moves])
    }
    make = partial(_line, pipe, worlds, deals, [(move, carried.get(move.deal)) for move in moves])
    viewer = pipe.viewer
    name = pipe.organisation.name if top(pipe) == COMPANY or viewer is None else viewer.name
    found = [make(top(pipe), name, None, 0, leads=True)]
    for each, depth in below(pipe):
        mine = {each.id, *(other.id for other in pipe.leading.led_by(each.id))}
        line = make(each.id, each.name, mine, depth, leads=len(mine) > 1)
        if _anything(line, mine, worlds, deals):
            found.append(line)
    if top(pipe) == COMPANY and any(deal.salesperson_id is None for deal in deals):
        found.append(make(NOBODY, "Without a salesperson", {NOBODY}, 1, leads=False))
    return tuple(found)


def below(pipe: Pipeline) -> list[tuple[Employed, int]]:
    """Return everybody in sight below the first line with how far below, each under their leader.

    Leaders and salespeople in order of name; whoever has no leader in sight stands right below.
    """
    mine = top(pipe)
    everybody = pipe.leading.employed
    seen = {each.id for each in pipe.members()} & set(everybody)
    under: dict[int, list[Employed]] = {}
    for number in seen - {mine}:
        each = everybody[number]
        leader = each.leader_id if each.leader_id in seen else mine
        under.setdefault(leader or mine, []).append(each)
    found: list[tuple[Employed, int]] = []
    waiting = [(each, 1) for each in _named(under.pop(mine, []))]
    while waiting:
        each, depth = waiting.pop(0)
        found.append((each, depth))
        waiting = [(one, depth + 1) for one in _named(under.pop(each.id, []))] + waiting
    return found


def _named(members: Iterable[Employed]) -> list[Employed]:
    return sorted(members, key=lambda each: (each.name, each.key))


def _anything(line: Line, who: Collection[int], worlds: Worlds, deals: Sequence[DealState]) -> bool:
    foreseen = bool(worlds.columns(who)) and line.total.p90 > 0
    return line.won.count > 0 or foreseen or any(deal.salesperson_id in who for deal in deals)


def _line(
    pipe: Pipeline,
    worlds: Worlds,
    deals: Sequence[DealState],
    won: Sequence[tuple[Move, int | None]],
    member: int,
    name: str,
    who: Collection[int] | None,
    depth: int,
    *,
    leads: bool,
) -> Line:
    selection = _selection(member, who)
    mine = [move for move, person in won if who is None or person in who]
    already = inspection.figure("won", mine, selection)
    columns = worlds.columns(who)
    expected = worlds.expected_open[columns].sum() + worlds.expected_new[columns].sum()
    return Line(
        member=member,
        name=name,
        leads=leads,
        depth=depth,
        won=already,
        evident=who is None or len(who) == 1,
        open=worlds.opened(who),
        new=worlds.coming(who),
        total=worlds.total(member, who).raised(already.amount),
        expected=already.amount + exact(float(expected)),
        categories=tuple(_categories(worlds, deals, who, selection)),
    )


def _selection(member: int, who: Collection[int] | None) -> Selection:
    if who is None:
        return ALL
    return Selection(salesperson=NONE if member == NOBODY else str(member))


def _categories(
    worlds: Worlds,
    deals: Sequence[DealState],
    who: Collection[int] | None,
    selection: Selection,
) -> Iterable[Category]:
    columns = worlds.columns(who)
    for place, name in enumerate(CATEGORIES):
        mine = [
            deal
            for deal in deals
            if (who is None or (deal.salesperson_id or NOBODY) in who) and deal.category == name
        ]
        if mine:
            expected = float(worlds.expected_open[columns, place].sum())
            figure = inspection.summed(
                inspection.tallied(mine, None), selection.narrowed(category=name or NONE)
            )
            yield Category(name, figure, exact(expected), worlds.opened(who, place))

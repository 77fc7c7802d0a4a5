"""A roll-up's lines: all in sight, and below them each leader and salesperson."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ridealong.odds.replaying import COMPANY
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views import inspection
from ridealong.views.forecasting.figures import Range
from ridealong.views.forecasting.ranging import CATEGORIES, Worlds, exact
from ridealong.views.forecasting.replays import NOBODY
from ridealong.views.inspection import NONE, Figure, Selection
from ridealong.views.inspection.changing import Move

ALL = Selection()
Who = Collection[int] | None
"""Whose deals, by number; None for all in sight."""


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


def top(pipe: Pipeline) -> int:
    """Return whose line holds all in sight: the company's, or the viewer's own."""
    return COMPANY if pipe.sight.scope is None or pipe.viewer is None else pipe.viewer.id


def lines(
    pipe: Pipeline, won: Sequence[Move], worlds: Worlds, deals: Sequence[DealState]
) -> tuple[Line, ...]:
    """Return all in sight first, then everybody of whom there is anything to tell."""
    closed = pipe.deals_numbered([move.deal for move in won])
    carried = {deal.id: deal.salesperson_id or NOBODY for deal in closed}
    by: dict[int, list[DealState]] = {}
    for deal in deals:
        by.setdefault(deal.salesperson_id or NOBODY, []).append(deal)
    making = _Making(worlds, [(move, carried.get(move.deal)) for move in won], by)
    viewer = pipe.viewer
    name = pipe.organisation.name if top(pipe) == COMPANY or viewer is None else viewer.name
    found = [making.line(top(pipe), name, None, 0)]
    for each, depth in below(pipe):
        who = {each.id, *(other.id for other in pipe.leading.led_by(each.id))}
        # Whoever leads all of them would say the same as the first line.
        if making.people & who and not (len(who) > 1 and making.people <= who):
            found.append(making.line(each.id, each.name, who, depth))
    if top(pipe) == COMPANY and NOBODY in making.people:
        found.append(making.line(NOBODY, "Without a salesperson", {NOBODY}, 1))
    return tuple(found)


@dataclass(frozen=True)
class _Making:
    """What lines are made of. ``won``: with who carried it; ``deals``: open ones by who does."""

    worlds: Worlds
    won: Sequence[tuple[Move, int | None]]
    deals: Mapping[int, Sequence[DealState]]

    @cached_property
    def people(self) -> frozenset[int | None]:
        """Those who won anything, have anything open, or are expected to win new deals."""
        means = zip(self.worlds.people, self.worlds.expected_new, strict=True)
        coming = (person for person, mean in means if mean > 0)
        return frozenset((*self.deals, *(person for _, person in self.won), *coming))

    def line(self, member: int, name: str, who: Who, depth: int) -> Line:
        """Return the line of a member, of the deals of ``who``."""
        selection = _selection(member, who)
        mine = [move for move, person in self.won if who is None or person in who]
        already = inspection.figure("won", mine, selection)
        columns = self.worlds.columns(who)
        worlds = self.worlds
        mean = worlds.expected_open[columns].sum() + worlds.expected_new[columns].sum()
        return Line(
            member=member,
            name=name,
            leads=who is None or len(who) > 1,
            depth=depth,
            won=already,
            evident=who is None or len(who) == 1,
            open=worlds.opened(who),
            new=worlds.coming(who),
            total=worlds.total(member, who).raised(already.amount),
            expected=already.amount + exact(float(mean)),
            categories=tuple(self._categories(who, selection)),
        )

    def _categories(self, who: Who, selection: Selection) -> Iterator[Category]:
        people = self.deals if who is None else [each for each in who if each in self.deals]
        by: dict[str, list[DealState]] = {}
        for deal in (deal for person in people for deal in self.deals[person]):
            by.setdefault(deal.category if deal.category in CATEGORIES else "", []).append(deal)
        columns = self.worlds.columns(who)
        for place, name in enumerate(CATEGORIES):
            if name in by:
                of = selection.narrowed(category=name or NONE)
                figure = inspection.summed(inspection.tallied(by[name], None), of)
                expected = float(self.worlds.expected_open[columns, place].sum())
                yield Category(name, figure, exact(expected), self.worlds.opened(who, place))


def _selection(member: int, who: Who) -> Selection:
    if who is None:
        return ALL
    return Selection(salesperson=NONE if member == NOBODY else str(member))


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

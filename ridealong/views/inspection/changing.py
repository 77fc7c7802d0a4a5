"""What happened to deals between two moments, kind by kind.

Compared are the two ends: a close date pushed twice is one push from the first to the last date,
and one that was pushed and pulled back again is none. Amounts, dates, stages and salespeople are
compared where the deal was open at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ridealong.lib.clock import end_of_day, start_of_day
from ridealong.lib.periods import Period
from ridealong.record.comparing import Pair, Side
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Standing
from ridealong.views.inspection.figures import (
    CHANGE_KINDS,
    Change,
    ChangeKind,
    Figure,
    Selection,
)
from ridealong.views.inspection.selecting import criteria

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Move:
    """A change as it is counted: thousands are, and only those shown are told as a ``Change``.

    ``deal``: the deal's number. ``amount``: what it weighs in the company's currency.
    """

    kind: ChangeKind
    deal: int
    amount: Decimal
    unconverted: bool


Moves = Mapping[ChangeKind, list[Move]]


def moves_between(earlier: Pipeline, later: Pipeline, selection: Selection) -> Moves:
    """Return by kind every change that the member may see, of selected deals, heaviest first.

    Raises ``ValueError`` with a sentence for the user when the selection makes no sense.
    """
    return _moves(later.compared_with(earlier, criteria(later, selection)))


def won_between(earlier: Pipeline, later: Pipeline) -> list[Move]:
    """Return what ``moves_between`` counts as won, of all deals, without reading other changes."""
    return _moves(later.won_since(earlier))["won"]


def _moves(pairs: Iterable[Pair[Standing]]) -> dict[ChangeKind, list[Move]]:
    moves: dict[ChangeKind, list[Move]] = {kind: [] for kind in CHANGE_KINDS}
    for pair in pairs:
        deal = _shown(pair)
        unconverted = deal.amount is not None and deal.value is None
        for kind, amount in _weighed(pair):
            moves[kind].append(Move(kind, deal.id, amount, unconverted))
    for of_kind in moves.values():
        of_kind.sort(key=lambda move: (-abs(move.amount), move.deal))
    return moves


def deals_won_in(pipe: Pipeline, period: Period) -> list[DealState]:
    """Return the deals that were won in a period, as they stood when it was over, or stand now."""
    zone = pipe.organisation.time_zone
    then = pipe.moved(min(end_of_day(period.last, zone), pipe.at), pipe.known)
    before = pipe.moved(min(start_of_day(period.first, zone), then.at), pipe.known)
    return then.deals_numbered([move.deal for move in won_between(before, then)])


def told(earlier: Pipeline, later: Pipeline, moves: Iterable[Move]) -> list[Change]:
    """Return those changes in their order, with the whole deal before and after.

    One that a fact stored meanwhile has undone is left out.
    """
    listed = list(moves)
    found = {
        (change.kind, change.deal.id): change
        for pair in later.deals_compared_with(earlier, {move.deal for move in listed})
        for change in changes_of(pair)
    }
    named = ((move.kind, move.deal) for move in listed)
    return [found[name] for name in named if name in found]


def changes_of(pair: Pair[DealState]) -> Iterator[Change]:
    """Say what happened to one deal.

    new: it came into being (in whatever status it is now). won, lost: it is, and was not. reopened:
    it is open and was closed. A deal that came from or went to somebody whose deals the member may
    not see is one whose salesperson changed.
    """
    left = pair.after is None
    for kind, amount in _weighed(pair):
        yield Change(kind, _shown(pair), None if left else pair.before, amount, left=left)


def figure(kind: ChangeKind, moves: Iterable[Move], selection: Selection) -> Figure:
    """Count changes of one kind; the amount of amount_up and amount_down is the difference."""
    listed = list(moves)
    return Figure(
        count=len(listed),
        amount=sum((move.amount for move in listed), ZERO),
        selection=selection.narrowed(changed=kind),
        unconverted=sum(move.unconverted for move in listed),
    )


def _shown(pair: Pair[Side]) -> Side:
    """Return the deal as it is, or as it was last seen."""
    shown = pair.after or pair.before
    if shown is None:
        raise ValueError("a pair has at least one side")
    return shown


def _weighed(pair: Pair[Side]) -> Iterator[tuple[ChangeKind, Decimal]]:
    """Name each thing that happened, with what it weighs."""
    before, after = pair.before, pair.after
    worth = _worth(_shown(pair))
    if pair.hidden:
        yield "salesperson_changed", worth
        return
    if after is None:
        return
    if before is None:
        yield "new", worth
    if after.status == "open":
        if before is not None:
            yield from _still_open(before, after, worth)
    elif before is None or before.status != after.status:
        yield ("won" if after.status == "won" else "lost"), worth


def _still_open(
    before: DealState | Standing, after: DealState | Standing, worth: Decimal
) -> Iterator[tuple[ChangeKind, Decimal]]:
    if before.status != "open":
        yield "reopened", worth
        return
    if before.close_date and after.close_date and before.close_date != after.close_date:
        yield ("pushed" if after.close_date > before.close_date else "pulled_in"), worth
    if (difference := _difference(before, after)) != 0:
        yield ("amount_up" if difference > 0 else "amount_down"), difference
    # A stage that was not known before has not changed: a first export says how it is.
    if before.stage_id is not None and before.stage_id != after.stage_id:
        forward = after.stage_position > before.stage_position
        yield ("stage_forward" if forward else "stage_back"), worth
    if before.salesperson_id != after.salesperson_id:
        yield "salesperson_changed", worth


def _difference(before: DealState | Standing, after: DealState | Standing) -> Decimal:
    """What the amount rose by; a change of rates alone is none."""
    if (before.amount, before.currency) == (after.amount, after.currency):
        return ZERO
    return _worth(after) - _worth(before)


def _worth(deal: DealState | Standing) -> Decimal:
    return deal.value or ZERO

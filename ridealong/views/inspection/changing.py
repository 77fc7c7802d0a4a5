"""What happened to deals between two moments, kind by kind.

Compared are the two ends: a close date pushed twice is one push from the first to the last date,
and one that was pushed and pulled back again is none. Amounts, dates, stages and salespeople are
compared where the deal was open at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ridealong.record.comparing import Pair
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.inspection.figures import (
    CHANGE_KINDS,
    Change,
    ChangeKind,
    Figure,
    Selection,
)
from ridealong.views.inspection.selecting import chosen

ZERO = Decimal(0)


def changes_between(earlier: Pipeline, later: Pipeline) -> list[Change]:
    """Return every change between two moments that the member may see."""
    return [change for pair in later.compared_with(earlier) for change in changes_of(pair)]


def changes_of(pair: Pair) -> Iterator[Change]:
    """Say what happened to one deal.

    new: it came into being (in whatever status it is now). won, lost: it is, and was not. reopened:
    it is open and was closed. A deal that came from or went to somebody whose deals the member may
    not see is one whose salesperson changed.
    """
    before, after = pair.before, pair.after
    if after is None:
        if before is not None and pair.hidden:
            yield Change("salesperson_changed", before, None, _worth(before), left=True)
        return
    worth = _worth(after)
    if pair.hidden:
        yield Change("salesperson_changed", after, None, worth)
        return
    if before is None:
        yield Change("new", after, None, worth)
    if after.status == "open":
        if before is not None:
            yield from _still_open(before, after, worth)
    elif before is None or before.status != after.status:
        yield Change("won" if after.status == "won" else "lost", after, before, worth)


def _still_open(before: DealState, after: DealState, worth: Decimal) -> Iterator[Change]:
    if before.status != "open":
        yield Change("reopened", after, before, worth)
        return
    if before.close_date and after.close_date and before.close_date != after.close_date:
        pushed = after.close_date > before.close_date
        yield Change("pushed" if pushed else "pulled_in", after, before, worth)
    if (difference := _difference(before, after)) != 0:
        yield Change("amount_up" if difference > 0 else "amount_down", after, before, difference)
    # A stage that was not known before has not changed: a first export says how it is.
    if before.stage_id is not None and before.stage_id != after.stage_id:
        forward = after.stage_position > before.stage_position
        yield Change("stage_forward" if forward else "stage_back", after, before, worth)
    if before.salesperson_id != after.salesperson_id:
        yield Change("salesperson_changed", after, before, worth)


def _difference(before: DealState, after: DealState) -> Decimal:
    """What the amount rose by; a change of rates alone is none."""
    if (before.amount, before.currency) == (after.amount, after.currency):
        return ZERO
    return _worth(after) - _worth(before)


def _worth(deal: DealState) -> Decimal:
    return deal.value or ZERO


def selected(
    pipe: Pipeline, changes: Iterable[Change], selection: Selection
) -> dict[ChangeKind, list[Change]]:
    """Return by kind those changes whose deal the selection takes, heaviest first."""
    taken = chosen(pipe, selection)
    found = list(changes)
    touches: dict[int, Touch] = {}
    if taken.attention:
        touches = pipe.touches([change.deal.id for change in found])
    by_kind: dict[ChangeKind, list[Change]] = {kind: [] for kind in CHANGE_KINDS}
    for change in found:
        if taken.takes(change.deal, touches.get(change.deal.id, Touch())):
            by_kind[change.kind].append(change)
    for of_kind in by_kind.values():
        of_kind.sort(key=lambda change: (-abs(change.amount), change.deal.name, change.deal.id))
    return by_kind


def figure(kind: ChangeKind, changes: list[Change], selection: Selection) -> Figure:
    """Count changes of one kind; the amount of amount_up and amount_down is the difference."""
    return Figure(
        count=len(changes),
        amount=sum((change.amount for change in changes), ZERO),
        selection=selection.narrowed(changed=kind),
        unconverted=sum(_unconverted(change.deal) for change in changes),
    )


def _unconverted(deal: DealState) -> bool:
    return deal.amount is not None and deal.value is None

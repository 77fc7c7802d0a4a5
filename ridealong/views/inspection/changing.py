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
from ridealong.views.inspection.figures import Change, ChangeKind, Figure, Selection
from ridealong.views.inspection.figures import CHANGE_KINDS
from ridealong.views.inspection.selecting import chosen

ZERO = Decimal(0)
ELSEWHERE = "another team"


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
    if pair.hidden:
        yield _moved(before, after)
        return
    if before is None and after is not None:
        yield Change("new", after, None, after.status, _worth(after))
    if after is not None and after.status != "open" and _status(before) != after.status:
        yield _closed(before, after)
    if before is not None and after is not None:
        if before.status != "open" and after.status == "open":
            yield Change("reopened", after, before.status, "open", _worth(after))
        if before.status == after.status == "open":
            yield from _while_open(before, after)


def _moved(before: DealState | None, after: DealState | None) -> Change:
    """A deal that came from, or went to, somebody out of sight: who that is stays unsaid."""
    if after is not None:
        return Change("salesperson_changed", after, ELSEWHERE, after.salesperson, _worth(after))
    if before is None:
        raise ValueError("a pair has at least one side")
    return Change("salesperson_changed", before, before.salesperson, ELSEWHERE, _worth(before))


def _closed(before: DealState | None, after: DealState) -> Change:
    kind: ChangeKind = "won" if after.status == "won" else "lost"
    return Change(kind, after, before.stage if before else None, after.stage, _worth(after))


def _while_open(before: DealState, after: DealState) -> Iterator[Change]:
    worth = _worth(after)
    if before.close_date and after.close_date and before.close_date != after.close_date:
        pushed = after.close_date > before.close_date
        kind: ChangeKind = "pushed" if pushed else "pulled_in"
        yield Change(kind, after, before.close_date, after.close_date, worth)
    if (difference := _difference(before, after)) != 0:
        kind = "amount_up" if difference > 0 else "amount_down"
        yield Change(kind, after, before.amount, after.amount, difference)
    if before.stage_id != after.stage_id:
        forward = after.stage_position > before.stage_position
        kind = "stage_forward" if forward else "stage_back"
        yield Change(kind, after, before.stage, after.stage, worth)
    if before.salesperson_id != after.salesperson_id:
        yield Change(
            "salesperson_changed", after, before.salesperson, after.salesperson, worth
        )


def _difference(before: DealState, after: DealState) -> Decimal:
    """What the amount rose by; a change of rates alone is none."""
    if (before.amount, before.currency) == (after.amount, after.currency):
        return ZERO
    return _worth(after) - _worth(before)


def _status(deal: DealState | None) -> str:
    return deal.status if deal else "absent"


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

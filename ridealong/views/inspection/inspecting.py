"""The pipeline as a table with groups, and as a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ridealong.record.pipeline import Order, Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.inspection.changing import Move, Moves, figure, moves_between, told
from ridealong.views.inspection.figures import (
    CHANGE_KINDS,
    NONE,
    Change,
    Column,
    Figure,
    Group,
    Grouping,
    Inspection,
    Options,
    Row,
    Selection,
)
from ridealong.views.inspection.grouping import COLUMNS, grouped, summed, tallied
from ridealong.views.inspection.selecting import criteria

CATEGORY_NAMES = {
    "omitted": "Omitted",
    "pipeline": "Pipeline",
    "best_case": "Best case",
    "most_likely": "Most likely",
    "commit": "Commit",
}


CLOSED = 50
"""How many deals won and lost since are shown under the open ones."""


PER_COLUMN = 30
"""How many deals a column of the board shows."""


def inspect(
    pipe: Pipeline,
    earlier: Pipeline,
    selection: Selection,
    *,
    by: Grouping | None = None,
    sort: str = "-value",
    page: int = 1,
    per_page: int = 100,
    ranked: Sequence[int] | None = None,
) -> Inspection:
    """Return the selected deals at the moment, with what changed since ``earlier``.

    Without ``selection.changed`` these are the open deals; with it, the deals so changed, closed
    ones too. ``sort``: a column of ``Order``, with "-" before it to begin with the largest;
    ``ranked``: instead, the numbers of the selected open deals in order. Raises ``ValueError`` with
    a sentence for the user when the selection or the order makes no sense.
    """
    moves = moves_between(earlier, pipe, selection)
    changed = _changed(pipe, earlier, selection, moves)
    counted = _counted(pipe, earlier, selection, moves, changed, by=by)
    offset = (page - 1) * per_page
    closed: list[DealState] = []
    if selection.changed:
        ordered = _in_order(changed, sort, ranked)[offset : offset + per_page]
    elif ranked is not None:
        ordered = pipe.deals_numbered(ranked[offset : offset + per_page])
        closed = _closed(earlier, pipe, moves)
    else:
        order = Order(sort.lstrip("-"), descending=sort.startswith("-"))
        asked = criteria(pipe, selection)
        ordered = pipe.open_deals(asked, order=order, offset=offset, limit=per_page)
        closed = _closed(earlier, pipe, moves)
    shown = rows(pipe, [*ordered, *closed], _told_of(earlier, pipe, moves, [*ordered, *closed]))
    return replace(
        counted,
        rows=shown[: len(ordered)],
        page=page,
        pages=max(1, -(-counted.matching // per_page)),
        closed=shown[len(ordered) :],
    )


def board(
    pipe: Pipeline, earlier: Pipeline, selection: Selection, *, by: Grouping | None = None
) -> Inspection:
    """Return the open stages in order, each with its figure and its largest open deals.

    Totals and groups are those of ``inspect``. Raises ``ValueError`` like it.
    """
    moves = moves_between(earlier, pipe, selection)
    asked = criteria(pipe, selection)
    groups = grouped(pipe, pipe.tallies(asked, "stage_id"), selection, "stage")
    deals = pipe.largest_of_each(asked, "stage_id", PER_COLUMN)
    by_stage: dict[str, list[Row]] = {}
    for row in rows(pipe, deals, _told_of(earlier, pipe, moves, deals)):
        by_stage.setdefault(str(row.deal.stage_id or NONE), []).append(row)
    columns = tuple(
        Column(group, tuple(by_stage.get(group.key, ())))
        for group in _columns(pipe, groups, selection)
    )
    changed = _changed(pipe, earlier, selection, moves)
    return replace(_counted(pipe, earlier, selection, moves, changed, by=by), columns=columns)


def _changed(
    pipe: Pipeline, earlier: Pipeline, selection: Selection, moves: Moves
) -> list[DealState]:
    """Return the deals with the change that is selected; none where none is."""
    if not selection.changed:
        return []
    return [change.deal for change in told(earlier, pipe, _of_kind(moves, selection.changed))]


def _counted(
    pipe: Pipeline,
    earlier: Pipeline,
    selection: Selection,
    moves: Moves,
    changed: list[DealState],
    *,
    by: Grouping | None,
) -> Inspection:
    """Return the inspection with all its figures, and no deal yet."""
    if selection.changed:
        tallies = tallied(changed, by)
    else:
        tallies = pipe.tallies(criteria(pipe, selection), COLUMNS[by] if by else "")
    return Inspection(
        at=pipe.at,
        since=earlier.at,
        currency=pipe.organisation.currency,
        total=summed(tallies, selection),
        groups=grouped(pipe, tallies, selection, by) if by else (),
        rows=(),
        matching=sum(tally.count for tally in tallies),
        page=1,
        pages=1,
        changes={kind: figure(kind, moves[kind], selection) for kind in CHANGE_KINDS},
        closed=(),
        missing_rates=pipe.currencies_without_rate(),
    )


def _columns(pipe: Pipeline, groups: Sequence[Group], selection: Selection) -> list[Group]:
    """Return a group for every open stage, those without a deal too, and first those of none."""
    found = {group.key: group for group in groups}
    stages = [(str(s.id), s.name) for s in pipe.stages() if s.status == "open"]
    if NONE in found:
        stages.insert(0, (NONE, "Stage not known"))
    return [
        found.get(key) or Group(key, name, Figure(0, Decimal(0), selection.narrowed(stage=key)))
        for key, name in stages
    ]


def _closed(earlier: Pipeline, pipe: Pipeline, moves: Moves) -> list[DealState]:
    """Return the largest deals won and lost since."""
    closed = sorted((*moves["won"], *moves["lost"]), key=lambda move: (-move.amount, move.deal))
    return [change.deal for change in told(earlier, pipe, closed[:CLOSED])]


def _told_of(
    earlier: Pipeline, pipe: Pipeline, moves: Moves, deals: Iterable[DealState]
) -> list[Change]:
    """Return all that happened to these deals."""
    numbers = {deal.id for deal in deals}
    of_them = [move for of_kind in moves.values() for move in of_kind if move.deal in numbers]
    return told(earlier, pipe, of_them)


def options(pipe: Pipeline) -> Options:
    """Return what the filters offer to this member."""
    return Options(
        salespeople=tuple((str(m.id), m.name) for m in pipe.members() if m.active),
        stages=tuple((str(s.id), s.name) for s in pipe.stages()),
        categories=tuple(CATEGORY_NAMES.items()),
    )


def _of_kind(moves: Moves, word: str) -> list[Move]:
    for kind, of_kind in moves.items():
        if kind == word:
            return of_kind
    raise ValueError(f"“{word}” is no kind of change: {', '.join(CHANGE_KINDS)}.")


def rows(
    pipe: Pipeline, deals: Sequence[DealState], changed: Iterable[Change] = ()
) -> tuple[Row, ...]:
    """Return deals with what changed in them and when the buyer was in touch."""
    touches = pipe.touches([deal.id for deal in deals])
    changes: dict[int, list[Change]] = {}
    for change in changed:
        changes.setdefault(change.deal.id, []).append(change)
    return tuple(
        Row(deal, tuple(changes.get(deal.id, ())), touches.get(deal.id, Touch())) for deal in deals
    )


def _in_order(deals: list[DealState], sort: str, ranked: Sequence[int] | None) -> list[DealState]:
    if ranked is not None:
        places = {number: place for place, number in enumerate(ranked)}
        return sorted(deals, key=lambda deal: (places.get(deal.id, len(places)), deal.id))
    column = sort.lstrip("-")
    Order(column)
    if not hasattr(DealState, column):
        raise ValueError(f"deals are not ordered by {column!r}")
    attribute = "stage_position" if column == "stage" else column
    known = [deal for deal in deals if getattr(deal, attribute) is not None]
    rest = [deal for deal in deals if getattr(deal, attribute) is None]
    known.sort(key=lambda deal: deal.id)
    known.sort(key=lambda deal: getattr(deal, attribute), reverse=sort.startswith("-"))
    return known + rest

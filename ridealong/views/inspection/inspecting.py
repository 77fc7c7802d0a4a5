"""The pipeline as a table with groups, and as a board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ridealong.record.pipeline import Order, Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.inspection.changing import changes_between, figure, selected
from ridealong.views.inspection.figures import (
    CHANGE_KINDS,
    NONE,
    Change,
    ChangeKind,
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
from ridealong.views.inspection.selecting import chosen

CATEGORY_NAMES = {
    "omitted": "Omitted",
    "pipeline": "Pipeline",
    "best_case": "Best case",
    "most_likely": "Most likely",
    "commit": "Commit",
}


CLOSED = 50
"""How many deals won and lost since are shown under the open ones."""


def inspect(
    pipe: Pipeline,
    earlier: Pipeline,
    selection: Selection,
    *,
    by: Grouping | None = None,
    sort: str = "-value",
    page: int = 1,
    per_page: int = 100,
) -> Inspection:
    """Return the selected deals at the moment, with what changed since ``earlier``.

    Without ``selection.changed`` these are the open deals; with it, the deals so changed, closed
    ones too. ``sort``: a column of ``Order``, with "-" before it to begin with the largest. Raises
    ``ValueError`` with a sentence for the user when the selection or the order makes no sense.
    """
    by_kind = selected(pipe, changes_between(earlier, pipe), selection)
    if selection.changed:
        states = [change.deal for change in _of_kind(by_kind, selection.changed)]
        tallies = tallied(states, by)
        matching = len(states)
        ordered = _in_order(states, sort)[(page - 1) * per_page : page * per_page]
    else:
        criteria = chosen(pipe, selection).criteria
        tallies = pipe.tallies(criteria, COLUMNS[by] if by else "")
        matching = sum(tally.count for tally in tallies)
        order = Order(sort.lstrip("-"), descending=sort.startswith("-"))
        ordered = pipe.open_deals(
            criteria, order=order, offset=(page - 1) * per_page, limit=per_page
        )
    return Inspection(
        at=pipe.at,
        since=earlier.at,
        currency=pipe.organisation.currency,
        total=summed(tallies, selection),
        groups=grouped(pipe, tallies, selection, by) if by else (),
        rows=rows(pipe, ordered, by_kind),
        matching=matching,
        page=page,
        pages=max(1, -(-matching // per_page)),
        changes={kind: figure(kind, by_kind[kind], selection) for kind in CHANGE_KINDS},
        closed=() if selection.changed else _closed(pipe, by_kind),
        missing_rates=pipe.currencies_without_rate(),
    )


def _closed(pipe: Pipeline, by_kind: Mapping[ChangeKind, list[Change]]) -> tuple[Row, ...]:
    deals = [change.deal for change in (*by_kind["won"], *by_kind["lost"])]
    deals.sort(key=lambda deal: (-(deal.value or 0), deal.id))
    return rows(pipe, deals[:CLOSED], by_kind)


def board(
    pipe: Pipeline, earlier: Pipeline, selection: Selection, *, per_column: int = 30
) -> tuple[Column, ...]:
    """Return the open stages in order, each with its figure and its largest deals."""
    by_kind = selected(pipe, changes_between(earlier, pipe), selection)
    figures = {
        group.key: group
        for group in grouped(
            pipe, pipe.tallies(chosen(pipe, selection).criteria, "stage_id"), selection, "stage"
        )
    }
    stages = [(str(s.id), s.name) for s in pipe.stages() if s.status == "open"]
    if NONE in figures:
        stages.insert(0, (NONE, "Stage not known"))
    columns = []
    for key, name in stages:
        narrowed = selection.narrowed(stage=key)
        group = figures.get(key, Group(key, name, Figure(0, Decimal(0), narrowed)))
        # A selection of another stage leaves this column empty.
        wanted = group.figure.count > 0
        deals = pipe.open_deals(chosen(pipe, narrowed).criteria, limit=per_column) if wanted else []
        columns.append(Column(group, rows(pipe, deals, by_kind)))
    return tuple(columns)


def options(pipe: Pipeline) -> Options:
    """Return what the filters offer to this member."""
    return Options(
        salespeople=tuple((str(m.id), m.name) for m in pipe.members() if m.active),
        stages=tuple((str(s.id), s.name) for s in pipe.stages()),
        categories=tuple(CATEGORY_NAMES.items()),
    )


def _of_kind(by_kind: Mapping[ChangeKind, list[Change]], word: str) -> list[Change]:
    for kind, changes in by_kind.items():
        if kind == word:
            return changes
    raise ValueError(f"“{word}” is no kind of change: {', '.join(CHANGE_KINDS)}.")


def rows(
    pipe: Pipeline, deals: Sequence[DealState], by_kind: Mapping[ChangeKind, list[Change]]
) -> tuple[Row, ...]:
    """Return deals with what changed in them and when the buyer was in touch."""
    touches = pipe.touches([deal.id for deal in deals])
    changes: dict[int, list[Change]] = {}
    for of_kind in by_kind.values():
        for change in of_kind:
            changes.setdefault(change.deal.id, []).append(change)
    return tuple(
        Row(deal, tuple(changes.get(deal.id, ())), touches.get(deal.id, Touch())) for deal in deals
    )


def _in_order(deals: list[DealState], sort: str) -> list[DealState]:
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

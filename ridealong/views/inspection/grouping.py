"""Counting deals into groups whose figures add up to the total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ridealong.lib.periods import period_of
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Standing, Tally
from ridealong.views.inspection.figures import NONE, Figure, Group, Grouping, Selection

COLUMNS: Mapping[str, str] = {
    "salesperson": "salesperson_id",
    "stage": "stage_id",
    "week": "close_date",
    "month": "close_date",
}
FIELDS: Mapping[str, str] = {
    "salesperson": "salesperson",
    "stage": "stage",
    "week": "closes",
    "month": "closes",
}
"""Which field of a selection narrows to one group."""


def tallied(deals: Iterable[DealState | Standing], by: Grouping | None) -> list[Tally]:
    """Count deals that were read already, the way the record counts open ones."""
    parts: dict[object, list[DealState | Standing]] = {}
    for deal in deals:
        parts.setdefault(getattr(deal, COLUMNS[by]) if by else None, []).append(deal)
    return [
        Tally(
            key,
            len(part),
            sum((deal.value for deal in part if deal.value is not None), Decimal(0)),
            sum(deal.amount is not None and deal.value is None for deal in part),
        )
        for key, part in parts.items()
    ]


def summed(tallies: Iterable[Tally], selection: Selection) -> Figure:
    """Return the figure that tallies add up to."""
    listed = list(tallies)
    return Figure(
        count=sum(t.count for t in listed),
        amount=sum((t.amount for t in listed), Decimal(0)),
        selection=selection,
        unconverted=sum(t.unconverted for t in listed),
    )


def grouped(
    pipe: Pipeline, tallies: Iterable[Tally], selection: Selection, by: Grouping
) -> tuple[Group, ...]:
    """Return tallies as groups with names, in the order a person expects: those without last."""
    bucketed: dict[str, list[Tally]] = {}
    for tally in tallies:
        bucketed.setdefault(_bucket(tally.key, by), []).append(tally)
    names, order = _names(pipe, bucketed, by)
    groups = [
        Group(key, names[key], summed(parts, selection.narrowed(**{FIELDS[by]: key})))
        for key, parts in bucketed.items()
    ]
    if by == "salesperson":
        groups.sort(key=lambda group: (group.key == NONE, -group.figure.amount, group.name))
    else:
        groups.sort(key=lambda group: (group.key == NONE, order.get(group.key, 0), group.key))
    return tuple(groups)


def _bucket(key: object, by: Grouping) -> str:
    if key is None:
        return NONE
    if isinstance(key, date):
        return period_of("week", key).first.isoformat() if by == "week" else f"{key:%Y-%m}"
    return str(key)


def _names(
    pipe: Pipeline, keys: Iterable[str], by: Grouping
) -> tuple[dict[str, str], dict[str, int]]:
    """Return what each group is called, and where it stands."""
    if by == "salesperson":
        names = {str(m.id): m.name for m in pipe.members()}
        return {key: names.get(key, "No salesperson") for key in keys}, {}
    if by == "stage":
        stages = {str(s.id): s for s in pipe.stages()}
        named = {key: stages[key].name if key in stages else "Stage not known" for key in keys}
        return named, {key: stage.position for key, stage in stages.items()}
    return {key: _period(key, by) for key in keys}, {}


def _period(key: str, by: Grouping) -> str:
    if key == NONE:
        return "No close date"
    if by == "month":
        return date.fromisoformat(f"{key}-01").strftime("%B %Y")
    week = period_of("week", date.fromisoformat(key))
    return f"{week.first.day} {week.first:%b} – {week.last.day} {week.last:%b %Y}"

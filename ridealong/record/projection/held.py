"""Subjects whose course is kept: a row for each state, over both times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from ridealong.lib.clock import FOREVER
from ridealong.record.fold import Rectangle, Said, State, rectangles
from ridealong.record.inserting import insert
from ridealong.record.projection.rows import Numbers, Told, weigh

HOLDING = ("valid_from", "valid_to", "known_from", "known_to", "is_latest")

Columns = Callable[[State, Numbers, Sequence[Said]], Mapping[str, Any] | None]
"""A state's own columns, from its facts; None where it says too little to be shown."""


def fold(
    keys: Mapping[int, str],
    told: Told,
    *,
    kind: str,
    model: type[Model],
    named: str,
    columns: Columns,
    held_back: frozenset[str] = frozenset(),
) -> None:
    """Fold subjects of a kind into ``model``; ``named``: the column with the subject's number."""
    histories = {
        number: rectangles(told.get(number, []), weigh(kind), held_back=held_back)
        for number in keys
    }
    numbers = Numbers(kind, (r.state for history in histories.values() for r in history))
    model._default_manager.filter(**{f"{named}__in": list(keys)}).delete()
    names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, history in histories.items():
            for each in history:
                own = columns(each.state, numbers, told.get(number, []))
                if own is not None:
                    row = {named: number, "key": keys[number], **holding(each), **own}
                    yield tuple(row[name] for name in names)

    insert(model, names, rows())


def holding(rectangle: Rectangle) -> dict[str, datetime | bool]:
    """Return the columns that say when a state holds, and when that was known."""
    return {
        "valid_from": rectangle.valid_from,
        "valid_to": rectangle.valid_to,
        "known_from": rectangle.known_from,
        "known_to": rectangle.known_to,
        "is_latest": rectangle.known_to == FOREVER,
    }

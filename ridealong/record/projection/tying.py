"""What activities share with each other: by it, one that is placed places others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ridealong.record.fold import State
from ridealong.record.inserting import insert
from ridealong.record.models import Member, Tie
from ridealong.record.projection.rows import Numbers

COLUMNS = ("activity_id", "tie", "deal_id", "stated")


def tie(states: Mapping[int, State], folded: Sequence[int], numbers: Numbers) -> None:
    """Keep the ties of these activities, as they are known now."""
    Tie.objects.filter(activity_id__in=folded).delete()
    if not any(state.get("people") for state in states.values()):
        return
    ours = frozenset(Member.objects.exclude(email="").values_list("email", flat=True))
    rows: list[tuple[Any, ...]] = []
    for number, state in states.items():
        deal = numbers.of(state, "deal")
        match = state.get("match") or {}
        stated = deal is not None and ("by" in match or not match)
        rows.extend((number, each[:300], deal, stated) for each in _ties(state, ours))
    insert(Tie, COLUMNS, rows)


def _ties(state: State, ours: frozenset[str]) -> Iterator[str]:
    if state.get("thread"):
        yield f"thread:{state['thread']}"
    if state.get("series"):
        yield f"series:{state['series']}"
    for person in state.get("people") or ():
        address = person.get("email", "")
        if address and address not in ours:
            yield f"person:{address}"

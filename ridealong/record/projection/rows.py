"""What the foldings of all kinds of subject share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from ridealong.lib.clock import FOREVER
from ridealong.record.fold import Said, State, Weigh, rectangles
from ridealong.record.ranks import rank
from ridealong.record.store import subject_numbers
from ridealong.record.vocabulary import REFERENCES

Told = Mapping[int, list[Said]]
Folding = Callable[[Mapping[int, str], Told], None]
"""Folds subjects, given as {number: key}, from their facts."""


def weigh(subject_kind: str) -> Weigh:
    """Return the ranks of statements on subjects of this kind."""
    return lambda source_kind, field: rank(source_kind, subject_kind, field)


def latest_states(kind: str, keys: Mapping[int, str], told: Told) -> dict[int, State]:
    """Return each subject's last state as known now; empty for one that is only referred to."""
    return {number: _last(kind, told.get(number, [])) for number in keys}


def _last(kind: str, facts: list[Said]) -> State:
    """The state after the last fact in force; none of what was taken out."""
    history = [r for r in rectangles(facts, weigh(kind)) if r.known_to == FOREVER]
    # What is deleted holds until then: nothing holds from there on.
    return history[-1].state if history and history[-1].valid_to == FOREVER else {}


class Numbers:
    """The numbers of the subjects that states refer to."""

    def __init__(self, kind: str, states: Iterable[State]) -> None:
        self._kinds = REFERENCES.get(kind, {})
        self._numbers = subject_numbers(
            (self._kinds[field], state[field])
            for state in states
            for field in self._kinds
            if state.get(field)
        )

    def of(self, state: State, field: str) -> int | None:
        """Return the number of the subject that ``field`` refers to."""
        key = state.get(field)
        return self._numbers[self._kinds[field], key] if key else None


def replace_rows(model: type[Model], rows: Sequence[Any], keep: Sequence[str] = ()) -> None:
    """Insert rows, or overwrite those of the same number except for the fields in ``keep``."""
    names = [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in keep
    ]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=names
    )

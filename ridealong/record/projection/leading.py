"""Guidance, exit criteria and what is said of them, private notes, and whom to speak with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from ridealong.record.fold import Said, State
from ridealong.record.models import Attention, Check, Criterion, Guidance, PrivateNote
from ridealong.record.projection import held
from ridealong.record.projection.rows import Numbers, Told, latest_states, replace_rows


def _guidance(state: State, numbers: Numbers, facts: Sequence[Said]) -> Mapping[str, Any] | None:
    if not state.get("text"):
        return None
    due = state.get("due")
    return {
        "given_at": min(fact.at for fact in facts),
        "leader_id": numbers.of(state, "leader"),
        "salesperson_id": numbers.of(state, "salesperson"),
        "deal_id": numbers.of(state, "deal"),
        "text": state["text"],
        "due": date.fromisoformat(due) if due else None,
        "activity": state.get("activity", ""),
        "outcome": state.get("outcome", ""),
        "said_by": state.get("said_by", ""),
        "reason": state.get("reason", ""),
    }


guidance = partial(
    held.fold, kind="guidance", model=Guidance, named="guidance_id", columns=_guidance
)
"""Fold guidance."""


def _check(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    if not state.get("state"):
        return None
    return {
        "deal_id": numbers.of(state, "deal"),
        "criterion_id": numbers.of(state, "criterion"),
        "state": state["state"],
        "note": state.get("note", ""),
        "said_by_id": numbers.of(state, "said_by"),
    }


checks = partial(held.fold, kind="check", model=Check, named="check_id", columns=_check)
"""Fold what is said of exit criteria on deals."""


def criteria(keys: Mapping[int, str], told: Told) -> None:
    """Fold exit criteria; one that was taken out goes."""
    states = latest_states("criterion", keys, told)
    numbers = Numbers("criterion", states.values())
    rows = [
        Criterion(
            id=number,
            key=keys[number],
            stage_id=stage,
            position=state.get("position", 0),
            text=state["text"],
            element=state.get("element", ""),
            rule=state.get("rule", ""),
        )
        for number, state in states.items()
        if state.get("text") and (stage := numbers.of(state, "stage")) is not None
    ]
    gone = set(keys) - {row.id for row in rows}
    Criterion.objects.filter(id__in=gone).delete()
    replace_rows(Criterion, rows)


def private_notes(keys: Mapping[int, str], told: Told) -> None:
    """Fold private notes, sealed as they are; one that was taken back goes."""
    states = latest_states("private_note", keys, told)
    numbers = Numbers("private_note", states.values())
    rows = [
        PrivateNote(
            id=number,
            key=keys[number],
            at=min(fact.at for fact in told[number]),
            author_id=numbers.of(state, "author"),
            other_id=numbers.of(state, "other"),
            sealed=state["sealed"],
        )
        for number, state in states.items()
        if state.get("sealed")
    ]
    gone = set(keys) - {row.id for row in rows}
    PrivateNote.objects.filter(id__in=gone).delete()
    replace_rows(PrivateNote, rows)


def attention(keys: Mapping[int, str], told: Told) -> None:
    """Fold what leaders did about whom to speak with."""
    states = latest_states("attention", keys, told)
    numbers = Numbers("attention", states.values())
    rows = [
        Attention(
            id=number,
            key=keys[number],
            at=max(fact.at for fact in told[number]),
            leader_id=numbers.of(state, "leader"),
            member_id=numbers.of(state, "member"),
            deal_id=numbers.of(state, "deal"),
            state=state.get("state", ""),
            until=datetime.fromisoformat(state["until"]) if state.get("until") else None,
            text=state.get("text", ""),
        )
        for number, state in states.items()
        if told.get(number)
    ]
    replace_rows(Attention, rows)

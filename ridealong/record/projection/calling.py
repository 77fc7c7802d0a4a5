"""Numbers that were called, remarks in briefs, and what is owed to the CEO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from ridealong.lib.money import to_hundredths
from ridealong.record.fold import Said, State
from ridealong.record.models import CalledNumber, Promise, Remark
from ridealong.record.projection import held
from ridealong.record.projection.rows import Numbers


def _number(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    if state.get("amount") is None or not state.get("period"):
        return None
    return {
        "member_id": numbers.of(state, "member"),
        "period": state["period"][:10],
        "hundredths": to_hundredths(state["amount"]),
        "note": state.get("note", ""),
    }


called_numbers = partial(
    held.fold, kind="called_number", model=CalledNumber, named="number_id", columns=_number
)
"""Fold the numbers that were called."""


def _remark(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    return {
        "member_id": numbers.of(state, "member"),
        "deal_id": numbers.of(state, "deal"),
        "text": state.get("text", ""),
        "hidden": state.get("hidden", False),
        "help": state.get("help", "")[:500],
        "place": state.get("place"),
    }


remarks = partial(held.fold, kind="remark", model=Remark, named="remark_id", columns=_remark)
"""Fold what leaders changed of their briefs."""


def _promise(state: State, numbers: Numbers, facts: Sequence[Said]) -> Mapping[str, Any] | None:
    if not state.get("text"):
        return None
    due = state.get("due")
    return {
        "made_at": min(fact.at for fact in facts),
        "member_id": numbers.of(state, "member"),
        "deal_id": numbers.of(state, "deal"),
        "kind": state.get("kind", "promise"),
        "text": state["text"],
        "due": date.fromisoformat(due) if due else None,
        "state": state.get("state", "open"),
        "answer": state.get("answer", ""),
    }


promises = partial(held.fold, kind="promise", model=Promise, named="promise_id", columns=_promise)
"""Fold what is owed to the CEO."""

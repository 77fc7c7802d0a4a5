"""What was noticed, what people did about it, how rules are set, and what is normal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from ridealong.record.fold import Said, State
from ridealong.record.models import Norms, Response, RuleSetting, Signal, Trial
from ridealong.record.projection import held
from ridealong.record.projection.rows import Numbers, Told, latest_states, replace_rows


def _signal(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    if state.get("state") != "raised":
        return None
    return {
        "rule": state["rule"],
        "deal_id": numbers.of(state, "deal"),
        "raised_at": datetime.fromisoformat(state["raised"]),
        "words": state.get("words", ""),
        "evidence": state.get("evidence", []),
    }


signals = partial(held.fold, kind="signal", model=Signal, named="signal_id", columns=_signal)
"""Fold what was noticed."""


def _response(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    if not state.get("did"):
        return None
    until, raised = state.get("until"), state.get("raised")
    return {
        "signal_id": numbers.of(state, "signal"),
        "member_id": numbers.of(state, "member"),
        "raised_at": datetime.fromisoformat(raised) if raised else None,
        "did": state["did"],
        "until": datetime.fromisoformat(until) if until else None,
        "reason": state.get("reason", ""),
    }


responses = partial(
    held.fold, kind="response", model=Response, named="response_id", columns=_response
)
"""Fold what people did about signals."""


def _rule(state: State, _: Numbers, __: Sequence[Said]) -> Mapping[str, Any] | None:
    return {"values": state.get("values", {}), "off": state.get("off", False)}


rules = partial(held.fold, kind="rule", model=RuleSetting, named="rule_id", columns=_rule)
"""Fold how rules are set."""


def norms(keys: Mapping[int, str], told: Told) -> None:
    """Fold what is normal, week by week."""
    states = latest_states("norms", keys, told)
    rows = [
        Norms(id=number, key=keys[number], body=state.get("body", {}))
        for number, state in states.items()
    ]
    replace_rows(Norms, rows)


def trials(keys: Mapping[int, str], told: Told) -> None:
    """Fold how what is said held on the past: of each, the last one."""
    states = latest_states("trial", keys, told)
    rows = [
        Trial(
            id=number,
            key=keys[number],
            at=max(fact.at for fact in told[number]),
            body=state.get("body", {}),
        )
        for number, state in states.items()
        if told.get(number)
    ]
    replace_rows(Trial, rows)

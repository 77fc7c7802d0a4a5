"""What members answered from memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ridealong.record.fold import Said, State
from ridealong.record.models import Answer
from ridealong.record.projection import held
from ridealong.record.projection.rows import Numbers


def _answer(state: State, numbers: Numbers, _: Sequence[Said]) -> Mapping[str, Any] | None:
    if not all(state.get(name) for name in ("member", "deal", "question", "rating")):
        return None
    return {
        "member_id": numbers.of(state, "member"),
        "deal_id": numbers.of(state, "deal"),
        "question": state["question"][:60],
        "stands_on": state.get("stands_on", "")[:32],
        "words": state.get("words", ""),
        "rating": state["rating"],
    }


answers = partial(held.fold, kind="recall", model=Answer, named="answer_id", columns=_answer)
"""Fold answers."""

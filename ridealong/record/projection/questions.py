"""Questions that texts raise about deals."""

from __future__ import annotations

from collections.abc import Mapping

from ridealong.record.models import Question
from ridealong.record.projection.rows import Numbers, Told, latest_states, replace_rows


def fold(keys: Mapping[int, str], told: Told) -> None:
    """Fold questions. Each was raised at the moment of its first fact."""
    states = latest_states("question", keys, told)
    numbers = Numbers("question", states.values())
    rows = [
        Question(
            id=number,
            key=keys[number],
            at=min(fact.at for fact in told[number]),
            deal_id=deal,
            activity_key=state.get("activity", ""),
            field=state.get("field", "")[:20],
            value=state.get("value"),
            sentence=state.get("sentence", ""),
            asks=state.get("asks", ""),
            sure=state.get("sure", 0.0),
            answer=state.get("answer", ""),
        )
        for number, state in states.items()
        if (deal := numbers.of(state, "deal")) is not None
    ]
    replace_rows(Question, rows)

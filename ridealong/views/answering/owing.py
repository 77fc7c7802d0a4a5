"""What a leader owes the CEO: promises, and questions that had no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ridealong.record.calling import Promised
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState

SETTLED_SHOWN = timedelta(days=7)
"""So long, what was settled can still be opened again where it was settled."""


@dataclass(frozen=True, slots=True)
class Owing:
    """Something owed. ``deal``: what it is about, None for none, or one out of sight.

    ``overdue``: open, and past its day.
    """

    promised: Promised
    deal: DealState | None
    overdue: bool


def owing(pipe: Pipeline) -> list[Owing]:
    """Return what the viewer owes, the newest first: what is open, then what was settled lately."""
    mine = [
        each
        for each in pipe.calling.promises()
        if pipe.viewer is not None
        and each.member_id == pipe.viewer.id
        and (each.state == "open" or each.said_at > pipe.at - SETTLED_SHOWN)
    ]
    mine.sort(key=lambda each: (each.state != "open", -each.at.timestamp()))
    numbers = sorted({each.deal_id for each in mine if each.deal_id is not None})
    deals = {deal.id: deal for deal in pipe.deals_numbered(numbers)}
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    return [
        Owing(
            promised=each,
            deal=deals.get(each.deal_id or 0),
            overdue=each.state == "open" and each.due is not None and each.due < today,
        )
        for each in mine
    ]

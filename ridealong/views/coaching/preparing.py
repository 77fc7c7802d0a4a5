"""One line to prepare a meeting with: what is open between the two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, DealState
from ridealong.views.coaching.following import Followed
from ridealong.views.coaching.playbook import playbooks
from ridealong.views.coaching.replying import question_in
from ridealong.views.inspection.wording import day

LOOKED_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to have ready. ``activity``: key of the mail or talk it is from, "" for none."""

    words: str
    activity: str = ""


def preparations(
    pipe: Pipeline, deals: Sequence[DealState], guidance: Sequence[Followed]
) -> dict[int, Preparation]:
    """Return one line for each of these deals, those left out about which nothing is open.

    In this order: what the leader asked for, what the buyer asked last, what the stage still
    lacks, what the next step is.
    """
    numbers = [deal.id for deal in deals]
    asked = {
        each.given.deal_id: Preparation(f"Agreed: {each.given.text}")
        for each in guidance
        if each.outcome == "open"
    }
    happened = pipe.activities_since(numbers, pipe.at - LOOKED_BACK)
    lacking = {
        deal.id: next((each for stage in play.stages for each in stage.lacking), None)
        for deal, play in playbooks(pipe, deals, current_only=True)
    }
    found: dict[int, Preparation] = {}
    for deal in deals:
        missing = lacking.get(deal.id)
        prepared = asked.get(deal.id) or _question(pipe, happened.get(deal.id, ()))
        if prepared is None and missing is not None:
            prepared = Preparation(f"{deal.stage} still lacks: {missing.criterion.text}")
        if prepared is None and deal.next_step:
            prepared = Preparation(f"Next step: {deal.next_step}")
        if prepared is not None:
            found[deal.id] = prepared
    return found


def _question(pipe: Pipeline, happened: Sequence[ActivityState]) -> Preparation | None:
    """The buyer's last question, unless we have written to them since."""
    for each in reversed(happened):
        if each.at > pipe.at:
            continue
        if each.direction == "out":
            return None
        words = question_in(each.text) if each.direction == "in" else ""
        if words:
            asked = day(each.at.astimezone(pipe.organisation.time_zone).date())
            return Preparation(f"They asked on {asked}: “{words}”", each.key)
    return None

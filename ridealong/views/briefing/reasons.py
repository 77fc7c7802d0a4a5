"""Why deals changed, as far as the record shows: the reason of a loss, the buyer's last words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState
from ridealong.views.briefing.editing import Edits
from ridealong.views.briefing.figures import Changed
from ridealong.views.inspection.wording import day

BEFORE = timedelta(days=14)
"""How long before the moment compared with the buyer's words may be to say why."""


def reasons(pipe: Pipeline, changes: Mapping[str, Changed], edits: Edits) -> dict[int, str]:
    """Return {deal's number: what is known of why it changed}; nothing is guessed.

    The reason of a loss, else what the leader says, else the buyer's last word with its day.
    """
    deals = {c.deal.id: c.deal for of in changes.values() for c in of.changes if not c.left}
    seen = {deal.id for deal in pipe.deals_numbered(sorted(deals))}
    happened = pipe.activities_since(seen, pipe.at - BEFORE)
    found = {}
    for number, deal in deals.items():
        lost = deal.lost_reason if deal.status == "lost" else ""
        spoken = _spoken(pipe, happened.get(number, []))
        words = lost or edits.text(number) or spoken
        if words:
            found[number] = words
    return found


def _spoken(pipe: Pipeline, happened: list[ActivityState]) -> str:
    zone = pipe.organisation.time_zone
    from_buyer = [
        each
        for each in happened
        if each.at <= pipe.at and each.title and (each.direction == "in" or each.two_way)
    ]
    if not from_buyer:
        return ""
    last = from_buyer[-1]
    return f"Last from the buyer, {day(last.at.astimezone(zone).date())}: “{last.title}”"

"""What was promised to the CEO and which questions had no answer, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ridealong.record.calling import Promised
from ridealong.record.pipeline import Pipeline
from ridealong.views.briefing.figures import Owed


def owed(pipe: Pipeline, since: datetime) -> tuple[Owed, ...]:
    """Return what is open, and what was said of the rest after ``since``; the oldest first."""
    every = pipe.calling.promises()
    return _told(pipe, (each for each in every if each.state == "open" or each.said_at > since))


def owed_then(pipe: Pipeline, until: datetime, since: datetime) -> tuple[Owed, ...]:
    """Return what was promised in ``(since, until]``, as it stands now."""
    return _told(pipe, (each for each in pipe.calling.promises() if since < each.at <= until))


def _told(pipe: Pipeline, promises: Iterable[Promised]) -> tuple[Owed, ...]:
    listed = list(promises)
    numbers = sorted({each.deal_id for each in listed if each.deal_id})
    deals = {deal.id: deal.name for deal in pipe.deals_numbered(numbers)}
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    return tuple(
        Owed(
            key=each.key,
            kind=each.kind,
            text=each.text,
            leader=names.get(each.member_id, "Somebody"),
            made_at=each.at,
            due=each.due,
            overdue=each.state == "open" and each.due is not None and each.due < today,
            state=each.state,
            answer=each.answer,
            # A deal that is out of sight is not named.
            deal=deals.get(each.deal_id or 0, ""),
            deal_id=each.deal_id if each.deal_id in deals else None,
        )
        for each in listed
    )

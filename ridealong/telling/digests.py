"""What a member's next digest tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.telling import journal
from ridealong.telling.hours import Hours
from ridealong.telling.preferring import hours, preference
from ridealong.views import signals
from ridealong.views.signals import News


@dataclass(frozen=True)
class Digest:
    """The news of ``[since, until)``; ``since`` None: of all that stands."""

    news: News
    since: datetime | None
    until: datetime
    hours: Hours


def digest(pipe: Pipeline, member: Member) -> Digest:
    """Return what a member's digest tells at the pipeline's moment.

    In a simulated company, which sends none, it is what came since one was last due.
    """
    chosen = hours(preference(member), pipe.organisation.time_zone)
    until = journal.complete_until(pipe.at)
    last = journal.last_digest(member.id)
    since = last.until if last else None
    if pipe.organisation.simulated:
        since = chosen.last_due(pipe.at - timedelta(hours=12))
    told = journal.told_at_once(member.id, since)
    return Digest(signals.news(pipe, since=since, until=until, told=told), since, until, chosen)

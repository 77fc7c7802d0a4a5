"""The brief by mail: when a leader's is due it is kept as it is, and sent to whom they chose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.directory import organisation
from ridealong.record.pipeline import NotAMember, Pipeline
from ridealong.record.states import Member
from ridealong.sources import people
from ridealong.telling.hours import Hours
from ridealong.telling.models import BriefSchedule
from ridealong.telling.preferring import told_by_mail
from ridealong.views import briefing


def may_be_sent_to(pipe: Pipeline) -> list[Member]:
    """Return to whom the viewer may send their brief: owners, leaders above them, themself.

    Only those who have signed up, for mail goes to nobody else.
    """
    if pipe.viewer is None:
        return []
    above = {each.id for each in pipe.leading.above(pipe.viewer.id)} | {pipe.viewer.id}
    return [each for each in told_by_mail() if each.role == "owner" or each.id in above]


def schedule(member: Member) -> BriefSchedule:
    """Return when a leader's brief is sent; to nobody before they say so."""
    found, _ = BriefSchedule.objects.get_or_create(member_id=member.id)
    return found


def change(member: Member, *, days: frozenset[int], at: time, recipients: Collection[int]) -> None:
    """Keep when a leader's brief is sent and to whom; the next is due after this moment."""
    wanted = schedule(member)
    wanted.days = "".join(map(str, sorted(days)))
    wanted.at, wanted.recipients = at, sorted(recipients)
    wanted.due_for = clock.now()
    wanted.save()


def hours(wanted: BriefSchedule, zone: ZoneInfo) -> Hours:
    """Return the hours of a schedule, without quiet ones."""
    days = frozenset(int(each) for each in wanted.days)
    return Hours(zone, wanted.at, days, quiet_from=time(0), quiet_to=time(0))


def subject(leader: int, recipient: int) -> str:
    """Return what the mail of a leader's brief to a member works on."""
    return f"brief:{leader}:{recipient}"


def post_due(now: datetime) -> int:
    """Keep each brief that is due and ask for its mails; return how many were kept."""
    zone = organisation().time_zone
    kept = 0
    for wanted in BriefSchedule.objects.exclude(recipients=[]):
        chosen = hours(wanted, zone)
        due = chosen.last_due(now)
        if due > wanted.due_for:
            kept += _send(wanted, due, late=not chosen.timely(due, now))
    return kept


def _send(wanted: BriefSchedule, due: datetime, *, late: bool) -> bool:
    """Keep a brief and post it, once whoever else sees it due; too late, it waits for the next."""
    try:
        pipe = pipeline.open(wanted.member_id)
    except NotAMember:
        wanted.delete()
        return False
    # Made before the row is locked: it takes a while on a large company.
    made = None if late else briefing.brief(pipe)
    with transaction.atomic():
        rows = BriefSchedule.objects.filter(pk=wanted.pk, due_for=wanted.due_for)
        if not rows.update(due_for=due) or made is None:
            return False
        key = people.keep_brief(pipe, made, briefing.frozen(made))
        for recipient in may_be_sent_to(pipe):
            if recipient.id in wanted.recipients:
                _post(wanted.member_id, recipient.id, key)
    return True


def _post(leader: int, recipient: int, key: str) -> None:
    subject_of_it = subject(leader, recipient)
    states = [Run.State.WAITING, Run.State.RUNNING]
    # One brief on its way is enough: the older one is sent, the newer one stands kept.
    if Run.objects.filter(subject=subject_of_it, state__in=states).exists():
        return
    about = {
        "member": leader,
        "to": recipient,
        "brief": key,
        "address": settings.RIDEALONG_ADDRESS,
    }
    posting.post("brief", about, subject=subject_of_it)

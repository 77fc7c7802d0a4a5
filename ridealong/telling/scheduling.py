"""What a worker asks every few seconds: whose digest is due, what cannot wait, who listens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record.directory import organisation
from ridealong.record.states import Member
from ridealong.telling import briefs, urgency, webhooks
from ridealong.telling.models import Preference
from ridealong.telling.preferring import hours, preference, told_by_mail

LOG_KEPT = timedelta(days=1)
"""How long runs of webhooks that went through are kept; there may be thousands a day."""


def start_due() -> None:
    """Ask for every mail that is due, and let webhooks be told what is new."""
    now = clock.now()
    if not posting.problem():
        post_digests(now)
        urgency.look(now)
        post_urgent(now)
        briefs.post_due(now)
    webhooks.start_waiting(now)
    # What failed stays: it is what stops a webhook until somebody tries it again.
    done = Run.objects.filter(kind="webhook", state=Run.State.DONE)
    done.filter(created_at__lt=now - LOG_KEPT).delete()


def subject(member: int) -> str:
    """Return what the mails of news to a member work on: of one, never two at once."""
    return f"news:{member}"


def post_digests(now: datetime) -> int:
    """Ask for each digest that is due and not seen to; return how many."""
    zone = organisation().time_zone
    rows = {row.member_id: row for row in Preference.objects.all()}
    asked = 0
    for member in told_by_mail():
        wanted = rows.get(member.id) or preference(member)
        if not wanted.digest:
            continue
        chosen = hours(wanted, zone)
        due = chosen.last_due(now)
        if due <= wanted.digest_for:
            continue
        asked += _post_digest(wanted, member, due, late=not chosen.timely(due, now))
    return asked


def _post_digest(wanted: Preference, member: Member, due: datetime, *, late: bool) -> bool:
    """Ask for a digest, once whoever else sees it due; too late, it is left to the next one."""
    with transaction.atomic():
        if not late and _active(member.id):
            return False
        rows = Preference.objects.filter(pk=wanted.pk, digest_for=wanted.digest_for)
        if not rows.update(digest_for=due) or late:
            return False
        _post("digest", member.id, {})
    return True


def post_urgent(now: datetime) -> int:
    """Ask for each mail about what cannot wait, once quiet hours are over; return how many."""
    due = Preference.objects.filter(urgent_at__lte=now).values_list("pk", flat=True)
    return sum(_post_urgent(number, now) for number in list(due))


def _post_urgent(number: int, now: datetime) -> bool:
    with transaction.atomic():
        rows = Preference.objects.select_for_update()
        wanted = rows.filter(pk=number, urgent_at__lte=now).first()
        if wanted is None or _active(wanted.member_id):
            return False
        _post("at_once", wanted.member_id, {"signals": wanted.urgent})
        wanted.urgent, wanted.urgent_at = [], None
        wanted.save(update_fields=["urgent", "urgent_at"])
    return True


def _post(letter: str, member: int, more: dict[str, Any]) -> None:
    about = {"member": member, "address": settings.RIDEALONG_ADDRESS, **more}
    posting.post(letter, about, subject=subject(member))


def _active(member: int) -> bool:
    states = [Run.State.WAITING, Run.State.RUNNING]
    return Run.objects.filter(subject=subject(member), state__in=states).exists()

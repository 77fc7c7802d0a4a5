"""Letters about ride-alongs: a leader's invitation and its changes, a salesperson's note.

An invitation says what the record says when it is sent. What was said last is kept by its run;
where the record says something else by now (moved, cancelled, left), the next one goes out.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ridealong.faces.mail.letters import Action, CalendarPart, Letter, Nothing
from ridealong.faces.mail.people import member
from ridealong.faces.mail.ride_words import cancelled_letter, facts_of, joined_letter, when
from ridealong.faces.mail.writing import sender
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.again import Refused
from ridealong.lib.invitation import Invitation, Method, ride_uid, sequence, written
from ridealong.record import pipeline
from ridealong.record.leading_states import Ahead
from ridealong.record.states import Member
from ridealong.views.coaching.riding import EVER, ride

WATCHED = timedelta(days=400)
"""How long after a letter a meeting that it told of may still move."""


def letter(run: Run) -> Letter:
    """Write the leader's invitation, its change or its cancellation.

    ``plan``: {"activity": key, "member": the leader's number, "address": of the pages}.
    Raises ``Nothing`` where there is nothing to tell.
    """
    them = member(run.plan["member"])
    pipe = pipeline.open(them.id)
    found, before = ride(pipe, run.plan["activity"]), _told_before(run)
    zone = pipe.organisation.time_zone
    if found is not None and found.joined:
        words = joined_letter(found, before, zone=zone, currency=pipe.organisation.currency)
        told = _told(found.meeting, them.id)
        method: Method = "REQUEST"
    elif before is not None and before["joined"] and _begins(before) > clock.now():
        words = cancelled_letter(before, left=found is not None, zone=zone)
        told = {**before, "joined": False}
        method = "CANCEL"
    else:
        raise Nothing("There is nothing to tell: the meeting was, or nobody was told of it.")
    told["sequence"] = sequence(clock.now(), before["sequence"] if before else -1)
    address = f"{run.plan['address']}ride-alongs"
    if found is not None:
        address = f"{run.plan['address']}deals/{found.deal.id}"
    entry = _entry(run.plan["activity"], them, told, "\n".join(words.paragraphs), address)
    return Letter(
        name=them.name,
        email=them.email,
        subject=words.subject,
        heading=words.heading,
        paragraphs=words.paragraphs,
        facts=words.facts,
        action=Action("Open the deal" if found else "Other meetings to join", address),
        why="You get this because you joined this meeting in Ridealong. Leave it there, and it "
        "goes from your calendar too; answers to this mail reach nobody.",
        calendar=CalendarPart(method, written(entry, method)),
        told=told,
    )


def note(run: Run) -> Letter:
    """Write to the salesperson that a leader joins, or does not after all.

    ``plan``: {"activity": key, "member": the leader's number, "to": the salesperson's, "address"}.
    """
    leader, them = member(run.plan["member"]), member(run.plan["to"])
    organisation = pipeline.open(them.id).organisation
    found = ride(pipeline.open(leader.id), run.plan["activity"])
    if found is None:
        raise Nothing("The meeting is no longer ahead.")
    begins = when(found.meeting.at, organisation.time_zone)
    joins = "joins" if found.joined else "does not join"
    return Letter(
        name=them.name,
        email=them.email,
        subject=f"{leader.name} {joins} “{found.meeting.title}”",
        heading=f"{leader.name} {joins} your meeting",
        paragraphs=(
            f"{leader.name} {joins} “{found.meeting.title}” on {begins}.",
            "The buyer got no mail about it: tell them if they should know."
            if found.joined
            else "Nothing else changes; the buyer got no mail about it.",
        ),
        facts=facts_of(found, organisation.time_zone, organisation.currency),
        action=Action("Open the deal", f"{run.plan['address']}deals/{found.deal.id}"),
        why="You get this because the deal is yours.",
    )


def start_changed() -> int:
    """Ask for a letter wherever the record says something else than the last one did.

    Called by workers every few seconds; returns how many were asked for. One that failed is not
    tried again before something changes: its page says so.
    """
    if posting.problem():
        return 0
    last: dict[str, Run] = {}
    rows = Run.objects.filter(kind=posting.KIND, subject__startswith="ride:")
    for run in rows.filter(created_at__gt=clock.now() - WATCHED).order_by("id"):
        last[run.subject] = run
    changed = [run for run in last.values() if not run.active and _differs(run)]
    for run in changed:
        about = {name: run.plan[name] for name in ("activity", "member", "address")}
        posting.post("ride", about, subject=run.subject)
    return len(changed)


def _differs(run: Run) -> bool:
    told = (run.report or {}).get("told")
    if not told or not told["joined"] or _begins(told) <= clock.now():
        return False
    try:
        pipe = pipeline.open(run.plan["member"])
    except pipeline.NotAMember:
        return False
    ahead = pipe.leading.meetings_ahead(pipe.at + EVER, [run.plan["activity"]])
    return not ahead or not _told(ahead[0], run.plan["member"]).items() <= told.items()


def _told(meeting: Ahead, leader: int) -> dict[str, Any]:
    """What of a meeting stands in a leader's calendar, as plain JSON."""
    return {
        "joined": leader in meeting.members,
        "begins": meeting.at.astimezone(UTC).isoformat(),
        "minutes": meeting.minutes,
        "title": meeting.title,
    }


def _told_before(run: Run) -> dict[str, Any] | None:
    """What the last letter that went out, or may have, said of the same meeting."""
    earlier = Run.objects.filter(kind=posting.KIND, subject=run.subject, pk__lt=run.pk)
    for each in earlier.order_by("-id"):
        if each.report and each.report.get("handed_over"):
            told: dict[str, Any] = each.report["told"]
            return told
    return None


def _begins(told: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(told["begins"])


def _entry(
    activity: str, them: Member, told: dict[str, Any], text: str, address: str
) -> Invitation:
    name, email = sender()
    if not them.email:
        raise Refused(f"{them.name} has no e-mail address.")
    return Invitation(
        uid=ride_uid(activity, them.key),
        sequence=told["sequence"],
        begins=_begins(told),
        minutes=told["minutes"],
        title=told["title"],
        text=f"{text}\n\n{address}",
        address=address,
        organiser=(name, email),
        guest=(them.name, them.email),
        stamp=clock.now(),
    )

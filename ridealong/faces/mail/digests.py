"""Letters about what was noticed: the digest, and what cannot wait for it."""

from __future__ import annotations

from ridealong.faces.mail.digest_words import heading, moment, sections, subject
from ridealong.faces.mail.letters import Action, Letter, Nothing
from ridealong.faces.mail.people import member
from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.telling import journal, urgency
from ridealong.telling.digests import digest
from ridealong.telling.hours import days_words
from ridealong.telling.journal import Entry
from ridealong.telling.preferring import Way, hours, preference, unsubscribing
from ridealong.views.signals import News


def letter(run: Run) -> Letter:
    """Write a member's digest. ``plan``: {"member": number, "address": of the pages}.

    Raises ``Nothing`` where nothing is new, or they want no digest any more; what is only looked
    at, and not sent, is written all the same.
    """
    them = member(run.plan["member"])
    if not (run.plan.get("preview") or preference(them).digest):
        raise Nothing("They want no digest any more.")
    pipe = pipeline.open(them.id)
    found = digest(pipe, them)
    if not found.news.parts:
        raise Nothing("Nothing is new.")
    when = f"{days_words(found.hours.days)} at {found.hours.digest_at:%H:%M}"
    since = (
        moment(found.since, found.hours.zone) if found.since else "Ridealong began to watch them"
    )
    whose = "your team’s deals" if them.role != "salesperson" else "your deals"
    return _letter(
        run,
        them,
        pipe,
        found.news,
        way="digest",
        said=f"What was noticed about {whose} since {since}.",
        why=f"You get this {when} ({found.hours.zone.key}) where something is new.",
        entry=Entry(
            run=run.pk,
            member=them.id,
            way="digest",
            since=found.since,
            until=found.until,
            signals=found.news.named,
            count=found.news.items,
        ),
    )


def at_once(run: Run) -> Letter:
    """Write to a member of what cannot wait.

    ``plan``: {"member": number, "address": of the pages, "signals": [[number, raised]]}. Raises
    ``Nothing`` where all of it is settled or told by now.
    """
    them = member(run.plan["member"])
    if not preference(them).at_once:
        raise Nothing("They want nothing at once any more.")
    pipe = pipeline.open(them.id)
    news, more = urgency.still_urgent(pipe, journal.from_plain(run.plan["signals"]))
    if not news.parts:
        raise Nothing("It is settled or told by now, or left to the digest.")
    said = "This cannot wait for your digest."
    if more:
        said += f" {more} more will be in it."
    return _letter(
        run,
        them,
        pipe,
        news,
        way="at_once",
        said=said,
        why=f"You get this at once, {urgency.AN_HOUR} at most in an hour and none in your quiet "
        "hours, because it cannot wait.",
        entry=Entry(
            run=run.pk,
            member=them.id,
            way="at_once",
            since=None,
            until=pipe.at,
            signals=news.named,
            count=news.items,
        ),
    )


def _letter(
    run: Run,
    them: Member,
    pipe: Pipeline,
    news: News,
    *,
    way: Way,
    said: str,
    why: str,
    entry: Entry,
) -> Letter:
    address: str = run.plan["address"]
    stop = f"{address}unsubscribe/{unsubscribing(them.id, way)}"
    zone = hours(preference(them), pipe.organisation.time_zone).zone
    return Letter(
        name=them.name,
        email=them.email,
        subject=subject(news, them),
        heading=heading(news),
        paragraphs=(said,),
        sections=sections(news, them, address=address, zone=zone),
        action=Action("Open Today", f"{address}today"),
        why=why,
        foot=(Action("Change when and what", f"{address}telling"), Action("Unsubscribe", stop)),
        unsubscribe=stop,
        entry=entry,
    )

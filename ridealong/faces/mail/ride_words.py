"""What letters about ride-alongs say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from ridealong.views.coaching.riding import Ride
from ridealong.views.inspection.wording import day, money


@dataclass(frozen=True)
class Words:
    """The words of a letter to a leader."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


def when(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as “Thursday 3 December 2026, 14:00 (Europe/Berlin)”."""
    local = moment.astimezone(zone)
    words = format_datetime(local, "EEEE d MMMM yyyy, HH:mm", locale="en")
    return f"{words} ({zone.key})"


def joined_letter(
    ride: Ride, before: Mapping[str, Any] | None, *, zone: ZoneInfo, currency: str
) -> Words:
    """Say that a leader joins; where they were told of it already, what is new."""
    meeting, begins = ride.meeting, when(ride.meeting.at, zone)
    title, salesperson = meeting.title or "the meeting", ride.deal.salesperson or "The salesperson"
    moved = before is not None and before["joined"]
    if moved and before is not None and _moment(before) != meeting.at:
        subject, heading = f"Moved: {title}", "The meeting you joined was moved"
        said = f"“{title}” is now on {begins}. It was to be on {when(_moment(before), zone)}."
    elif moved:
        subject, heading = f"Changed: {title}", "The meeting you joined"
        said = f"“{title}” is on {begins}."
    else:
        subject, heading = f"Ride-along: {title}", f"You join {salesperson}'s meeting"
        said = f"“{title}” is on {begins}."
    paragraphs = [said]
    if ride.why:
        paragraphs.append(f"Why it is worth it: {ride.why}")
    if ride.clashes:
        clash = ride.clashes[0]
        paragraphs.append(f"Your calendar also has “{clash.title}”, {when(clash.at, zone)}.")
    return Words(subject, heading, tuple(paragraphs), facts_of(ride, zone, currency))


def cancelled_letter(before: Mapping[str, Any], *, left: bool, zone: ZoneInfo) -> Words:
    """Say that a leader need not come: they left, or the meeting is off."""
    title, begins = before["title"] or "the meeting", when(_moment(before), zone)
    if left:
        said = f"You left “{title}” on {begins}."
        return Words(f"Left: {title}", "You no longer join this meeting", (said,), ())
    said = f"“{title}” on {begins} is off, or no longer one that you see in Ridealong."
    return Words(f"Off: {title}", "The meeting you joined is off", (said,), ())


def facts_of(ride: Ride, zone: ZoneInfo, currency: str) -> tuple[tuple[str, str], ...]:
    """Return what one wants to know before one goes there."""
    deal, meeting = ride.deal, ride.meeting
    there = "\n".join(
        ", ".join(part for part in (each.name, each.role.replace("_", " ") or each.title) if part)
        for each in ride.people
    )
    lines = (
        ("When", when(meeting.at, zone)),
        ("How long", f"{meeting.minutes:.0f} minutes" if meeting.minutes else "not known"),
        ("Deal", deal.name if deal.company in deal.name else f"{deal.name}, {deal.company}"),
        ("Salesperson", deal.salesperson),
        ("Worth", money(deal.amount, deal.currency or currency)),
        ("Stage", deal.stage),
        ("Closes", day(deal.close_date)),
        ("There", there),
        ("Next step", deal.next_step),
    )
    return tuple((what, which) for what, which in lines if which)


def _moment(told: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(told["begins"])

"""Invitations to a meeting, as calendars read them (RFC 5545 and 5546).

Why they look as they do: docs/decisions/0013-a-ride-along-is-an-entry-of-its-own.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, Event, vCalAddress, vText, vUri

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
SOME_TIME = timedelta(hours=1)
"""How long a meeting is in a calendar where nobody said."""
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_BEGIN, _END = "ride-", "@ridealong"


def ride_uid(meeting: str, member: str) -> str:
    """Return the UID of a member's own entry for a meeting (keys): always the same."""
    mark = hashlib.sha256(f"{meeting}\x00{member}".encode())
    return f"{_BEGIN}{mark.hexdigest()[:40]}{_END}"


def is_ride(uid: str) -> bool:
    """Say whether a calendar's entry is one that Ridealong made of a meeting it knows."""
    return uid.startswith(_BEGIN) and uid.endswith(_END)


def sequence(moment: datetime, before: int = -1) -> int:
    """Return a revision's number: seconds since 2026 began, and higher than the one ``before``.

    So it grows even where nobody remembers what was written before.
    """
    return max(0, before + 1, int((moment - _EPOCH).total_seconds()))


@dataclass(frozen=True)
class Invitation:
    """One member's entry for a meeting. People are (name, address).

    ``sequence``: higher than that of whatever was written before. ``minutes`` None: not known.
    ``stamp``: when it was written.
    """

    uid: str
    sequence: int
    begins: datetime
    minutes: float | None
    title: str
    text: str
    address: str
    organiser: tuple[str, str]
    guest: tuple[str, str]
    stamp: datetime


def written(invitation: Invitation, method: Method) -> bytes:
    """Return the calendar object: a request, its cancellation, or an entry to import."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ridealong//Ride-alongs//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(invitation, method))
    return bytes(calendar.to_ical())


def _event(invitation: Invitation, method: Method) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.astimezone(UTC))
    begins = invitation.begins.astimezone(UTC)
    length = timedelta(minutes=invitation.minutes) if invitation.minutes else SOME_TIME
    event.add("dtstart", begins)
    event.add("dtend", begins + length)
    event.add("summary", invitation.title)
    event.add("description", invitation.text)
    if invitation.address:
        event.add("url", vUri(invitation.address))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("organizer", _person(*invitation.organiser))
    # An entry to import invites nobody: RFC 5546, 3.2.1.
    if method != "PUBLISH":
        event.add("attendee", _guest(*invitation.guest))
    return event


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(name)
    return person


def _guest(name: str, email: str) -> vCalAddress:
    guest = _person(name, email)
    guest.params["CUTYPE"] = vText("INDIVIDUAL")
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    # Whoever tapped “Join” has said yes; nobody reads answers.
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    return guest

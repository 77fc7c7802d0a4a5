"""Meetings as activities of the record, if they are ones that are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ridealong.lib.invitation import is_ride
from ridealong.record.facts import LINE, Fact
from ridealong.sources.base.connector import Ours, Problem
from ridealong.sources.calendar.reading import Guest, Meeting

MOST_GUESTS = 100


@dataclass(frozen=True)
class Rules:
    """Which meetings are not kept: those with outsiders of these domains only."""

    excluded: frozenset[str] = frozenset()


def meeting_key(meeting: Meeting) -> str:
    """Return the key of the activity that a meeting is: the same in everybody's calendar."""
    original = meeting.original.isoformat() if meeting.original else ""
    mark = hashlib.sha256(f"{meeting.uid}\x00{original}".encode())
    return f"meeting:{mark.hexdigest()[:40]}"


def told(meeting: Meeting, ours: Ours, rules: Rules) -> Fact | Problem | None:
    """Return a meeting as a fact, why it is left out, or None where it is none of our business.

    Kept are meetings of at least two people, one of them ours; those among colleagues, too. Not
    the invitations of Ridealong's own: the meeting itself is known.
    """
    if is_ride(meeting.uid):
        return None
    key = meeting_key(meeting)
    if meeting.cancelled:
        return Fact("activity", key, meeting.created, {"deleted": True}, key)
    people = _people(meeting)
    members = {ours.members[p.email]: p.answer for p in people if p.email in ours.members}
    outsiders = [p.email for p in people if not ours.is_ours(p.email)]
    if meeting.private or len(people) < 2 or not members:
        return None
    if outsiders and all(_within(email, rules.excluded) for email in outsiders):
        return None
    if len(people) > MOST_GUESTS:
        return Problem(meeting.title[:200], f"It has {len(people)} guests: that is no meeting.")
    # Whoever declined takes no part, but stays among the people.
    attending = sorted(member for member, answer in members.items() if answer != "declined")
    return _fact(key, meeting, people, attending or sorted(members), ours)


def gone(key: str, at: datetime) -> Fact:
    """Return that a calendar says nothing any more of a meeting it once told of."""
    return Fact("activity", key, at, {"deleted": None}, key)


def _fact(key: str, meeting: Meeting, people: list[Guest], members: list[str], ours: Ours) -> Fact:
    organiser = meeting.organiser.email if meeting.organiser else ""
    length = (meeting.ends - meeting.begins).total_seconds() / 60
    among_two = len(people) == 2 and all(ours.is_ours(each.email) for each in people)
    answers = {each.answer for each in people if not ours.is_ours(each.email)}
    changes: dict[str, Any] = {
        "kind": "one_on_one" if among_two else "meeting",
        # Where all of the buyer's people said no, it is neither a contact nor a next step.
        "done": False if answers == {"declined"} else None,
        "direction": "",
        "title": meeting.title[:LINE],
        "text": meeting.text,
        "minutes": None if meeting.all_day else round(length, 1),
        "begins": meeting.begins,
        "member": ours.members.get(organiser, members[0]),
        "members": members,
        "people": [_person(p, ours) for p in people],
        "series": meeting.uid[:LINE] if meeting.recurring else None,
    }
    return Fact("activity", key, meeting.created, changes, key)


def _person(guest: Guest, ours: Ours) -> dict[str, Any]:
    entry: dict[str, Any] = {"email": guest.email, "name": guest.name, "answer": guest.answer}
    return {**entry, "ours": True} if ours.is_ours(guest.email) else entry


def _people(meeting: Meeting) -> list[Guest]:
    """Who invites and who is invited, each once, in order of address."""
    found = {guest.email: guest for guest in meeting.guests if guest.email}
    host = meeting.organiser
    if host is not None and host.email and host.email not in found:
        found[host.email] = Guest(host.email, host.name, "accepted")
    return [found[email] for email in sorted(found)]


def _within(email: str, domains: Iterable[str]) -> bool:
    domain = email.rpartition("@")[2]
    return any(domain == each or domain.endswith(f".{each}") for each in domains)

"""Which meeting a talk is the record of, so that one conversation is not two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ridealong.record import placeable
from ridealong.record.naming import normal
from ridealong.record.placeable import Unplaced

MEETINGS = frozenset({"meeting", "one_on_one"})
TALKS = frozenset({"phone_call", "one_on_one"})
_WITHIN = timedelta(hours=4)
"""A meeting that began longer before its record does is another."""
_LATE = timedelta(minutes=20)
"""A recording begun so long before, or after, a meeting's beginning may still be its record."""
_SHORT = 30.0
"""Minutes that a meeting lasts whose length nobody says."""


def meeting_of(talk: Unplaced) -> Unplaced | None:
    """Return the meeting in a calendar that a talk is the record of; None for none."""
    near = placeable.held(MEETINGS, talk.members, talk.at - _WITHIN, talk.at + _WITHIN)
    found = [each for each in near if not each.is_talk and _same(talk, each)]
    return min(found, key=lambda each: (abs(each.at - talk.at), each.key), default=None)


def talks_of(meetings: Sequence[Unplaced]) -> list[Unplaced]:
    """Return the talks that may be the record of one of these meetings, in order of time."""
    if not meetings:
        return []
    moments = [meeting.at for meeting in meetings]
    members = {member for meeting in meetings for member in meeting.members}
    first, last = min(moments) - _WITHIN, max(moments) + _WITHIN
    talks = [each for each in placeable.held(TALKS, members, first, last) if each.is_talk]
    return [talk for talk in talks if any(_same(talk, meeting) for meeting in meetings)]


def _same(talk: Unplaced, meeting: Unplaced) -> bool:
    return _at_one_time(talk, meeting) and _share_people(talk, meeting)


def _at_one_time(talk: Unplaced, meeting: Unplaced) -> bool:
    ends = meeting.at + timedelta(minutes=meeting.minutes or _SHORT)
    return meeting.at - _LATE <= talk.at < max(ends, meeting.at + _LATE)


def _share_people(talk: Unplaced, meeting: Unplaced) -> bool:
    """Say whether a colleague and, where others took part, one of them is in both."""
    if not set(talk.members) & set(meeting.members):
        return False
    others = [person for person in talk.people if not person.get("ours")]
    known = [person for person in others if person.get("email") or " " in person.get("name", "")]
    if not known:
        return bool(others) or set(talk.members) == set(meeting.members)
    invited = {name for person in meeting.people for name in _names(person)}
    return any(_names(person) & invited for person in known)


def _names(person: dict[str, str]) -> set[str]:
    """What somebody is called: address, name, and the name that an address spells."""
    email, name = person.get("email", ""), normal(person.get("name", ""))
    spelt = normal(email.partition("@")[0].replace(".", " ").replace("_", " "))
    return {each for each in (email, name, spelt if " " in spelt else "") if each}

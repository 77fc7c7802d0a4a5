"""A leader joins a salesperson's meeting with a buyer, or does not after all."""

from __future__ import annotations

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact
from ridealong.record.leading_states import Ahead
from ridealong.record.states import Member
from ridealong.sources.people.speaking import PEOPLE


def join(meeting: Ahead, *, by: Member) -> None:
    """Say that a leader takes part in a meeting, besides those who do; again it changes nothing.

    What is said of who takes part stands until the leader leaves again.
    """
    keys = {member.id: member.key for member in directory.members()}
    taking = {keys[number] for number in meeting.members if number in keys}
    _say(meeting, {_name(meeting, by.key): sorted({*taking, by.key})})


def leave(meeting: Ahead, *, by: Member) -> None:
    """Take back that a leader joined: what the calendar or the CRM says counts again.

    Other leaders who joined still do.
    """
    own, prefix = _name(meeting, by.key), _name(meeting, "")
    said: dict[str, list[str] | None] = {own: None}
    for name, changes in directory.said_by_name(PEOPLE.name, prefix).items():
        taking = changes.get("members")
        if name != own and taking:
            said[name] = sorted({*taking} - {by.key})
    _say(meeting, said)


def joined_by_hand(meeting: Ahead, by: Member) -> bool:
    """Say whether a leader takes part because they said so here."""
    own = _name(meeting, by.key)
    return bool(directory.said_by_name(PEOPLE.name, own).get(own, {}).get("members"))


def _name(meeting: Ahead, leader: str) -> str:
    return f"join:{meeting.id}:{leader}"[:255]


def _say(meeting: Ahead, said: dict[str, list[str] | None]) -> None:
    at = max(clock.now(), meeting.at)
    facts = [
        Fact(
            "activity",
            meeting.key,
            at,
            # Said again under the same name it replaces what was said before.
            {"members": members} if members else {"deleted": None},
            name,
        )
        for name, members in said.items()
    ]
    writer.append(PEOPLE, facts)

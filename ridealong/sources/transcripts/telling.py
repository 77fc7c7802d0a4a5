"""A talk as an activity of the record."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from ridealong.record.facts import LINE, Fact
from ridealong.record.naming import normal
from ridealong.sources.base.connector import Ours
from ridealong.sources.transcripts.talk import Speaker, Talk

_PEOPLE = 100
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def talk_fact(raw: bytes, talk: Talk, ours: Ours, *, otherwise: datetime) -> Fact:
    """Return the talk in ``raw`` as a fact; ``otherwise``: when it was if it does not say.

    The same file is the same talk, whatever it is called and however often it comes.
    """
    key = f"talk:{hashlib.sha256(raw).hexdigest()[:40]}"
    at = talk.at or otherwise
    people = _people(talk, ours)
    members = sorted({key for key in (_member(person, ours) for person in people) if key})
    among_two = len(people) == 2 == len(members)
    changes: dict[str, Any] = {
        "kind": "one_on_one" if among_two else "phone_call",
        "title": talk.title[:LINE] or "Talk",
        "text": talk.text,
        "minutes": talk.minutes,
        "done": True,
        "begins": at,
        "member": members[0] if members else None,
        "members": members,
        "people": people,
    }
    return Fact("activity", key, at, changes, key)


def taken_back(key: str) -> Fact:
    """Return that nothing is said any more of a talk."""
    return Fact("activity", key, _NEVER, {"deleted": None}, key)


def _people(talk: Talk, ours: Ours) -> list[dict[str, Any]]:
    """Everybody who spoke or took part, with how much they talked; the most talkative first."""
    people = [_spoke(speaker) for speaker in talk.speakers[:_PEOPLE]]
    addresses = {person["email"] for person in people}
    for name, email in talk.participants[:_PEOPLE]:
        if email and email.lower() not in addresses:
            people.append({"email": email.lower(), "name": name, "answer": ""})
    for person in people:
        person["ours"] = bool(_member(person, ours)) or (
            bool(person["email"]) and ours.is_ours(person["email"])
        )
    return people


def _spoke(speaker: Speaker) -> dict[str, Any]:
    return {
        "email": speaker.email.lower(),
        "name": speaker.name,
        "answer": "",
        "seconds": round(speaker.seconds, 1),
        "share": round(speaker.share, 4),
        "questions": speaker.questions,
    }


def _member(person: dict[str, Any], ours: Ours) -> str | None:
    """Return which member somebody is, by address or else by the name the recorder shows."""
    if person["email"]:
        return ours.members.get(person["email"])
    return ours.names.get(normal(person["name"]))

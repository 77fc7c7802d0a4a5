"""A mail as an activity of the record, if it is one that is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ridealong.record.facts import LINE, Fact
from ridealong.sources.base.connector import Ours, Problem
from ridealong.sources.mail.addresses import Address
from ridealong.sources.mail.cards import Card, card
from ridealong.sources.mail.message import Message, Unreadable, read

PEOPLE = 100
ATTACHMENTS = 50
_AHEAD = timedelta(hours=26)
"""A sender's clock, or zone, may be wrong by so much and still be believed."""
_RESULTS = re.compile(
    rb"^authentication-results:(.*?)(?=^\S)", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_HEADERS = 100_000


@dataclass(frozen=True)
class Rules:
    """What of a mailbox is kept: not mail with these domains only, and perhaps no text."""

    excluded: frozenset[str] = frozenset()
    headers_only: bool = False


def told(
    raw: bytes, received: datetime, ours: Ours, rules: Rules, *, place: str
) -> Fact | Problem | None:
    """Return a mail as a fact, what is wrong with it, or None where it is none of our business.

    ``received``: when the server got it; ``place``: the folder, as a copy elsewhere is a statement
    of its own. The same mail in another mailbox is the same activity.
    """
    try:
        message = read(raw, received=received)
    except Unreadable as error:
        return Problem(f"a mail of {received:%d %B %Y %H:%M}", str(error))
    if ours.is_ours(message.sender.email) and _forged(raw):
        return Problem(
            message.subject or "a mail", f"It only claims to be from {message.sender.email}."
        )
    people = _people(message)
    outsiders = {each.email for each in people if not ours.is_ours(each.email)}
    if not outsiders or all(_excluded(email, rules.excluded) for email in outsiders):
        return None
    if message.bounce:
        return Problem(message.subject or "a mail", "It could not be delivered.")
    if message.automatic:
        return None
    return _fact(message, people, ours, rules, received=received, place=place)


def _fact(
    message: Message,
    people: list[Address],
    ours: Ours,
    rules: Rules,
    *,
    received: datetime,
    place: str,
) -> Fact:
    members = [ours.members[each.email] for each in people if each.email in ours.members]
    author = ours.members.get(message.sender.email)
    key = mail_key(message.id)
    changes: dict[str, Any] = {
        "kind": "email",
        "direction": "out" if ours.is_ours(message.sender.email) else "in",
        "title": message.subject[:LINE],
        "text": "" if rules.headers_only else message.text,
        "member": author or (min(members) if members else None),
        "members": sorted(set(members)),
        "people": [_entry(each, message, rules) for each in people],
        # A conversation's first mail is named by its own id: the replies name it so, too.
        "thread": (message.references[0] if message.references else message.id)[:LINE],
        "attachments": [name[:LINE] for name in message.attachments[:ATTACHMENTS]],
    }
    at = message.at if message.at <= received + _AHEAD else received
    copy = hashlib.sha256(place.encode()).hexdigest()[:8]
    return Fact("activity", key, at, changes, f"{key}:{copy}")


def _entry(person: Address, message: Message, rules: Rules) -> dict[str, Any]:
    """One of the people; of who wrote it also what the signature says."""
    entry: dict[str, Any] = {"email": person.email, "name": person.name, "answer": ""}
    if person.email == message.sender.email:
        said = Card() if rules.headers_only else card(message.signature, person.name)
        entry |= {"wrote": True, "title": said.title, "phone": said.phone}
    return entry


def mail_key(number: str) -> str:
    """Return the key of the activity that a mail with this Message-ID is."""
    return f"mail:{hashlib.sha256(number.encode()).hexdigest()[:40]}"


def _people(message: Message) -> list[Address]:
    """Everybody it is from and to, in order of address."""
    found: dict[str, Address] = {}
    for each in (message.sender, *message.to, *message.cc):
        if each.email:
            found.setdefault(each.email, each)
    return sorted(found.values(), key=lambda each: each.email)[:PEOPLE]


def _excluded(email: str, domains: Iterable[str]) -> bool:
    domain = email.rpartition("@")[2]
    return any(domain == each or domain.endswith(f".{each}") for each in domains)


def _forged(raw: bytes) -> bool:
    """Say whether the server that took it in found that it is not from who it says.

    Mail among colleagues on one server was never checked, and says nothing.
    """
    results = b" ".join(_RESULTS.findall(raw[:_HEADERS])).lower()
    if b"dmarc=" in results:
        return b"dmarc=fail" in results
    return b"spf=fail" in results and b"dkim=pass" not in results

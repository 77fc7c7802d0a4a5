"""Replies that are overdue, each with a draft for the salesperson's own mail program.

To answer: the buyer wrote, and nobody has answered or spoken with them since, for a working day.
To remind: we wrote last, and nothing has come back for ``PATIENCE``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, Contact, DealState
from ridealong.views.inspection.wording import day

LOOKED_BACK = timedelta(days=60)
PATIENCE = timedelta(days=7)
LONGEST = 1800
"""Characters of an address that mail programs take."""
_QUOTED = 12
"""Lines of their mail that are quoted."""
_TALKS = frozenset({"meeting", "phone_call"})
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"(?<=[.!?:,])\s*\n+|(?<=[.!?])\s+")
_RE = re.compile(r"^\s*((re|aw|wg|fwd?|sv|tr)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail that waits for one of ours. ``words``: why, in a sentence without a full stop.

    ``address``: a mailto address that opens the draft.
    """

    deal: DealState
    contact: Contact
    mail: ActivityState
    kind: Literal["answer", "remind"]
    words: str
    address: str


def replies(pipe: Pipeline, deals: Sequence[DealState]) -> list[Reply]:
    """Return what is to be answered on these open deals, the longest waiting first."""
    numbers = [deal.id for deal in deals]
    happened = pipe.activities_since(numbers, pipe.at - LOOKED_BACK)
    waiting = [
        (deal, kind, mail)
        for deal in deals
        for kind, mail in _waiting(pipe, happened.get(deal.id, ()))
    ]
    people = pipe.people_of({deal.id: set(mail.contacts) for deal, _, mail in waiting})
    found = []
    for deal, kind, mail in waiting:
        contact = _whom(mail, people.get(deal.id, ()))
        if contact is not None:
            found.append(_reply(pipe, deal, contact, mail, kind))
    return sorted(found, key=lambda each: (each.kind, each.mail.at))


def _waiting(
    pipe: Pipeline, happened: Sequence[ActivityState]
) -> Iterator[tuple[Literal["answer", "remind"], ActivityState]]:
    """The last mail where it is the last word between the two sides, and long enough ago."""
    planned = any(each.at > pipe.at and each.kind in _TALKS and each.two_way for each in happened)
    between = [
        each for each in happened if each.at <= pipe.at and (each.kind == "email" or each.two_way)
    ]
    last = between[-1] if between else None
    if last is None or last.kind != "email":
        return
    if last.direction == "in" and pipe.at >= _a_working_day_later(
        last.at, pipe.organisation.time_zone
    ):
        yield "answer", last
    elif last.direction == "out" and not planned and pipe.at - last.at >= PATIENCE:
        yield "remind", last


def _a_working_day_later(at: datetime, zone: ZoneInfo) -> datetime:
    later = at.astimezone(zone) + timedelta(days=1)
    while later.weekday() >= 5:
        later += timedelta(days=1)
    return later


def _whom(mail: ActivityState, people: Sequence[Contact]) -> Contact | None:
    """Whoever wrote it, or whom it went to: one of their people with an address."""
    known = {person.email.lower(): person for person in people if person.email}
    for each in mail.people:
        if each.get("wrote") and each.get("email", "").lower() in known:
            return known[each["email"].lower()]
    by_key = {person.key: person for person in known.values()}
    return next((by_key[key] for key in mail.contacts if key in by_key), None)


def _reply(
    pipe: Pipeline,
    deal: DealState,
    contact: Contact,
    mail: ActivityState,
    kind: Literal["answer", "remind"],
) -> Reply:
    sent = day(mail.at.astimezone(pipe.organisation.time_zone).date())
    subject = _RE.sub("", mail.title).strip() or deal.name
    me = pipe.viewer.name if pipe.viewer else deal.salesperson
    if kind == "answer":
        asked = question_in(mail.text)
        words = f"{contact.name} asked on {sent}: “{asked}”" if asked else ""
        words = words or f"{contact.name} wrote on {sent}: “{subject}”"
        start = f"Hello {contact.name},\n\nthank you for your mail of {sent}.\n\n\n\n{me}\n\n"
        quoted = "\n".join(f"> {line}" for line in mail.text.strip().splitlines()[:_QUOTED])
        body = f"{start}{quoted}"
    else:
        words = f"Your mail to {contact.name} of {sent}, “{subject}”, has no answer"
        body = (
            f"Hello {contact.name},\n\nmay I come back to my mail of {sent}, “{subject}”?\n\n\n{me}"
        )
    return Reply(deal, contact, mail, kind, words, mailto(contact.email, f"Re: {subject}", body))


def question_in(text: str) -> str:
    """Return the first question of a text, cut to a line; "" for none."""
    ours = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    for paragraph in _PARAGRAPH.split(ours):
        for sentence in _SENTENCE.split(paragraph):
            whole = " ".join(sentence.split())
            if whole.endswith("?"):
                return whole if len(whole) <= 160 else f"{whole[:157]}…"
    return ""


def mailto(email: str, subject: str, body: str) -> str:
    """Return the address that opens a draft (RFC 6068), its body cut to what programs take."""
    start = f"mailto:{quote(email, safe='@')}?subject={quote(subject[:80])}&body="
    text = body
    while text and len(start) + len(_lines(text)) > LONGEST:
        text = text[: int(len(text) * 0.9)].rstrip()
    return start + _lines(text)


def _lines(text: str) -> str:
    return quote(text.replace("\n", "\r\n"))

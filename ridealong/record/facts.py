"""What a source says: facts about subjects, and which fields a subject may have.

A fact is one statement by one source: *this subject had these values from this moment on*.
``(source, external_id)`` identifies the statement: saying it again with other content corrects it
from then on, saying it again unchanged adds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from ridealong.lib.money import to_hundredths

SubjectKind = Literal[
    "organisation",
    "rate",
    "member",
    "company",
    "contact",
    "stage",
    "deal",
    "activity",
    "question",
    "brief",
]
Status = Literal["open", "won", "lost"]
LINE = 255
"""The most characters that a key, a name or another one-line field may have."""
SELF = "self"
"""Key of the one organisation that an installation belongs to."""

MASKED = {"masked": True}
"""What stands in place of a fact's changes that was taken back; nobody can say it."""

ACTIVITY_KINDS = ("email", "phone_call", "meeting", "task", "note", "one_on_one", "other")
DIRECTIONS = ("in", "out", "")
STATUSES: tuple[str, ...] = get_args(Status)
ROLES = ("owner", "leader", "salesperson", "admin")
CATEGORIES = ("omitted", "pipeline", "best_case", "most_likely", "commit", "closed")


class InvalidFact(ValueError):
    """A fact that the record refuses; its text names the subject, the field and what is wrong."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about one subject.

    ``kind`` and ``key`` name the subject; a key is the id its source of truth gives it.
    ``at``: when it was so (aware). ``recorded_at``: when Ridealong learned it; the writer's clock
    when None. ``changes``: the fields stated, None meaning "empty from now on".
    ``was``: values just before ``at``, where the source knows them and nothing earlier does.
    ``external_id`` identifies the statement within its source.
    """

    kind: SubjectKind
    key: str
    at: datetime
    changes: Mapping[str, Any]
    external_id: str
    was: Mapping[str, Any] = field(default_factory=dict)
    recorded_at: datetime | None = None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    if "\x00" in value:
        raise ValueError("a NUL character cannot be kept")
    return value


def _line(value: Any) -> str:
    if len(_text(value)) > LINE:
        raise ValueError(f"longer than {LINE} characters")
    return str(value)


def _currency(value: Any) -> str:
    if len(_text(value)) != 3 or not value.isascii() or not value.isupper():
        raise ValueError("a currency's three capital letters expected")
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _amount(value: Any) -> str:
    to_hundredths(value)
    return str(Decimal(value))


def _day(value: Any) -> str:
    return (
        value.isoformat() if type(value) is date else date.fromisoformat(_text(value)).isoformat()
    )


def _moment(value: Any) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment.isoformat()


def _number(value: Any) -> float:
    return float(value)


def _list(value: Any) -> list[str]:
    return [_text(item) for item in value]


def _json(value: Any) -> Any:
    json.dumps(value)
    return value


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(repr(a) for a in allowed)} expected")
        return str(value)

    return check


def _int(value: Any) -> int:
    if abs(int(value)) > 2_000_000_000:
        raise ValueError("too large a number")
    return int(value)


FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "organisation": {
        "name": _line,
        "currency": _currency,  # ISO 4217: what totals are in
        "time_zone": _line,  # IANA name: whose days and weeks count
        "simulated": _flag,
        "email_domains": _list,
    },
    # key: a currency's ISO code; the company currency's units that one unit of it is worth
    "rate": {"per_unit": _amount},
    "member": {
        "name": _line,
        "email": _line,
        "role": _one_of(*ROLES),
        "reports_to": _line,  # key of the leader
        "team": _line,
        "active": _flag,
    },
    "company": {
        "name": _line,
        "domain": _line,
        "industry": _line,
        "country": _line,
        "employees": _int,
        "parent": _line,  # key of a company
    },
    "contact": {
        "name": _line,
        "email": _line,
        "phone": _line,
        "title": _line,
        "company": _line,  # key
    },
    "stage": {
        "name": _line,
        "position": _int,
        "status": _one_of(*STATUSES),
        "probability": _number,  # 0 to 1
    },
    "deal": {
        "name": _line,
        "company": _line,  # key
        "salesperson": _line,  # key of a member
        "stage": _line,  # key
        "status": _one_of(*STATUSES),
        "amount": _amount,
        "currency": _currency,
        "close_date": _day,
        "category": _one_of(*CATEGORIES),
        "next_step": _text,
        "product": _line,
        "lost_reason": _line,
        "contacts": _json,  # {contact key: role on this deal}
        "deleted": _flag,
    },
    "activity": {
        "kind": _one_of(*ACTIVITY_KINDS),
        "deal": _line,  # key
        "company": _line,  # key
        "member": _line,  # key: whose activity it is
        "contacts": _list,  # keys
        "direction": _one_of(*DIRECTIONS),  # in: from the buyer
        "title": _line,
        "text": _text,
        "minutes": _number,
        "done": _flag,
        "members": _list,  # keys: colleagues taking part
        "deals_discussed": _list,  # keys
        "nature": _json,  # {nature: share}, see docs/domain words
        "begins": _moment,  # when it is, where it may be moved; else when it was first said
        # [{"email", "name", "answer": accepted, declined, tentative or ""; of who wrote a mail
        # "wrote": true, "title", "phone"; of a talk "seconds", "share", "questions", "ours"}]:
        # everybody who took part, ours and theirs
        "people": _json,
        "thread": _line,  # of a mail: the id of the conversation's first one
        "recording_of": _line,  # of a talk: key of the meeting that it is the record of
        "series": _line,  # of a meeting: the id of what recurs
        "attachments": _list,  # names
        # how it was placed: {"sure": 0 to 1, "why": [...], "candidates": [[deal, sure], ...]};
        # "aside": true where it belongs to no deal
        "match": _json,
        "deleted": _flag,
    },
    # what a text suggests about a deal; `at` is when it was said
    "question": {
        "deal": _line,  # key
        "activity": _line,  # key: where it was said
        "field": _line,
        "value": _json,
        "sentence": _text,  # word for word
        "asks": _text,  # the question as it is put
        "sure": _number,  # 0 to 1
        "answer": _one_of("yes", "no", ""),
    },
    # key: a name of its own; `at` is the moment the brief speaks of
    "brief": {
        "viewer": _line,  # key of the member it is for, "" for everything
        "since": _moment,
        "known": _moment,
        "body": _json,
        "title": _line,
    },
}

REFERENCES: dict[str, dict[str, SubjectKind]] = {
    "member": {"reports_to": "member"},
    "company": {"parent": "company"},
    "contact": {"company": "company"},
    "deal": {"company": "company", "salesperson": "member", "stage": "stage"},
    "activity": {"deal": "deal", "company": "company", "member": "member"},
    "question": {"deal": "deal"},
}
"""Fields that hold the key of another subject: ``REFERENCES[kind][field]`` is that one's kind."""


def _checked(fact: Fact, values: Mapping[str, Any], label: str) -> dict[str, Any]:
    allowed = FIELDS[fact.kind]
    result: dict[str, Any] = {}
    for name, value in values.items():
        check = allowed.get(name)
        if check is None:
            raise InvalidFact(f"{fact.kind} {fact.key!r}: there is no field {name!r} ({label})")
        if value is None:
            result[name] = None
            continue
        try:
            result[name] = check(value)
        except (TypeError, ValueError, ArithmeticError) as error:
            raise InvalidFact(f"{fact.kind} {fact.key!r}: {name} is {value!r}: {error}") from error
    return result


def checked(fact: Fact) -> Fact:
    """Return ``fact`` with every value in the plain JSON form that is kept.

    Raises ``InvalidFact`` for an unknown kind or field, a value of the wrong type, an empty key or
    external id, or a moment without a time zone.
    """
    if fact.kind not in FIELDS:
        raise InvalidFact(f"there is no kind of subject {fact.kind!r}")
    for name, text in (("key", fact.key), ("external id", fact.external_id)):
        if not text or len(text) > LINE or "\x00" in text:
            raise InvalidFact(f"{fact.kind} {text[:80]!r}: a fact's {name} has 1 to {LINE} letters")
    for moment in (fact.at, fact.recorded_at):
        if moment is not None and moment.tzinfo is None:
            raise InvalidFact(f"{fact.kind} {fact.key!r}: {moment} has no time zone")
    return Fact(
        kind=fact.kind,
        key=fact.key,
        at=fact.at,
        changes=_checked(fact, fact.changes, "changes"),
        external_id=fact.external_id,
        was=_checked(fact, fact.was, "was"),
        recorded_at=fact.recorded_at,
    )


def digest(fact: Fact) -> bytes:
    """Return 16 bytes that are the same for the same content: subject, time and values said."""
    content = json.dumps(
        [fact.kind, fact.key, fact.at.timestamp(), fact.changes, fact.was],
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    return hashlib.blake2b(content.encode(), digest_size=16).digest()

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
    "organisation", "rate", "member", "company", "contact", "stage", "deal", "activity", "brief"
]
Status = Literal["open", "won", "lost"]
SELF = "self"
"""Key of the one organisation that an installation belongs to."""

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
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def _amount(value: Any) -> str:
    to_hundredths(value)
    return str(Decimal(value))


def _day(value: Any) -> str:
    return value.isoformat() if type(value) is date else date.fromisoformat(_text(value)).isoformat()


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
    return int(value)


FIELDS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "organisation": {
        "name": _text,
        "currency": _text,  # ISO 4217: what totals are in
        "time_zone": _text,  # IANA name: whose days and weeks count
        "simulated": _flag,
        "email_domains": _list,
    },
    # key: a currency's ISO code; the company currency's units that one unit of it is worth
    "rate": {"per_unit": _amount},
    "member": {
        "name": _text,
        "email": _text,
        "role": _one_of(*ROLES),
        "reports_to": _text,  # key of the leader
        "team": _text,
        "active": _flag,
    },
    "company": {
        "name": _text,
        "domain": _text,
        "industry": _text,
        "country": _text,
        "employees": _int,
        "parent": _text,  # key of a company
    },
    "contact": {
        "name": _text,
        "email": _text,
        "phone": _text,
        "title": _text,
        "company": _text,  # key
    },
    "stage": {
        "name": _text,
        "position": _int,
        "status": _one_of(*STATUSES),
        "probability": _number,  # 0 to 1
    },
    "deal": {
        "name": _text,
        "company": _text,  # key
        "salesperson": _text,  # key of a member
        "stage": _text,  # key
        "status": _one_of(*STATUSES),
        "amount": _amount,
        "currency": _text,
        "close_date": _day,
        "category": _one_of(*CATEGORIES),
        "next_step": _text,
        "product": _text,
        "lost_reason": _text,
        "contacts": _json,  # {contact key: role on this deal}
        "deleted": _flag,
    },
    "activity": {
        "kind": _one_of(*ACTIVITY_KINDS),
        "deal": _text,  # key
        "company": _text,  # key
        "member": _text,  # key: whose activity it is
        "contacts": _list,  # keys
        "direction": _one_of(*DIRECTIONS),  # in: from the buyer
        "title": _text,
        "text": _text,
        "minutes": _number,
        "done": _flag,
        "members": _list,  # keys: colleagues taking part
        "deals_discussed": _list,  # keys
        "nature": _json,  # {nature: share}, see docs/domain words
        "deleted": _flag,
    },
    # key: a name of its own; `at` is the moment the brief speaks of
    "brief": {
        "viewer": _text,  # key of the member it is for, "" for everything
        "since": _moment,
        "known": _moment,
        "body": _json,
        "title": _text,
    },
}

REFERENCES: dict[str, dict[str, SubjectKind]] = {
    "member": {"reports_to": "member"},
    "company": {"parent": "company"},
    "contact": {"company": "company"},
    "deal": {"company": "company", "salesperson": "member", "stage": "stage"},
    "activity": {"deal": "deal", "company": "company", "member": "member"},
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
    if not fact.key or not fact.external_id:
        raise InvalidFact(f"{fact.kind} {fact.key!r}: a fact needs a key and an external id")
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

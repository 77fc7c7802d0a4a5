"""What a source says: facts about subjects, and which fields a subject may have.

A fact is one statement by one source: *this subject had these values from this moment on*.
``(source, external_id)`` identifies the statement: saying it again with other content corrects it
from then on, saying it again unchanged adds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ridealong.record.checks import LINE
from ridealong.record.vocabulary import FIELDS, SELF, SubjectKind

__all__ = ["LINE", "MASKED", "SELF", "Fact", "InvalidFact", "SubjectKind", "checked", "digest"]
MASKED = {"masked": True}
"""What stands in place of a fact's changes that was taken back; nobody can say it."""


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

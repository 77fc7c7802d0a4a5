"""Stating something by hand."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact, SubjectKind
from ridealong.record.ranks import SourceName

PEOPLE = SourceName("people", "person")


def say(kind: SubjectKind, key: str, changes: dict[str, Any]) -> str:
    """State fields of a subject from now on; return the name of it. Raises ``InvalidFact``."""
    at = clock.now()
    name = f"{kind}:{key}:{at.isoformat()}:{secrets.token_hex(4)}"[:255]
    writer.append(PEOPLE, [Fact(kind, key, at, changes, name)])
    return name


def unsay(kind: SubjectKind, key: str, name: str) -> None:
    """Take back the statement of that name: what it said is as it was before."""
    writer.append(PEOPLE, [Fact(kind, key, clock.now(), {}, name)])


@dataclass(frozen=True, slots=True)
class Once:
    """What was said on a device, maybe hours before it arrives. ``at`` None: now."""

    key: str
    at: datetime | None
    changes: Mapping[str, Any]


def say_once(kind: SubjectKind, said: Sequence[Once]) -> None:
    """State new subjects; those whose key was stated or taken back before are left as they are.

    The statement's name is the subject's key. What is said to be of the future is of now. Raises
    ``InvalidFact``.
    """
    now = clock.now()
    known = directory.known(kind, [each.key for each in said])
    facts = [
        Fact(kind, each.key, min(each.at or now, now), dict(each.changes), each.key)
        for each in said
        if each.key not in known
    ]
    writer.append(PEOPLE, facts)

"""Stating something by hand."""

from __future__ import annotations

import secrets
from typing import Any

from ridealong.lib import clock
from ridealong.record import writer
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

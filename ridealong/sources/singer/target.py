"""Taking in what a tap says, line by line: facts are kept before a state is passed on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.ranks import SourceName
from ridealong.sources.singer.mapping import Mapping
from ridealong.sources.singer.telling import BadRecord, facts_of

BATCH = 1000
LISTED = 1000
_SHOWN = 80


class BadLine(ValueError):
    """A line that is no Singer message; what was kept before it stays."""


@dataclass
class Report:
    """What came of it. ``refused``: (line, stream, why), the first of them; ``bad``: how many."""

    records: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    added: int = 0
    known: int = 0
    bad: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def take_in(
    lines: Iterable[str],
    mapping: Mapping,
    *,
    state: Callable[[str], None],
    dry: bool = False,
) -> Report:
    """Keep the records of all lines; ``state`` gets each STATE once all before it is kept.

    So a tap that is run again with the last state misses nothing; what it says again is known
    already. Raises ``BadLine``.
    """
    return _Target(mapping, state, dry=dry).run(lines)


class _Target:
    """The lines so far: facts that wait to be kept, streams whose schema is known."""

    def __init__(self, mapping: Mapping, state: Callable[[str], None], *, dry: bool) -> None:
        self._mapping = mapping
        self._source = SourceName(mapping.name, "crm")
        self._state = state
        self._dry = dry
        self._waiting: list[Fact] = []
        self._schemas: set[str] = set()
        self._report = Report()

    def run(self, lines: Iterable[str]) -> Report:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                self._take(number, line)
        self._keep()
        return self._report

    def _take(self, number: int, line: str) -> None:
        message = _message(number, line)
        kind = message.get("type")
        if kind == "SCHEMA":
            self._schemas.add(_stream(number, message))
        elif kind == "RECORD":
            self._record(number, message)
        elif kind == "STATE":
            if "value" not in message:
                raise BadLine(f"Line {number}: a STATE has a value.")
            self._keep()
            if not self._dry:
                self._state(json.dumps(message["value"], default=str))
        elif kind != "ACTIVATE_VERSION":
            # Tables replaced as a whole are for warehouses; here nothing is ever replaced.
            raise BadLine(f"Line {number}: there is no message {str(kind)[:_SHOWN]!r}.")

    def _record(self, number: int, message: dict[str, Any]) -> None:
        name = _stream(number, message)
        record = message.get("record")
        if name not in self._schemas:
            raise BadLine(f"Line {number}: a RECORD of {name} comes before its SCHEMA.")
        if not isinstance(record, dict):
            raise BadLine(f"Line {number}: a RECORD has a record.")
        stream = self._mapping.streams.get(name)
        if stream is None:
            self._report.aside[name] += 1
            return
        try:
            # All of a record or nothing of it.
            self._waiting.extend(list(facts_of(stream, record)))
        except BadRecord as error:
            self._report.bad += 1
            if len(self._report.refused) < LISTED:
                self._report.refused.append((number, name, str(error)))
            return
        self._report.records[name] += 1
        if len(self._waiting) >= BATCH:
            self._keep()

    def _keep(self) -> None:
        if self._waiting and not self._dry:
            outcome = writer.append(self._source, self._waiting)
            self._report.added += outcome.added
            self._report.known += outcome.known
        self._waiting.clear()


def _message(number: int, line: str) -> dict[str, Any]:
    try:
        message = json.loads(line, parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"Line {number} is no JSON: {line.strip()[:_SHOWN]}") from error
    if not isinstance(message, dict):
        raise BadLine(f"Line {number} is no message: {line.strip()[:_SHOWN]}")
    return message


def _stream(number: int, message: dict[str, Any]) -> str:
    name = message.get("stream")
    if not isinstance(name, str) or not name:
        raise BadLine(f"Line {number}: the message names no stream.")
    return name

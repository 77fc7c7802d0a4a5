"""A mapping file: what a file's columns are where their headings do not say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ridealong.record.vocabulary import ACTIVITY_KINDS, DIRECTIONS, STATUSES
from ridealong.sources.files.headings import FIELDS, KINDS

EVENT_LOG_FIELDS = ("deal", "at", "event", "lifecycle", "member", "amount", "created", "company")


class InvalidMapping(ValueError):
    """A mapping that makes no sense; the text names the file, the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage that the mapping declares."""

    name: str
    status: str = "open"
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """What a row says from the moment in one of its columns on, when ``where`` holds.

    ``values``: constants by field; ``columns``: headings by field; ``lookups``: by field the
    (heading, lookup file's name) whose value is looked up. ``at`` is "" for the import's moment.
    """

    at: str
    values: Mapping[str, str]
    columns: Mapping[str, str]
    lookups: Mapping[str, tuple[str, str]]
    where: Mapping[str, str]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventRule:
    """What an event of an event log means: a stage, an outcome, or an activity."""

    stage: str = ""
    status: str = ""
    activity: str = ""
    direction: str = ""
    title: str = ""
    ignore: bool = False


@dataclass(frozen=True, slots=True)
class FileRule:
    """What the mapping says of the files that ``match`` fits."""

    match: str
    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    dated: tuple[Dated, ...] = ()
    events: Mapping[str, EventRule] = field(default_factory=dict)
    nobody: tuple[str, ...] = ()
    key: str = ""
    value: str = ""
    role: str = ""
    currency: str = ""
    date_order: str = ""
    decimal: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole mapping. ``stages`` in order; without any, stages are found in the files."""

    currency: str = ""
    time_zone: str = ""
    stages: tuple[StageRule, ...] = ()
    files: tuple[FileRule, ...] = ()

    def rule_for(self, path: Path) -> FileRule | None:
        """Return what is said of a file, by its name."""
        for rule in self.files:
            if fnmatch(path.name, rule.match):
                return rule
        return None


def read(path: Path) -> Rules:
    """Read a mapping file. Raises ``InvalidMapping``."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidMapping(f"{path.name}: {error}") from error
    try:
        return from_values(raw)
    except InvalidMapping as error:
        raise InvalidMapping(f"{path.name}: {error}") from None


def from_values(raw: Mapping[str, Any]) -> Rules:
    """Make a mapping of a TOML file's values. Raises ``InvalidMapping``."""
    _known(raw, {"company", "stages", "file"}, "")
    company = raw.get("company", {})
    _known(company, {"currency", "time_zone"}, "company.")
    return Rules(
        currency=company.get("currency", ""),
        time_zone=company.get("time_zone", ""),
        stages=tuple(_stage(name, value) for name, value in raw.get("stages", {}).items()),
        files=tuple(_file(number, rule) for number, rule in enumerate(raw.get("file", []), 1)),
    )


def _stage(name: str, value: Any) -> StageRule:
    said: Mapping[str, Any] = {"status": value} if isinstance(value, str) else value
    _known(said, {"status", "probability"}, f"stages.{name}.")
    status = said.get("status", "open")
    if status not in STATUSES:
        raise InvalidMapping(f"stages.{name}: {status!r} is none of {', '.join(STATUSES)}")
    return StageRule(name, status, said.get("probability"))


def _file(number: int, raw: Mapping[str, Any]) -> FileRule:
    where = f"file {number}."
    _known(
        raw,
        {
            "match",
            "kind",
            "columns",
            "values",
            "dated",
            "events",
            "nobody",
            "key",
            "value",
            "role",
            "currency",
            "date_order",
            "decimal",
            "encoding",
            "delimiter",
        },
        where,
    )
    kind = raw.get("kind", "")
    if kind and kind not in KINDS:
        raise InvalidMapping(f"{where}kind: {kind!r} is none of {', '.join(KINDS)}")
    if "match" not in raw:
        raise InvalidMapping(f"{where}match is missing: the name of the file, * allowed")
    fields = EVENT_LOG_FIELDS if kind == "events" else FIELDS.get(kind, ())
    _known(
        raw.get("columns", {}),
        set(fields) | {""} if fields else set(raw.get("columns", {})),
        f"{where}columns.",
    )
    simple = {
        name: str(raw[name])
        for name in (
            "match",
            "kind",
            "key",
            "value",
            "role",
            "currency",
            "date_order",
            "decimal",
            "encoding",
            "delimiter",
        )
        if name in raw
    }
    return FileRule(
        **simple,
        columns=raw.get("columns", {}),
        values=raw.get("values", {}),
        dated=tuple(_dated(f"{where}dated.", each) for each in raw.get("dated", [])),
        events={
            name: _event(f"{where}events.{name}.", e) for name, e in raw.get("events", {}).items()
        },
        nobody=tuple(raw.get("nobody", ())),
    )


def _dated(where: str, raw: Mapping[str, Any]) -> Dated:
    values, columns, lookups = {}, {}, {}
    for name, value in raw.items():
        if name in {"at", "where", "unless"}:
            continue
        if isinstance(value, str):
            values[name] = value
        elif set(value) == {"column"}:
            columns[name] = value["column"]
        elif set(value) == {"column", "lookup"}:
            lookups[name] = (value["column"], value["lookup"])
        else:
            raise InvalidMapping(
                f"{where}{name}: a text, {{column = …}} or {{column = …, lookup = …}} expected"
            )
    return Dated(
        at=raw.get("at", ""),
        values=values,
        columns=columns,
        lookups=lookups,
        where=raw.get("where", {}),
        unless=tuple(raw.get("unless", ())),
    )


def _event(where: str, raw: Mapping[str, Any]) -> EventRule:
    _known(raw, {"stage", "status", "activity", "direction", "title", "ignore"}, where)
    for name, allowed in (
        ("status", STATUSES),
        ("activity", ACTIVITY_KINDS),
        ("direction", DIRECTIONS),
    ):
        if name in raw and raw[name] not in allowed:
            raise InvalidMapping(f"{where}{name}: {raw[name]!r} is none of {', '.join(allowed)}")
    return EventRule(**raw)


def _known(raw: Any, allowed: set[str], where: str) -> None:
    if not isinstance(raw, Mapping):
        raise InvalidMapping(f"{where.rstrip('.')}: a table is expected")
    for name in raw:
        if name not in allowed:
            raise InvalidMapping(f"{where}{name}: there is no such key")

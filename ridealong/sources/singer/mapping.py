"""What the streams of a tap are: a TOML file, see docs/import.md."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ridealong.record.facts import SubjectKind
from ridealong.record.vocabulary import FIELDS, STATUSES

KINDS: dict[str, SubjectKind] = {
    "deals": "deal",
    "companies": "company",
    "contacts": "contact",
    "members": "member",
    "stages": "stage",
    "activities": "activity",
}
_STREAM = frozenset({"kind", "key", "created", "modified", "deleted", "fields", "values"})


class InvalidMapping(ValueError):
    """A mapping that makes no sense; the text names the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a stream's records are.

    ``fields``: {our field: the path of theirs, with dots}; ``values``: {our field: {theirs:
    ours}}. ``key``, ``created``, ``modified``, ``deleted``: paths, "" for none.
    """

    kind: SubjectKind
    key: str
    created: str = ""
    modified: str = ""
    deleted: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping: who speaks (by this name in the record), and each stream by its name."""

    name: str
    streams: dict[str, Stream]


def read(path: Path) -> Mapping:
    """Read a mapping file. Raises ``InvalidMapping``."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidMapping(f"{path.name}: {error}") from error
    streams = raw.get("streams")
    if not isinstance(streams, dict) or not streams:
        raise InvalidMapping(f"{path.name}: [streams.NAME] is missing, one for each stream.")
    name = raw.get("name", path.stem)
    if not isinstance(name, str) or not 1 <= len(name) <= 60:
        raise InvalidMapping(f"{path.name}: name: 1 to 60 letters expected.")
    try:
        found = {each: _stream(each, said) for each, said in streams.items()}
    except InvalidMapping as error:
        raise InvalidMapping(f"{path.name}: {error}") from None
    return Mapping(f"singer:{name}", found)


def _stream(name: str, said: Any) -> Stream:
    place = f"streams.{name}"
    if not isinstance(said, dict):
        raise InvalidMapping(f"{place}: a table expected.")
    unknown = sorted(said.keys() - _STREAM)
    if unknown:
        raise InvalidMapping(f"{place}: there is no {unknown[0]!r}: {', '.join(sorted(_STREAM))}.")
    if said.get("kind") not in KINDS:
        raise InvalidMapping(f"{place}.kind: one of {', '.join(KINDS)} expected.")
    kind = KINDS[said["kind"]]
    paths = {part: said.get(part, "") for part in ("key", "created", "modified", "deleted")}
    for part, path in paths.items():
        if not isinstance(path, str):
            raise InvalidMapping(f"{place}.{part}: the path of a property expected.")
    if not paths["key"]:
        raise InvalidMapping(f"{place}.key: the path of the record's id expected.")
    fields, values = said.get("fields", {}), said.get("values", {})
    for part, given in (("fields", fields), ("values", values)):
        for each in given:
            if each not in FIELDS[kind]:
                raise InvalidMapping(f"{place}.{part}: a {kind} has no field {each!r}.")
    if not all(isinstance(path, str) for path in fields.values()):
        raise InvalidMapping(f"{place}.fields: paths of properties expected.")
    _check_statuses(place, values)
    return Stream(kind, fields=fields, values=values, **paths)


def _check_statuses(place: str, values: dict[str, Any]) -> None:
    for each, table in values.items():
        if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
            raise InvalidMapping(f"{place}.values.{each}: a table of texts expected.")
    for ours in values.get("status", {}).values():
        if ours not in STATUSES:
            raise InvalidMapping(f"{place}.values.status: one of {', '.join(STATUSES)} expected.")

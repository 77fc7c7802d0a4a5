"""Which column is what: headings of four CRMs' exports, and common words.

Compared without case, accents and punctuation, and without the object's name in front
("Deal - Title", "Opportunity Name").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from ridealong.record.directory import normal

KINDS = (
    *("lookup", "members", "companies", "contacts"),
    *("deals", "history", "activities", "events"),
)
"""In the order in which they are loaded."""

REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "deals": (("id", "name"), ("stage", "amount", "close_date", "outcome", "is_won")),
    "history": (("id",), ("at",), ("field", "stage", "amount", "close_date")),
    "activities": (("at",), ("kind", "title"), ("deal", "company", "contact")),
    "members": (("name", "email", "last_name"),),
    "companies": (("name",),),
    "contacts": (("name", "last_name", "email"),),
    "events": (),
    "lookup": (),
}
"""Of each group at least one column must be there."""
_PREFIX = re.compile(r"^(deal|opportunity|organization|person|activity|lead|company|contact) ")
_FILE_WORDS = {
    "members": ("member", "user", "team", "agent", "owner", "salespeople", "employee", "rep"),
    "companies": ("account", "compan", "organi", "customer", "firm"),
    "contacts": ("contact", "person", "people"),
    "history": ("history", "change", "tracking", "flow", "changelog", "historie"),
    "activities": ("activit", "task", "event", "call", "mail", "meeting", "note"),
    "deals": ("deal", "opportunit", "pipeline", "lead", "crm"),
}
_SAID: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("headings.toml").read_text(encoding="utf-8")
)
WORDS = {
    kind: {word: name for name, words in fields.items() for word in words}
    for kind, fields in _SAID.items()
}
FIELDS: dict[str, tuple[str, ...]] = {kind: tuple(fields) for kind, fields in _SAID.items()}


def recognised(kind: str, headings: tuple[str, ...]) -> dict[str, str]:
    """Return {field: heading}; the first heading that a field's words fit takes it."""
    words = WORDS.get(kind, {})
    found: dict[str, str] = {}
    for shorten in (False, True):
        for heading in headings:
            if heading in found.values():
                continue
            plain = normal(heading)
            plain = _PREFIX.sub("", plain) if shorten else plain
            field = words.get(plain)
            if field and field not in found:
                found[field] = heading
    return found


def complete(kind: str, fields: Mapping[str, str]) -> bool:
    """Say whether the columns that a kind cannot do without are there."""
    return all(any(name in fields for name in group) for group in REQUIRED[kind])


def likely_kind(file_name: str, headings: tuple[str, ...]) -> str:
    """Return the kind whose columns fit best, "" when none does; the file's name counts too."""
    plain = normal(file_name)
    scores: dict[str, float] = {}
    for kind in WORDS:
        fields = recognised(kind, headings)
        if complete(kind, fields):
            named = any(word in plain for word in _FILE_WORDS[kind])
            scores[kind] = len(fields) + 2.5 * named + _telling(kind, fields)
    return max(scores, key=lambda kind: scores[kind]) if scores else ""


def _telling(kind: str, fields: Mapping[str, str]) -> float:
    """Columns that only this kind has."""
    if kind == "history":
        return 4.0 if {"field", "new"} <= fields.keys() else -1.0
    if kind == "deals":
        return 2.0 * len({"stage", "amount", "close_date"} & fields.keys())
    if kind == "contacts":
        return 1.0 if {"company", "email"} <= fields.keys() else -1.0
    if kind == "members":
        return 1.0 if "leader" in fields else -1.0
    return 0.0

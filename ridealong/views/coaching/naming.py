"""Whom and what a sentence names: the buyer's people, and words it shares with another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ridealong.record.naming import normal
from ridealong.record.states import Contact

_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text("utf-8").split())
"""Words that say nothing of what a sentence is about."""
_IT = re.compile(r"\bIT\b")
"""The department: in small letters it is another word."""
_ROLES = {
    "economic_buyer": ("economic buyer", "decision maker", "power", "board", "management"),
    "champion": ("champion",),
    "procurement": ("procurement", "purchasing", "einkauf", "achats", "compras"),
    "legal": ("legal", "lawyer", "rechtsabteilung", "juridique"),
}


def named(text: str, contacts: Sequence[Contact]) -> frozenset[str]:
    """Return the keys of the buyer's people whom a sentence names: by name, title or role.

    A name stands for itself; of titles and roles only where no name is said.
    """
    by_name = called(text, contacts)
    if by_name:
        return by_name
    words = f" {normal(text)} "
    by_title = {c.key for c in contacts if c.title and f" {normal(c.title)} " in words}
    by_role = {
        c.key for c in contacts if any(f" {word} " in words for word in _ROLES.get(c.role, ()))
    }
    return frozenset(by_title | by_role)


def called(text: str, contacts: Sequence[Contact]) -> frozenset[str]:
    """Return the keys of the buyer's people whom a sentence calls by their first or last name."""
    words = f" {normal(text)} "
    return frozenset(c.key for c in contacts if any(f" {part} " in words for part in _names(c)))


def _names(contact: Contact) -> list[str]:
    parts = normal(contact.name).split()
    # Short ones are words, too: “Will”, “May”.
    return [part for part in parts if len(part) > 2]


def shared_words(one: str, other: str) -> bool:
    """Say whether two texts share a word that says what they are about."""
    return bool(_telling(one) & _telling(other))


def _telling(text: str) -> frozenset[str]:
    found: Iterable[str] = _WORD.findall(text.lower())
    return frozenset(word[:7] for word in found if word not in _COMMON)

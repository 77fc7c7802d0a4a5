"""What a connected source is: settings to fill in, a check of them, and pages of facts to keep.

A source's folder names its connectors in ``ridealong.sources.<name>.connector.CONNECTORS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from ridealong.lib.again import Refused
from ridealong.record.facts import Fact

__all__ = [
    "Access",
    "Connector",
    "Cursor",
    "Differs",
    "Edit",
    "Ours",
    "Page",
    "Problem",
    "Refused",
    "Setting",
    "Writer",
]

Cursor = Mapping[str, Any]
"""Where a source goes on: plain JSON. Empty: from the very beginning."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to fill in. ``kind``: text, a secret, yes or no, a list (one a line), a choice."""

    name: str
    label: str
    kind: Literal["text", "secret", "flag", "list", "choice"] = "text"
    help: str = ""
    required: bool = True
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Access:
    """How a source is reached.

    ``settings``: everything filled in, secrets included ("yes" and "" for flags; lists one a
    line). ``keep``: call it with settings that the service gave anew (a refreshed token), to have
    them from now on. ``prefix``: what keys of this source's deals, companies and so on begin with,
    so that two CRMs of one kind do not mix; mostly "".
    """

    settings: Mapping[str, str]
    keep: Callable[[Mapping[str, str]], None] = field(repr=False, default=lambda _: None)
    prefix: str = ""

    def __getitem__(self, name: str) -> str:
        """Return a setting, "" where it is not filled in."""
        return self.settings.get(name, "")

    def flag(self, name: str) -> bool:
        """Say whether a flag is set."""
        return self[name] == "yes"

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the entries of a list, without empty ones."""
        return tuple(line.strip() for line in self[name].splitlines() if line.strip())

    def __repr__(self) -> str:
        """Name no secret."""
        return f"Access({', '.join(sorted(self.settings))})"


@dataclass(frozen=True)
class Ours:
    """Who we are, as the record knows it when a sync begins.

    ``members``: {e-mail address in lower case: member's key}; ``domains``: the company's own, in
    lower case; ``names``: {a member's ``record.naming.normal`` name: key}.
    """

    domains: frozenset[str]
    members: Mapping[str, str]
    currency: str
    zone: ZoneInfo
    names: Mapping[str, str] = field(default_factory=dict)

    def is_ours(self, address: str) -> bool:
        """Say whether an e-mail address is a colleague's."""
        plain = address.strip().lower()
        domain = plain.rpartition("@")[2]
        return plain in self.members or any(
            domain == own or domain.endswith(f".{own}") for own in self.domains
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was left out: which (a message's subject, a deal's id), and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some facts, and where to go on once they are kept.

    ``doing``: what is being read, in a word or two ("deals"); ``done`` of ``total`` (None when
    not known) of it so far. A sync that is cut goes on after the last page that was kept, so a
    page's cursor must never be ahead of its facts.
    """

    facts: tuple[Fact, ...]
    cursor: Cursor
    doing: str
    done: int
    total: int | None = None
    problems: tuple[Problem, ...] = ()


class Connector(Protocol):
    """A kind of source that can be connected.

    ``kind``: its short name, also on the command line; ``weighs``: its kind in ``record.ranks``;
    ``every``: how often it is synced; ``for_everyone``: whether every member may connect theirs.
    """

    kind: str
    title: str
    weighs: str
    every: timedelta
    for_everyone: bool

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Return what there is to fill in."""
        ...

    def check(self, access: Access, ours: Ours) -> str:
        """Reach the source and return in one sentence what is there.

        Raises ``Refused`` or ``TryAgain``.
        """
        ...

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read what is new since ``cursor``, oldest first, a page at a time in bounded memory.

        Run twice, or cut after any page and run again, it tells the same facts: their external
        ids and moments come from the source, never from the clock. A cursor that the source no
        longer knows leads to a full read. Raises ``Refused`` or ``TryAgain`` between pages.
        """
        ...


@dataclass(frozen=True, slots=True)
class Edit:
    """A field of a deal that a person changed, to be written back.

    ``field``: "next_step", "close_date" (ISO), "stage" (key) or "note" (its text). ``before``:
    what the service said when the person changed it; ignored for a note.
    """

    deal: str
    field: str
    value: str | None
    before: str | None = None


class Differs(Exception):
    """The service has another value by now than the one that the person changed."""

    def __init__(self, current: str | None) -> None:
        super().__init__(f"It is now {current or 'empty'} there.")
        self.current = current


class Writer(Connector, Protocol):
    """A connector that can write back. ``writes``: the fields it can."""

    @property
    def writes(self) -> frozenset[str]:
        """Return the names of the fields."""
        ...

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Write one field, after comparing what is there with ``edit.before``.

        Raises ``Differs`` (not with ``anyway``; writing what is there already is fine),
        ``Refused`` with the service's own words, or ``TryAgain``.
        """
        ...

"""What a letter says, before anybody decides how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ridealong.lib.again import Refused
from ridealong.lib.invitation import Method
from ridealong.site.mailing import is_address
from ridealong.telling.journal import Entry


@dataclass(frozen=True)
class Action:
    """The one thing to do next: a button."""

    words: str
    address: str


@dataclass(frozen=True)
class CalendarPart:
    """What a calendar program takes out of the letter."""

    method: Method
    content: bytes


@dataclass(frozen=True)
class File:
    """What comes with a letter; ``kind``: of the application's media types, such as pdf."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Line:
    """One thing to know about a deal. ``help``: what to do; ``evidence``: what it rests on."""

    words: str
    help: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class About:
    """What is to be known of one deal, and where its page is."""

    name: str
    address: str
    detail: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """Deals under one heading; ``rest``: a sentence about those that are not named.

    ``tone``: "urgent", "to_do" or "good".
    """

    heading: str
    tone: str
    deals: tuple[About, ...]
    rest: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to one person.

    ``email``: the address of ``name``. ``facts``: (what, which), shown as a small table.
    ``why``: why they get it. ``foot``: what can be done about that. ``unsubscribe``: the address
    that stops such letters at a tap. ``told``: what is to be remembered of it, as plain JSON;
    ``entry``: what is to be remembered as told to them.
    """

    name: str
    email: str
    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    why: str
    facts: tuple[tuple[str, str], ...] = ()
    action: Action | None = None
    calendar: CalendarPart | None = None
    sections: tuple[Section, ...] = ()
    foot: tuple[Action, ...] = ()
    unsubscribe: str = ""
    files: tuple[File, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    entry: Entry | None = None

    def __post_init__(self) -> None:
        """Raise ``Refused`` for an address that no mail goes to."""
        if not is_address(self.email):
            raise Refused(f"{self.name} has no e-mail address that mail goes to.")


class Nothing(Exception):
    """There is nothing to write any more; the text says why."""

"""What a reader learns of leading: plain frozen values. Members and deals are their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk in which several colleagues took part, or will.

    ``kind``: the activity's; ``talk``: which kind of conversation it was, "" where nobody knows.
    ``members``: who of us took part; ``deals``: what it was about, of deals in sight.
    ``deal_id``: of a buyer's meeting its deal, which makes it a ride-along.
    ``heard``: how nature and deals were read; ``said_by``: key of who said how it was, "" for
    nobody. ``text`` and the words in ``heard`` are for those who took part, unless a buyer did.
    ``minutes`` None: not known. ``recording_of``: key of the meeting that it is the record of.
    ``among_us``: only colleagues took part, also where it is placed on a deal.
    """

    id: int
    key: str
    at: datetime
    kind: str
    talk: str
    title: str
    text: str
    minutes: float | None
    members: tuple[int, ...]
    deals: tuple[int, ...]
    deal_id: int | None
    nature: Mapping[str, float]
    heard: Mapping[str, Any]
    said_by: str
    confirmed_by: tuple[str, ...]
    covered: tuple[Mapping[str, Any], ...]
    recording_of: str = ""
    among_us: bool = False

    @property
    def with_buyer(self) -> bool:
        """Say whether a buyer took part."""
        return self.deal_id is not None and not self.among_us


@dataclass(frozen=True, slots=True)
class Given:
    """Guidance as it stands at the moment looked at.

    ``outcome``: what a person says became of it, "" while nobody has; ``said_at``: since when.
    ``activity``: key of the talk it was given in, "" for none.
    """

    id: int
    key: str
    at: datetime
    leader_id: int | None
    salesperson_id: int | None
    deal_id: int | None
    text: str
    due: date | None
    activity: str
    outcome: str
    said_by: str
    said_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Employed:
    """A member as of the moment looked at. ``leader_id``: whom they report to."""

    id: int
    key: str
    name: str
    email: str
    role: str
    leader_id: int | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be so before a deal leaves ``stage_id``.

    ``element``: its letter of MEDDPICC, "" for none; ``rule``: what of the record shows it.
    """

    id: int
    key: str
    stage_id: int
    position: int
    text: str
    element: str
    rule: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a person says of a criterion on a deal: ``state`` is met or missing."""

    deal_id: int
    criterion_id: int
    state: str
    note: str
    said_by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """What one of two members noted for the two."""

    key: str
    at: datetime
    author_id: int
    other_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Attended:
    """What a leader did about a suggestion: ``state`` is snoozed, done, agenda or "" (undone).

    ``deal_key``: the deal's id at its source, "" where it is about the person.
    """

    key: str
    at: datetime
    member_id: int | None
    deal_id: int | None
    deal_key: str
    state: str
    until: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting with a buyer that is planned. ``members``: who of us takes part, by number."""

    id: int
    key: str
    at: datetime
    title: str
    minutes: float | None
    deal_id: int
    members: tuple[int, ...]
    contacts: tuple[str, ...]

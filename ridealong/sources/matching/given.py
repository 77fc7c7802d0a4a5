"""What is matched with what, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deal that existed, open from the first moment up to the second, which is not part."""

    deal: str
    name: str
    company: str
    company_name: str
    domains: frozenset[str]
    salesperson: str
    product: str
    opened: datetime
    closed: datetime | None
    contacts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heard:
    """An activity to place; addresses are in lower case, thread and series "" without one."""

    key: str
    at: datetime
    kind: str
    title: str
    text: str
    members: frozenset[str]
    outsiders: frozenset[str]
    thread: str
    series: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where threads, series and people were placed before, by a person or by sure matches.

    A contact has a count for each deal.
    """

    by_thread: Mapping[str, str]
    by_series: Mapping[str, str]
    by_contact: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Match:
    """The deal an activity is placed at, or None, and why; the best candidates come first.

    The company may be known even where the deal is not.
    """

    deal: str | None
    sure: float
    why: tuple[str, ...]
    candidates: tuple[tuple[str, float], ...]
    company: str | None

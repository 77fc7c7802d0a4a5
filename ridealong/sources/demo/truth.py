"""What the simulation knows and the record has to find out: for tests of later views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from ridealong.record.facts import Fact


@dataclass(frozen=True, slots=True)
class Conversation:
    """A talk between a leader and salespeople that took place. All names are keys.

    ``kind``: one_on_one, deal_review, call_review, ride_along, ad_hoc or team. ``nature``: shares
    of the words that were said. ``mail``: it was a mail that asked, and nobody spoke.
    """

    key: str
    leader: str
    salespeople: tuple[str, ...]
    at: datetime
    kind: str
    nature: dict[str, float]
    deals: tuple[str, ...]
    mail: bool = False


@dataclass(slots=True)
class Guidance:
    """What a leader said should happen on a deal by a day; ``followed``: when it was done."""

    leader: str
    salesperson: str
    deal: str
    aim: str
    text: str
    at: datetime
    due: date
    followed: date | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """A simulated company: the facts told, and what really went on."""

    facts: tuple[Fact, ...]
    conversations: tuple[Conversation, ...]
    guidance: tuple[Guidance, ...] = field(default=())

"""What is asked about, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody said. ``by_buyer``: a person of the buyer's; ``zone``: whose days count."""

    text: str
    said_at: datetime
    by_buyer: bool
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class DealNow:
    """What the record says of the deal; ``amount`` in ``currency``."""

    amount: Decimal | None
    currency: str
    close_date: date | None
    next_step: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that the text suggests.

    ``field``: close_date (``value`` an ISO date), next_step (in words), amount (a decimal as text,
    in ``currency``), won or lost (""). ``sentence``: where it says so, word for word. ``asks``:
    the question to the salesperson. ``sure``: from 0 to 1.
    """

    field: str
    value: str
    currency: str
    sentence: str
    asks: str
    sure: float

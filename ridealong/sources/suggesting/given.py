"""What is asked about, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody said. ``by_buyer``: a person of the buyer's; ``zone``: whose days count.

    ``speaker``: the name of who said it all, "" where that is not known.
    """

    text: str
    said_at: datetime
    by_buyer: bool
    zone: ZoneInfo
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class DealNow:
    """What the record says of the deal; ``amount`` in ``currency``.

    ``people``: {name of somebody of the buyer's: their role on the deal, "" for none}.
    """

    amount: Decimal | None
    currency: str
    close_date: date | None
    next_step: str
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that the text suggests.

    ``field``: close_date (``value`` an ISO date), next_step (in words), amount (a decimal as text,
    in ``currency``), won or lost (""), role (of ``who``, a name). ``sentence``: where it says so,
    word for word. ``asks``: the question to the salesperson. ``sure``: from 0 to 1.
    """

    field: str
    value: str
    currency: str
    sentence: str
    asks: str
    sure: float
    who: str = ""

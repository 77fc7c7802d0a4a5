"""What a leader tells the CEO: the number they call, remarks in their brief, what they owe."""

from __future__ import annotations

import secrets
from datetime import date
from decimal import Decimal
from typing import Any

from ridealong.lib.periods import Period
from ridealong.record.states import DealState, Member
from ridealong.sources.people.speaking import say


def call_number(period: Period, amount: Decimal | None, *, by: Member, note: str = "") -> str:
    """Call what will close in a period, won already included; None takes it back.

    In the company's currency. Returns the statement's name. Raises ``InvalidFact``.
    """
    changes: dict[str, Any] = {"member": by.key, "period": period.name, "note": note or None}
    changes["amount"] = None if amount is None else str(amount)
    return say("called_number", number_key(period, by), changes)


def number_key(period: Period, by: Member) -> str:
    """Return the key of a member's number for a period."""
    return f"{by.key}:{period.name}"[:255]


def remark(
    deal: DealState,
    *,
    by: Member,
    text: str | None = None,
    hidden: bool | None = None,
    place: int | None = None,
    help_wanted: str | None = None,
) -> str:
    """Change a deal's line in one's brief; what is None stays. Return the statement's name.

    ``place``: before those of higher place, 0 for where it falls. Raises ``InvalidFact``.
    """
    changes: dict[str, Any] = {"member": by.key, "deal": deal.key}
    if text is not None:
        changes["text"] = text
    if hidden is not None:
        changes["hidden"] = hidden
    if help_wanted is not None:
        changes["help"] = help_wanted
    if place is not None:
        changes["place"] = place or None
    return say("remark", remark_key(deal, by), changes)


def remark_key(deal: DealState, by: Member) -> str:
    """Return the key of what a leader says of a deal in their brief."""
    return f"{by.key}:{deal.key}"[:255]


def promise(
    text: str,
    *,
    by: Member,
    kind: str = "promise",
    deal: str = "",
    due: date | None = None,
) -> str:
    """Keep what was promised, or a question that had no answer; return its key.

    ``kind``: promise or question; ``deal``: key of the deal, "" for none. Raises ``InvalidFact``.
    """
    key = f"promise:{secrets.token_hex(8)}"
    changes: dict[str, Any] = {
        "member": by.key,
        "kind": kind,
        "deal": deal or None,
        "text": text,
        "due": due,
        "state": "open",
    }
    say("promise", key, changes)
    return key


def settle(key: str, state: str, *, answer: str = "") -> str:
    """Say what became of it: kept, dropped, or open again; return the statement's name."""
    return say("promise", key, {"state": state, "answer": answer or None})


def forget(key: str) -> str:
    """Take back one that was entered by mistake; return the statement's name."""
    return say("promise", key, {"deleted": True})

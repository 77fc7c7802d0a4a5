"""Guidance: given by a leader, and what a person says became of it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from ridealong.record.leading_states import Given
from ridealong.record.states import DealState, Member
from ridealong.sources.people.speaking import say


def give(
    deal: DealState, *, by: Member, to: str, text: str, due: date | None, activity: str = ""
) -> str:
    """Say what should happen on a deal by when, and return the guidance's key.

    ``to``: key of the salesperson; ``activity``: key of the conversation it is given in.
    Raises ``InvalidFact``.
    """
    key = f"guidance:{secrets.token_hex(8)}"
    changes: dict[str, Any] = {
        "leader": by.key,
        "salesperson": to,
        "deal": deal.key,
        "text": text,
        "due": due,
        "activity": activity or None,
    }
    say("guidance", key, changes)
    return key


def settle(given: Given, outcome: str, *, by: Member, reason: str = "") -> str:
    """Say what became of guidance, "" opens it again; return the statement's name.

    Raises ``InvalidFact``.
    """
    changes = {"outcome": outcome, "said_by": by.key, "reason": reason}
    return say("guidance", given.key, changes if outcome else dict.fromkeys(changes))


def take_back(key: str) -> str:
    """Take guidance back that was given by mistake; return the statement's name."""
    return say("guidance", key, {"deleted": True})

"""Private notes of two members: sealed before they are kept, so that no copy gives them away."""

from __future__ import annotations

import secrets

from ridealong.record.leading_states import Employed
from ridealong.record.states import Member
from ridealong.site.sealing import seal
from ridealong.sources.people.speaking import say


def note(*, by: Member, other: Employed, text: str) -> str:
    """Keep a note for the two, and return its key. Raises ``InvalidFact``."""
    key = f"note:{secrets.token_hex(8)}"
    say(
        "private_note",
        key,
        {"author": by.key, "other": other.key, "sealed": seal({"text": text})},
    )
    return key


def remove(key: str) -> str:
    """Take a note back; return the statement's name."""
    return say("private_note", key, {"deleted": True})

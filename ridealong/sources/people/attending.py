"""What a leader does about a suggestion to speak with somebody."""

from __future__ import annotations

from datetime import datetime

from ridealong.record.states import Member
from ridealong.sources.people.speaking import say


def attend(
    *,
    by: Member,
    member: str,
    deal: str = "",
    state: str,
    until: datetime | None = None,
    text: str = "",
) -> str:
    """Snooze a suggestion until then, call it done, or add it to the next 1:1; return its key.

    ``member``: key of whom to speak with; ``deal``: key of the deal it is about, "" for the
    person; ``state``: "" undoes it. Raises ``InvalidFact``.
    """
    key = f"{by.key}:{member}:{deal}"[:255]
    changes = {
        "leader": by.key,
        "member": member,
        "deal": deal or None,
        "state": state,
        "until": until,
        "text": text,
    }
    say("attention", key, changes)
    return key

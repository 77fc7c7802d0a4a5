"""What a member does about a signal: sees it, puts it off, dismisses it, acts upon it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.signals import SignalState
from ridealong.record.states import Member
from ridealong.sources.people.speaking import PEOPLE, say

_LONGEST = 200


def respond(
    signal: SignalState,
    did: str,
    *,
    by: Member,
    until: datetime | None = None,
    reason: str = "",
) -> tuple[str, str]:
    """Put a signal off until then, dismiss it with a reason, or call it acted upon.

    Each kind of response is one of its own: being dismissed leaves when it was seen as it is.
    Return the key of the response and the name of the statement. Raises ``InvalidFact``.
    """
    key = response_key(signal, did, by)
    return key, say("response", key, _said(signal, did, by, until=until, reason=reason))


def take_back(key: str) -> str:
    """Take a response back, by its key; return the statement's name."""
    return say("response", key, {"did": ""})


def saw(signals: Iterable[SignalState], *, by: Member) -> None:
    """Say that a member has seen signals since they were raised.

    The caller asks the record first which of it is said already. Said twice at the same time all
    the same, it is one statement: the later one corrects the other.
    """
    at = clock.now()
    keys = {response_key(signal, "seen", by): signal for signal in signals}
    facts = [
        Fact("response", key, at, _said(signal, "seen", by), f"seen:{key}"[:255])
        for key, signal in keys.items()
    ]
    if facts:
        writer.append(PEOPLE, facts)


def responded(done: Iterable[tuple[SignalState, str, Member, datetime]]) -> None:
    """Say what members did about signals, each as of its moment: for a history made all at once.

    Each is (signal, what was done, by whom, when).
    """
    facts = []
    for signal, did, by, at in done:
        key = response_key(signal, did, by)
        said = _said(signal, did, by)
        facts.append(Fact("response", key, at, said, f"{did}:{key}"[:255], recorded_at=at))
    if facts:
        writer.append(PEOPLE, facts)


def response_key(signal: SignalState, did: str, by: Member) -> str:
    """Return the key of what a member did about a signal since it was raised."""
    whole = f"{signal.key}@{signal.raised_at.isoformat()}:{by.key}:{did}"
    if len(whole) <= _LONGEST:
        return whole
    digest = hashlib.blake2b(whole.encode(), digest_size=12).hexdigest()
    return f"{signal.rule}:{digest}:{did}"


def _said(
    signal: SignalState,
    did: str,
    by: Member,
    *,
    until: datetime | None = None,
    reason: str = "",
) -> dict[str, Any]:
    return {
        "signal": signal.key,
        "raised": signal.raised_at,
        "member": by.key,
        "did": did,
        "until": until,
        "reason": reason,
    }

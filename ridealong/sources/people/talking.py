"""What people say of their conversations: that one was held, how it was, and that it was so."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ridealong.lib import clock
from ridealong.record import directory, writer
from ridealong.record.facts import Fact
from ridealong.record.leading_states import Talk
from ridealong.record.states import Member
from ridealong.sources.people.speaking import PEOPLE

_BY_HAND = "talk:"


def log(
    *,
    by: Member,
    others: Sequence[str],
    at: datetime,
    talk: str,
    nature: Mapping[str, float],
    deals: Sequence[str],
    line: str,
    minutes: float | None,
    covered: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Keep a conversation that was held, and return its key. Raises ``InvalidFact``.

    ``others``: keys of those it was held with; ``deals``: keys; ``line``: what it was, in a line;
    ``covered``: the points of its agenda that were ticked.
    """
    key = f"{_BY_HAND}{secrets.token_hex(8)}"
    changes: dict[str, Any] = {
        "kind": "one_on_one" if len(others) == 1 else "meeting",
        "member": by.key,
        "members": sorted({by.key, *others}),
        "title": line,
        "begins": at,
        "minutes": minutes,
        "done": True,
        **({"covered": [dict(item) for item in covered]} if covered else {}),
        **_how(by, talk, nature, deals),
    }
    writer.append(PEOPLE, [Fact("activity", key, at, changes, f"log:{key}")])
    return key


def say_how(
    talk: Talk,
    *,
    by: Member,
    kind: str,
    nature: Mapping[str, float],
    deals: Sequence[str],
    line: str = "",
    minutes: float | None = None,
    covered: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Say how a conversation was, as one who took part; return the statement's name.

    What others confirmed of what was said before no longer stands. ``covered``: the points of its
    agenda that were ticked. Deals that ``by`` may not see stay with it. Raises ``InvalidFact``.
    """
    seen = set(talk.deals)
    unseen = [k for k, number in directory.discussed(talk.key).items() if number not in seen]
    changes = _how(by, kind, nature, [*deals, *(key for key in unseen if key not in deals)])
    if line:
        changes["title"] = line
    if minutes is not None:
        changes["minutes"] = minutes
    if covered:
        changes |= {"covered": [dict(item) for item in covered], "done": True}
    return _say(talk.key, changes)


def confirm(talk: Talk, *, by: Member) -> str:
    """Say that a conversation was as it stands; return the statement's name."""
    return _say(talk.key, {"confirmed_by": sorted({*talk.confirmed_by, by.key})})


def unconfirm(talk: Talk, *, by: Member) -> None:
    """Take a confirmation back."""
    _say(talk.key, {"confirmed_by": sorted({*talk.confirmed_by} - {by.key})})


def take_back(key: str) -> str:
    """Take back a conversation that was logged by hand: it was not held.

    Returns the statement's name.
    """
    return _say(key, {"deleted": True})


def _how(
    by: Member, kind: str, nature: Mapping[str, float], deals: Sequence[str]
) -> dict[str, Any]:
    return {
        "talk": kind,
        "nature": dict(nature),
        "deals_discussed": list(deals),
        "said_by": by.key,
        "confirmed_by": [by.key],
    }


def is_by_hand(talk: Talk) -> bool:
    """Say whether a conversation was logged by hand: nothing else knows of it."""
    return talk.key.startswith(_BY_HAND)


def _say(key: str, changes: dict[str, Any]) -> str:
    at = clock.now()
    name = f"said:{key}:{at.isoformat()}:{secrets.token_hex(4)}"[-255:]
    writer.append(PEOPLE, [Fact("activity", key, at, changes, name)])
    return name

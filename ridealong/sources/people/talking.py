"""What people say of their conversations: that one was held, how it was, and that it was so."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.leading_states import Talk
from ridealong.record.states import Member
from ridealong.sources.people.speaking import PEOPLE


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
    key = f"talk:{secrets.token_hex(8)}"
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
) -> None:
    """Say how a conversation was, as one who took part. Raises ``InvalidFact``.

    What others confirmed of what was said before no longer stands. ``covered``: the points of its
    agenda that were ticked.
    """
    changes = _how(by, kind, nature, deals)
    if line:
        changes["title"] = line
    if minutes is not None:
        changes["minutes"] = minutes
    if covered:
        changes |= {"covered": [dict(item) for item in covered], "done": True}
    _say(talk.key, changes)


def confirm(talk: Talk, *, by: Member) -> None:
    """Say that a conversation was as it stands."""
    _say(talk.key, {"confirmed_by": sorted({*talk.confirmed_by, by.key})})


def unconfirm(talk: Talk, *, by: Member) -> None:
    """Take a confirmation back."""
    _say(talk.key, {"confirmed_by": sorted({*talk.confirmed_by} - {by.key})})


def take_back(talk: Talk) -> None:
    """Take back a conversation that was logged by hand: it was not held."""
    _say(talk.key, {"deleted": True})


def restore(key: str) -> None:
    """Let a conversation that was taken back stand again."""
    _say(key, {"deleted": None})


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


def _say(key: str, changes: dict[str, Any]) -> None:
    at = clock.now()
    name = f"said:{key}:{at.isoformat()}:{secrets.token_hex(4)}"[-255:]
    writer.append(PEOPLE, [Fact("activity", key, at, changes, name)])

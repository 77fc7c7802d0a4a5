"""A user of a CRM as a member of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Ours
from ridealong.sources.base.rows import EARLY

_MAY_CHANGE = ("active", "reports_to")


def member_key(ours: Ours, email: str, own: str) -> str:
    """Return the key of the member with this address (in lower case), else ``own``."""
    return ours.members.get(email, own) if email else own


def member_facts(
    key: str, own: str, said: Mapping[str, Any], *, named: str, modified: datetime | None
) -> Iterator[Fact]:
    """Tell a user: who they are for all times, for whom and whether they work since ``modified``.

    ``own``: the key that they have by this source; one who is a member by another key keeps that
    member's address. ``named``: the statement's name, as in "user:7".
    """
    lasting = {name: value for name, value in said.items() if name not in _MAY_CHANGE}
    if key != own:
        lasting.pop("email", None)
    yield Fact("member", key, EARLY, lasting, named)
    changing = {name: said[name] for name in _MAY_CHANGE if name in said}
    if changing:
        stamp = modified or EARLY
        yield Fact("member", key, stamp, changing, f"{named}:{stamp.isoformat()}")

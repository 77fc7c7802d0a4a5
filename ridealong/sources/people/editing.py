"""What a person changes on a deal, or notes about it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.states import DealState, Member
from ridealong.sources.people.speaking import PEOPLE


def edit(deal: DealState, changes: Mapping[str, Any], *, note: str, by: Member) -> None:
    """State fields of a deal from now on, and keep a note: all or nothing. Raises ``InvalidFact``.

    A stage brings its status along; that is for the caller to say.
    """
    at = clock.now()
    name = secrets.token_hex(8)
    facts = []
    if changes:
        facts.append(Fact("deal", deal.key, at, dict(changes), f"edit:{name}"))
    if note:
        said = {"kind": "note", "deal": deal.key, "member": by.key, "text": note, "done": True}
        facts.append(Fact("activity", f"note:{name}", at, said, f"note:{name}"))
    writer.append(PEOPLE, facts)

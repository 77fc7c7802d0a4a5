"""The playbook: exit criteria of stages, and what a person says of one on a deal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.facts import Fact
from ridealong.record.leading_states import Criterion
from ridealong.record.states import DealState, Member
from ridealong.sources.base.playbook import default_playbook
from ridealong.sources.people.speaking import PEOPLE, say


def set_criterion(
    *,
    stage: str,
    text: str,
    position: int,
    element: str = "",
    rule: str = "",
    key: str = "",
) -> str:
    """Add an exit criterion to a stage (its key), or change one; return its key.

    Raises ``InvalidFact``.
    """
    key = key or f"criterion:{secrets.token_hex(8)}"
    changes = {
        "stage": stage,
        "text": text,
        "position": position,
        "element": element,
        "rule": rule,
        "deleted": None,
    }
    say("criterion", key, changes)
    return key


def use_default(stages: Sequence[str]) -> list[str]:
    """Add the playbook to begin with over these open stages (keys, in order); return its keys."""
    at = clock.now()
    facts = [
        Fact("criterion", key, at, {**said, "deleted": None}, f"{key}:{at.isoformat()}")
        for key, said in default_playbook(stages)
    ]
    writer.append(PEOPLE, facts)
    return [fact.key for fact in facts]


def remove_criterion(key: str) -> None:
    """Take an exit criterion out; ``restore_criterion`` brings it back."""
    say("criterion", key, {"deleted": True})


def restore_criterion(key: str) -> None:
    """Bring an exit criterion back that was taken out."""
    say("criterion", key, {"deleted": None})


def check(deal: DealState, criterion: Criterion, state: str, *, by: Member, note: str = "") -> None:
    """Say that a criterion is met or missing on a deal; "": what the record shows again."""
    at = clock.now()
    key = f"{deal.key}:{criterion.key}"[:255]
    changes = {
        "deal": deal.key,
        "criterion": criterion.key,
        "state": state,
        "note": note,
        "said_by": by.key,
    }
    name = f"check:{key}:{at.isoformat()}:{secrets.token_hex(4)}"[-255:]
    writer.append(PEOPLE, [Fact("check", key, at, changes, name)])

"""The tree of members. Who reports to whom may be learned in any order, and may be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ridealong.record import search
from ridealong.record.fold import Said, State
from ridealong.record.models import Employment, Member
from ridealong.record.projection import held
from ridealong.record.projection.rows import Numbers, Told, latest_states, replace_rows
from ridealong.record.tree import in_ring

HELD_BACK = frozenset({"reports_to", "role"})
"""Fields whose first known value is taken to have held since the member is known."""


def fold(keys: Mapping[int, str], told: Told) -> None:
    """Fold members, then hang the whole tree anew: it is small, and any word may change it."""
    states = latest_states("member", keys, told)
    numbers = Numbers("member", states.values())
    rows = [
        Member(
            id=number,
            key=keys[number],
            name=state.get("name") or keys[number],
            email=state.get("email", "").lower(),
            role=state.get("role", "salesperson"),
            team=state.get("team", ""),
            active=state.get("active", True),
            stated_leader_id=numbers.of(state, "reports_to"),
        )
        for number, state in states.items()
    ]
    replace_rows(Member, rows, keep=("parent",))
    search.index(
        search.Entry(row.id, "member", row.name, row.team, f"{row.name} {row.email}")
        for row in rows
    )
    _hang()
    held.fold(
        keys,
        told,
        kind="member",
        model=Employment,
        named="member_id",
        columns=_employment,
        held_back=HELD_BACK,
    )


def _employment(state: State, numbers: Numbers, _: Sequence[Said]) -> dict[str, Any]:
    return {
        "leader_id": numbers.of(state, "reports_to"),
        "role": state.get("role", "salesperson"),
        "active": state.get("active", True),
    }


def _hang() -> None:
    """Set each member's parent to the leader stated, if that one exists and is no ring."""
    members = {m.id: m for m in Member.objects.only("id", "parent_id", "stated_leader_id")}
    leaders = {
        number: m.stated_leader_id for number, m in members.items() if m.stated_leader_id in members
    }
    changed = []
    for number, member in members.items():
        leader = None if in_ring(number, leaders) else leaders.get(number)
        if member.parent_id != leader:
            member.parent_id = leader
            changed.append(member)
    Member.objects.bulk_update(changed, ["parent"], batch_size=200)

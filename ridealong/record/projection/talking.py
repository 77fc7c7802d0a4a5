"""Talks in which colleagues took part: who, and about which deals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ridealong.record.fold import State
from ridealong.record.hearable import mark
from ridealong.record.inserting import insert
from ridealong.record.models import Discussed, Party
from ridealong.record.store import subject_numbers

SPOKEN = frozenset({"one_on_one", "meeting", "phone_call"})
"""Kinds of activity in which people speak with each other."""
_KNOWN = ("activity_id", "at", "known_from", "known_to", "is_latest")
Row = Mapping[str, Any]


def parties(state: State) -> frozenset[str]:
    """Return the keys of the colleagues who take part."""
    return frozenset({*(state.get("members") or ()), *filter(None, [state.get("member")])})


def is_talk(state: State) -> bool:
    """Say whether several colleagues speak with each other."""
    if state.get("kind") not in SPOKEN:
        return False
    return len(parties(state)) > 1


def among_us(state: State) -> bool:
    """Say whether only colleagues speak with each other, as far as anybody has told.

    Whoever took part and is not known to be ours is of the buyer. Where nobody says who took part,
    a meeting on a deal is with its buyer: a leader may have joined it.
    """
    people = state.get("people")
    if people and is_talk(state):
        return not state.get("contacts") and all(person.get("ours") for person in people)
    return state.get("kind") == "one_on_one" or (is_talk(state) and bool(state.get("among_us")))


def hearing(state: State) -> str | None:
    """Say whether it is still to be read what a talk was about: see ``Activity.hearing``.

    It is read again when its words are others; not where somebody has said how it was.
    """
    if state.get("said_by") or not is_talk(state):
        return None
    heard = state.get("heard") or {}
    return None if heard.get("of") == mark(state.get("title", ""), state.get("text", "")) else "due"


def keep(rows: Iterable[tuple[Row, State]], folded: Sequence[int]) -> None:
    """Keep who takes part in the talks among these activities, and which deals they are about.

    ``rows``: the columns of each activity, with the state they were folded from.
    """
    Party.objects.filter(activity_id__in=folded).delete()
    Discussed.objects.filter(activity_id__in=folded).delete()
    talks = [(row, state) for row, state in rows if is_talk(state)]
    if not talks:
        return
    members = subject_numbers(("member", key) for _, state in talks for key in parties(state))
    deals = subject_numbers(("deal", key) for _, state in talks for key in _deals(state))
    insert(
        Party,
        (*_KNOWN, "held", "member_id"),
        (
            (*(row[name] for name in _KNOWN), row["done"] is not False, members["member", key])
            for row, state in talks
            for key in sorted(parties(state))
            if ("member", key) in members
        ),
    )
    insert(
        Discussed,
        (*_KNOWN, "deal_id"),
        (
            (*(row[name] for name in _KNOWN), deals["deal", key])
            for row, state in talks
            for key in _deals(state)
            if ("deal", key) in deals
        ),
    )


def _deals(state: State) -> list[str]:
    return sorted({*(state.get("deals_discussed") or ()), *filter(None, [state.get("deal")])})

"""Rows of talks as values, with what of them is not for everybody left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ridealong.record.leading_states import Talk
from ridealong.record.live import Sight, chunks
from ridealong.record.models import Activity, Discussed, Party
from ridealong.record.states import Member


def read_talks(sight: Sight, viewer: Member | None, numbers: Sequence[int]) -> list[Talk]:
    """Return these activities as talks, in the order given; the caller has seen to permission."""
    rows: dict[int, Activity] = {}
    members: dict[int, list[int]] = {}
    deals: dict[int, list[int]] = {}
    for chunk in chunks(numbers):
        activities = Activity.objects.filter(sight.knowledge, activity_id__in=chunk)
        rows.update((row.activity_id, row) for row in activities)
        parties = Party.objects.filter(sight.knowledge, activity_id__in=chunk)
        for activity, member in parties.order_by("member_id").values_list(
            "activity_id", "member_id"
        ):
            members.setdefault(activity, []).append(member)
        about = Discussed.objects.filter(sight.knowledge, activity_id__in=chunk)
        for activity, deal in about.order_by("deal_id").values_list("activity_id", "deal_id"):
            deals.setdefault(activity, []).append(deal)
    seen = _in_sight(sight, {deal for each in deals.values() for deal in each})
    return [
        _talk(
            rows[number],
            tuple(members.get(number, ())),
            tuple(deal for deal in deals.get(number, ()) if deal in seen),
            viewer,
        )
        for number in numbers
        if number in rows
    ]


def _in_sight(sight: Sight, deals: set[int]) -> set[int]:
    """Those of the deals that the viewer may see, now or at the moment looked at."""
    if sight.scope is None:
        return deals
    found: set[int] = set()
    for chunk in chunks(deals):
        versions = sight.versions().filter(deal_id__in=chunk)
        found.update(versions.values_list("deal_id", flat=True))
    return found


def _talk(
    row: Activity, members: tuple[int, ...], deals: tuple[int, ...], viewer: Member | None
) -> Talk:
    heard: Mapping[str, Any] = row.heard or {}
    text = row.text
    among_us = row.among_us or row.deal_id is None
    if among_us and (viewer is None or viewer.id not in members):
        text, heard = "", {name: heard[name] for name in ("sure", "kind") if name in heard}
    return Talk(
        id=row.activity_id,
        key=row.key,
        at=row.at,
        kind=row.kind,
        talk=row.talk,
        title=row.title,
        text=text,
        minutes=row.minutes,
        members=members,
        deals=deals,
        deal_id=row.deal_id,
        nature=dict(row.nature or {}),
        heard=heard,
        said_by=row.said_by,
        confirmed_by=tuple(row.confirmed_by or ()),
        covered=tuple(row.covered or ()),
        recording_of=row.recording_of,
        among_us=row.among_us,
    )

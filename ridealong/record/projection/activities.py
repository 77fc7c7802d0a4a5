"""Activities: what happened and what is planned, one row for each time it was learned anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ridealong.lib.clock import FOREVER
from ridealong.record.fold import Rectangle, State, rectangles
from ridealong.record.inserting import insert
from ridealong.record.models import Activity
from ridealong.record.projection import talking, tying
from ridealong.record.projection.rows import Numbers, Told, weigh

COLUMNS = tuple(f.attname for f in Activity._meta.concrete_fields if not f.primary_key)
AS_STATED = (
    "minutes",
    "done",
    "contacts",
    "members",
    "deals_discussed",
    "nature",
    "people",
    "attachments",
    "match",
    "heard",
    "confirmed_by",
    "covered",
)


def fold(keys: Mapping[int, str], told: Told) -> None:
    """Fold activities. Each is a moment, so that only what is known of it has a course."""
    rectangles_of = {
        number: _last_known(rectangles(told.get(number, []), weigh("activity"))) for number in keys
    }
    numbers = Numbers("activity", (r.state for rs in rectangles_of.values() for r in rs))
    rows = [
        (_columns(number, keys[number], r, numbers), r.state)
        for number, rs in rectangles_of.items()
        for r in rs
    ]
    Activity.objects.filter(activity_id__in=list(keys)).delete()
    insert(Activity, COLUMNS, (tuple(row[name] for name in COLUMNS) for row, _ in rows))
    talking.keep(rows, list(keys))
    tying.tie(
        {n: rs[-1].state for n, rs in rectangles_of.items() if rs},
        list(keys),
        numbers,
    )


def _last_known(history: list[Rectangle]) -> list[Rectangle]:
    """Of each stretch of knowledge keep the last words, at the time when the activity began.

    Where only its place was told, and not what it is, there is none; and what people say of one
    that is planned does not let it begin.
    """
    return [
        replace(last, valid_from=min(r.valid_from for r in history if _tells_of(r, last)))
        for last in history
        if last.valid_to == FOREVER and last.state.get("kind")
    ]


def _tells_of(one: Rectangle, last: Rectangle) -> bool:
    return bool(one.state.get("kind")) and one.known_from <= last.known_from < one.known_to


def _columns(number: int, key: str, r: Rectangle, numbers: Numbers) -> dict[str, Any]:
    """The columns of one row."""
    s = r.state
    kind = s.get("kind", "other")
    direction = s.get("direction", "")
    among_us = talking.among_us(s)
    placed = bool(s.get("deal") or s.get("company") or s.get("contacts"))
    return {
        "activity_id": number,
        "key": key,
        "known_from": r.known_from,
        "known_to": r.known_to,
        "is_latest": r.known_to == FOREVER,
        "at": datetime.fromisoformat(s["begins"]) if s.get("begins") else r.valid_from,
        "kind": kind,
        "deal_id": numbers.of(s, "deal"),
        "company_id": numbers.of(s, "company"),
        "member_id": numbers.of(s, "member"),
        "direction": direction,
        "two_way": placed and not among_us and two_way(kind, direction, done=s.get("done")),
        "among_us": among_us,
        "title": s.get("title", "")[:500],
        "text": s.get("text", ""),
        "thread": s.get("thread", ""),
        "series": s.get("series", ""),
        "recording_of": s.get("recording_of", ""),
        "placing": placing(s),
        "talk": s.get("talk", ""),
        "said_by": s.get("said_by", ""),
        "hearing": talking.hearing(s),
        **{name: s.get(name) for name in AS_STATED},
    }


def two_way(kind: str, direction: str, *, done: bool | None) -> bool:
    """Say whether the buyer took part: a talk that was held, or something from their side."""
    return direction == "in" or (kind in {"meeting", "phone_call"} and done is not False)


def placing(state: State) -> str | None:
    """Say whether its deal is still to be found: see ``Activity.placing``."""
    match = state.get("match")
    if state.get("deal") or state.get("people") is None:
        return None
    if match is None:
        return "due"
    if match.get("aside"):
        return None
    return "unsure" if match.get("candidates") or state.get("company") else "unknown"

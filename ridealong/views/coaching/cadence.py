"""Talks counted: each conversation once, by week, and what they were about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ridealong.lib import clock
from ridealong.record.leading_states import Talk

WEEKS = 12
SAME = timedelta(minutes=20)
"""Two records of one conversation (calendar and recorder) begin no further apart."""
RECORDED = "phone_call"
"""The kind of activity that a recorder tells."""
USUAL_MINUTES = 30.0
"""What a talk weighs whose length nobody knows."""


def mondays(at: datetime, zone: ZoneInfo, weeks: int = WEEKS) -> tuple[date, ...]:
    """Return the Mondays of the last ``weeks`` weeks, that of the moment's own week last."""
    today = at.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return tuple(monday - timedelta(weeks=back) for back in reversed(range(weeks)))


def beginning(at: datetime, zone: ZoneInfo, weeks: int = WEEKS) -> datetime:
    """Return the first moment of the first of those weeks."""
    return clock.start_of_day(mondays(at, zone, weeks)[0], zone)


def per_week(talks: Iterable[Talk], weeks: Sequence[date], zone: ZoneInfo) -> tuple[int, ...]:
    """Return how many talks each week had; those of other weeks are not counted."""
    place = {monday: number for number, monday in enumerate(weeks)}
    counts = [0] * len(weeks)
    for talk in talks:
        day = talk.at.astimezone(zone).date()
        number = place.get(day - timedelta(days=day.weekday()))
        if number is not None:
            counts[number] += 1
    return tuple(counts)


def once_each(talks: Iterable[Talk]) -> list[Talk]:
    """Return each conversation once, the newest first, as whoever knows most of it tells it.

    A calendar and a recorder tell of the same one: it is known to be its record, or the same
    people began within ``SAME``. It began when the first of them says.
    """
    kept: list[Talk] = []
    for talk in sorted(talks, key=lambda each: (each.at, each.id)):
        same = next(
            (n for n in range(len(kept) - 1, -1, -1) if _same(kept[n], talk)),
            None,
        )
        if same is None:
            kept.append(talk)
        elif _tells(talk) > _tells(kept[same]):
            kept[same] = replace(talk, at=kept[same].at)
    return sorted(kept, key=lambda each: (each.at, each.id), reverse=True)


def _same(one: Talk, other: Talk) -> bool:
    if one.key == other.recording_of or other.key == one.recording_of:
        return True
    apart = abs(one.at - other.at)
    people = set(one.members) <= set(other.members) or set(other.members) <= set(one.members)
    # A recorder tells a talk; two entries of calendars are two conversations.
    recorded = (one.kind == RECORDED) != (other.kind == RECORDED)
    return apart <= SAME and people and recorded


def _tells(talk: Talk) -> tuple[bool, bool, int]:
    """How much is known of a talk: a person's word first, then what was said in it."""
    return bool(talk.said_by), bool(talk.nature), len(talk.text)


def nature(talks: Iterable[Talk]) -> dict[str, float]:
    """Return the share of each nature in talks of which it is known, by their minutes.

    The largest first; empty where nothing is known.
    """
    sums: dict[str, float] = {}
    for talk in talks:
        weight = talk.minutes or USUAL_MINUTES
        for name, share in talk.nature.items():
            sums[name] = sums.get(name, 0.0) + share * weight
    whole = sum(sums.values())
    largest_first = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return {name: part / whole for name, part in largest_first if part} if whole else {}


def discussed(talks: Iterable[Talk]) -> dict[int, int]:
    """Return {deal's number: in how many talks it was discussed}, the most often first."""
    counts: dict[int, int] = {}
    for talk in talks:
        for deal in talk.deals:
            counts[deal] = counts.get(deal, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def days_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> int:
    """Return how many days of the calendar lie between two moments, 0 on the same day."""
    return (later.astimezone(zone).date() - earlier.astimezone(zone).date()).days

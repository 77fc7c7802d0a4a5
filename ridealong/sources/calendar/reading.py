"""Calendars as text: which meetings are in it, each of a series by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

from ridealong.sources.base.connector import Problem

MAX_BYTES = 50 * 1024 * 1024
PAST, AHEAD = timedelta(days=400), timedelta(days=200)
"""Of an endless series so much is read, around a moment."""
MOST = 1000
"""Meetings of one series that are read."""
_ADDRESS = re.compile(r"(?i)^mailto:")
_NEVER = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_TAG = re.compile(r"<(?:[a-z][^<>]{0,2000}|/[a-z]+\s*|!--.{0,2000}?--)>", re.IGNORECASE | re.DOTALL)
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


class Unreadable(ValueError):
    """What cannot be read as a calendar at all; the text says why."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, or inviting. ``answer``: accepted, declined, tentative or "" for none."""

    email: str
    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. ``original``: when it was to begin before it was moved, of a series; else None.

    All moments in UTC; ``all_day`` ones begin at midnight of the calendar's zone. ``created``:
    when it was entered, or else when it begins.
    """

    uid: str
    original: datetime | None
    begins: datetime
    ends: datetime
    all_day: bool
    title: str
    text: str
    place: str
    organiser: Guest | None
    guests: tuple[Guest, ...]
    recurring: bool
    cancelled: bool
    private: bool
    created: datetime


Component: TypeAlias = Any
"""A part of a calendar: what its properties hold is for whoever wrote it to say."""
Read: TypeAlias = tuple[list[Meeting], list[Problem]]


def meetings(raw: bytes, *, around: datetime, zone: ZoneInfo) -> Iterator[tuple[str, Read]]:
    """Yield each event's UID with its meetings and what could not be read of it.

    ``zone``: of times that name none. Raises ``Unreadable``.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"The calendar has more than {MAX_BYTES // 1024**2} MB.")
    text = raw.decode("utf-8-sig", "replace").replace("\x00", "")
    if "BEGIN:VCALENDAR" not in text[:10_000].upper():
        raise Unreadable("This is no calendar: BEGIN:VCALENDAR is missing.")
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise Unreadable("The calendar is cut off: END:VCALENDAR is missing.")
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable(f"The calendar cannot be read: {str(error)[:200]}") from error
    for calendar in calendars:
        yield from _events(calendar, around, zone)


def _events(calendar: Component, around: datetime, zone: ZoneInfo) -> Iterator[tuple[str, Read]]:
    series: dict[str, list[Component]] = {}
    for event in calendar.walk("VEVENT"):
        series.setdefault(_word(event, "UID") or _word(event, "SUMMARY"), []).append(event)
    zones = [part for part in calendar.subcomponents if part.name == "VTIMEZONE"]
    for uid, events in series.items():
        try:
            yield uid, (list(_meetings(uid, events, zones, around=around, zone=zone)), [])
        except Exception as error:  # noqa: BLE001  a stranger's event must not keep all others out
            name = _word(events[0], "SUMMARY") or uid
            why = f"The event cannot be read: {type(error).__name__}: {str(error)[:200]}"
            yield uid, ([], [Problem(name[:200], why)])


def _meetings(
    uid: str,
    events: list[Component],
    zones: list[Component],
    *,
    around: datetime,
    zone: ZoneInfo,
) -> Iterator[Meeting]:
    recurring = any(event.get(name) for event in events for name in ("RRULE", "RDATE"))
    if not recurring and len(events) == 1 and "RECURRENCE-ID" not in events[0]:
        yield _meeting(uid, events[0], zone, recurring=False)
        return
    for event in events:
        if _too_often(event):
            raise ValueError("it recurs within a day")
    whole = icalendar.Calendar()
    for part in (*zones, *events):
        whole.add_component(part)
    found = recurring_ical_events.of(whole).between(around - PAST, around + AHEAD)
    for event in found[:MOST]:
        yield _meeting(uid, event, zone, recurring=recurring)


def _too_often(event: Component) -> bool:
    rules = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(each).upper() for each in rule.get("FREQ", [])}
        if often & _NEVER or any(rule.get(f"BY{part}") for part in ("HOUR", "MINUTE", "SECOND")):
            return True
    return False


def _meeting(uid: str, event: Component, zone: ZoneInfo, *, recurring: bool) -> Meeting:
    start = event["DTSTART"].dt
    all_day = not isinstance(start, datetime)
    begins = _moment(start, zone)
    original = event.get("RECURRENCE-ID")
    created = event.get("CREATED")
    organiser = event.get("ORGANIZER")
    guests = event.get("ATTENDEE") or []
    return Meeting(
        uid=uid,
        original=None if original is None else _moment(original.dt, zone),
        begins=begins,
        ends=max(begins, _end(event, start, zone)),
        all_day=all_day,
        title=_word(event, "SUMMARY"),
        text=_plain(_word(event, "DESCRIPTION")),
        place=_word(event, "LOCATION"),
        organiser=None if organiser is None else _guest(organiser),
        guests=tuple(_guest(each) for each in (guests if isinstance(guests, list) else [guests])),
        recurring=recurring,
        cancelled=_word(event, "STATUS").upper() == "CANCELLED",
        private=_word(event, "CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"},
        created=begins if created is None else _moment(created.dt, zone),
    )


def _end(event: Component, start: date | datetime, zone: ZoneInfo) -> datetime:
    if event.get("DTEND") is not None:
        return _moment(event["DTEND"].dt, zone)
    if event.get("DURATION") is not None:
        lasting: timedelta = event["DURATION"].dt
        return _moment(start, zone) + lasting
    length = timedelta(0) if isinstance(start, datetime) else timedelta(days=1)
    return _moment(start, zone) + length


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, date):
        raise TypeError("a date is expected")
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _guest(value: Any) -> Guest:
    parameters = getattr(value, "params", {})
    email = _ADDRESS.sub("", str(value)).strip().lower()
    answer = _ANSWERS.get(str(parameters.get("PARTSTAT", "")).upper(), "")
    return Guest(email if "@" in email else "", str(parameters.get("CN", "")).strip('"'), answer)


def _word(event: Component, name: str) -> str:
    value = event.get(name)
    return "" if value is None else str(value[0] if isinstance(value, list) else value).strip()


def _plain(text: str) -> str:
    return _TAG.sub(" ", text[:60_000])[:20_000].strip()

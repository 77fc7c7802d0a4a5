"""Moments and days. Every moment in Ridealong is an aware ``datetime``; days are the company's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UTC_ZONE = ZoneInfo("UTC")
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The open end of an interval; not NULL, so that plain comparisons and indexes work."""


def now() -> datetime:
    """Return this moment in UTC, to the microsecond."""
    return datetime.now(tz=UTC)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of ``day`` in ``zone``."""
    return datetime.combine(day, time.min, tzinfo=zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of ``day`` in ``zone``: a microsecond before the next day starts."""
    return start_of_day(day + timedelta(days=1), zone).astimezone(UTC) - timedelta(microseconds=1)


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a date (the end of that day) or an ISO 8601 date-time, in ``zone`` if it has none.

    Raises ``ValueError`` with a sentence for the user when ``text`` is neither.
    """
    cleaned = text.strip()
    try:
        if len(cleaned) == len("2026-11-23"):
            return end_of_day(date.fromisoformat(cleaned), zone)
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        message = f"“{text}” is not a time: give a date (2026-11-23) or 2026-11-23T17:00."
        raise ValueError(message) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

"""Values of properties: all come as text, empty text for none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.sources.base.rows import MAX_TEXT, Odd, moment

_MILLISECONDS = re.compile(r"-?\d{10,15}")


def when(value: Any) -> datetime | None:
    """Return a moment written in ISO 8601 or in milliseconds since 1970. Raises ``Odd``."""
    if _MILLISECONDS.fullmatch(str(value)):
        try:
            return datetime.fromtimestamp(int(value) / 1000, tz=UTC)
        except (OverflowError, OSError, ValueError) as error:
            raise Odd(f"{str(value)[:40]!r} is not a time") from error
    return moment(value)


def day(value: Any, zone: ZoneInfo) -> date | None:
    """Return the day that HubSpot shows for a close date, in the account's time zone.

    A close date is a moment there, and moments are shown in the account's zone (as HubSpot
    documents for all properties of type datetime); a bare date stands as it is.
    """
    if value and len(str(value)) == len("2026-12-31"):
        found = moment(value)
        return found.date() if found else None
    at = when(value)
    return at.astimezone(zone).date() if at else None


def noon(written: str, zone: ZoneInfo) -> str:
    """Return the moment to write for a day (ISO): noon, for people further west or east too."""
    at = datetime.combine(date.fromisoformat(written), time(12), tzinfo=zone)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text(value: Any) -> str:
    """Return a text of several lines that the record takes; "" for none."""
    return str(value or "").replace("\x00", "").strip()[:MAX_TEXT]

"""When a call was, as files and their names write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

YEARS = range(1990, 2101)
_MILLISECONDS = 1e11  # a number from here on counts them: as seconds it were the year 5138

_MOMENT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/._]?(?P<month>\d\d)[-/._]?(?P<day>\d\d)"
    r"(?:[T _-]{0,3}(?:at )?(?P<hour>\d\d)[:.h_-]?(?P<minute>\d\d)"
    r"(?:[:._-]?(?P<second>\d\d))?(?:\.\d{1,9})? ?"
    r"(?P<zone>Z\b|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:\d\d|[A-Z]{3,4}\b)?)?(?!\d)"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?$")
_HOURS = {"PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5}
_HOURS |= {"EDT": -4, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
# What is left of a recording's name when nobody gave it one.
_NOTHING = re.compile(
    r"\b(?:meeting recording|recording|audio transcript|transcripts?|captions|subtitles|gmt"
    r"|gallery|\d{3,4}x\d{3,4}|cc)\b",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"(?:\.(?:transcript|cc|vtt|srt|json|txt|[a-z]{2}(?:-[A-Za-z]{2})?))+$")


def moment(value: Any) -> datetime | None:
    """Return a moment that a field holds: ISO, as in mail, or a number since 1970."""
    try:
        if isinstance(value, str):
            return _written(value.strip()[:100])
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 1e9:
            seconds = value / 1000 if value >= _MILLISECONDS else value
            return _sensible(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, TypeError, IndexError, OverflowError, OSError):
        return None
    return None


def moment_in(text: str) -> datetime | None:
    """Return the first moment that stands in a text, such as the name of a file."""
    for match in _MOMENT.finditer(text[:5000]):
        try:
            if found := _sensible(_matched(match)):
                return found
        except (ValueError, OverflowError):
            continue
    return None


def title_of(name: str) -> str:
    """Return what the name of a file says beyond when it was recorded and what it is."""
    stem = _EXTENSION.sub("", name)
    words = _NOTHING.sub(" ", _MOMENT.sub(" ", stem).replace("_", " "))
    return " ".join(words.split()).replace("()", "").strip(" -–.,()[]")[:200].strip()


def _written(value: str) -> datetime | None:
    if len(value) > 10:
        try:
            return _sensible(datetime.fromisoformat(value))
        except ValueError:
            pass
    return moment_in(value) or _sensible(parsedate_to_datetime(value))


def _matched(match: re.Match[str]) -> datetime:
    day = datetime(int(match["year"]), int(match["month"]), int(match["day"]), tzinfo=UTC)
    if match["hour"] is None:
        # A day alone: at noon in UTC it is that day nearly everywhere.
        return day.replace(hour=12)
    second = int(match["second"] or 0)
    at = day.replace(hour=int(match["hour"]), minute=int(match["minute"]), second=second)
    return at.replace(tzinfo=_zone(match["zone"] or ""))


def _zone(text: str) -> timezone:
    if match := _OFFSET.search(text):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] == "-" else offset)
    return timezone(timedelta(hours=_HOURS.get(text, 0)))


def _sensible(at: datetime) -> datetime | None:
    # Without a zone it is in UTC: recorders in the cloud write their own time.
    at = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    return at if at.year in YEARS else None

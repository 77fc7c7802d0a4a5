"""Days as people write them in a hurry."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import dateparser

_BEFORE = re.compile(r"^\s*(?:by|on|until|next|this|bis|am)\s+", re.IGNORECASE)
_FAR = timedelta(days=3 * 365)


def day_meant(text: str, now: datetime) -> date | None:
    """Return the day that words mean ("fri", "in 2 weeks", "14 Dec"), as of ``now``; None for "".

    ``now`` is in the company's time zone. Raises ``ValueError`` with a sentence for the user.
    """
    words = _BEFORE.sub("", text).strip()
    if not words:
        return None
    found = dateparser.parse(
        words,
        languages=["en", "de", "fr", "es"],
        settings={
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "last",
            "DATE_ORDER": "DMY",
        },
    )
    if found is None:
        raise ValueError(f"“{text}” is no day: write fri, tomorrow, in 2 weeks or 14 Dec.")
    day: date = found.date()
    if not now.date() <= day <= now.date() + _FAR:
        raise ValueError(f"“{text}” is {day:%-d %B %Y}: guidance is for a day to come.")
    return day

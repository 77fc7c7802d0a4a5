"""Weeks, months and quarters of the company's days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""First and last day."""


def week(day: date) -> Days:
    """Return the Monday and the Sunday of the week that holds ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month(day: date) -> Days:
    """Return the first and the last day of the month that holds ``day``."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def quarter(day: date) -> Days:
    """Return the first and the last day of the calendar quarter that holds ``day``."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, month(first.replace(month=first.month + 2))[1]


NAMED = {"week": week, "month": month, "quarter": quarter}


def closing(words: str, today: date) -> Days:
    """Read a selection's ``closes``: week, month, quarter, the day a week starts, or a month.

    Raises ``ValueError`` with a sentence for the user.
    """
    if words in NAMED:
        return NAMED[words](today)
    try:
        if len(words) == len("2026-11"):
            return month(date.fromisoformat(f"{words}-01"))
        return week(date.fromisoformat(words))
    except ValueError:
        message = f"“{words}” is no period: week, month, quarter, 2026-11 or 2026-11-23."
        raise ValueError(message) from None

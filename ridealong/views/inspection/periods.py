"""In which weeks, months and quarters deals close."""

from __future__ import annotations

from datetime import date

from ridealong.lib.periods import SPANS, Span, period_of

Days = tuple[date, date]
"""First and last day."""


def days(span: Span, day: date) -> Days:
    """Return the first and the last day of the week, month or quarter that holds ``day``."""
    period = period_of(span, day)
    return period.first, period.last


def closing(words: str, today: date) -> Days:
    """Read a selection's ``closes``: week, month, quarter, the day a week starts, or a month.

    Raises ``ValueError`` with a sentence for the user.
    """
    for span in SPANS:
        if words == span:
            return days(span, today)
    try:
        if len(words) == len("2026-11"):
            return days("month", date.fromisoformat(f"{words}-01"))
        return days("week", date.fromisoformat(words))
    except ValueError:
        message = f"“{words}” is no period: week, month, quarter, 2026-11 or 2026-11-23."
        raise ValueError(message) from None

"""Weeks, months and quarters of the calendar, by name: 2026-W48, 2026-11, 2026-Q4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Span = Literal["week", "month", "quarter"]
SPANS: tuple[Span, ...] = ("week", "month", "quarter")
_NAME = re.compile(r"(?P<year>\d{4})-(?:W(?P<week>\d{2})|Q(?P<quarter>[1-4])|(?P<month>\d{2}))")


@dataclass(frozen=True, slots=True)
class Period:
    """A period: ``first`` and ``last`` day, both within."""

    name: str
    span: Span
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Say whether a day is within."""
        return self.first <= day <= self.last

    @property
    def previous(self) -> Period:
        """The one before it."""
        return period_of(self.span, self.first - timedelta(days=1))


def period_of(span: Span, day: date) -> Period:
    """Return the week (from Monday), month or quarter that a day is in."""
    if span == "week":
        year, week, weekday = day.isocalendar()
        first = day - timedelta(days=weekday - 1)
        return Period(f"{year:04d}-W{week:02d}", span, first, first + timedelta(days=6))
    if span == "month":
        first = day.replace(day=1)
        return Period(f"{day:%Y-%m}", span, first, _months_later(first, 1) - timedelta(days=1))
    number = (day.month - 1) // 3
    first = day.replace(month=3 * number + 1, day=1)
    last = _months_later(first, 3) - timedelta(days=1)
    return Period(f"{day:%Y}-Q{number + 1}", span, first, last)


def period_named(name: str) -> Period:
    """Return the period of that name. Raises ``ValueError`` with a sentence for the user."""
    found = _NAME.fullmatch(name.strip())
    try:
        if found and found["week"]:
            return period_of(
                "week", date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
            )
        if found and found["month"]:
            return period_of("month", date(int(found["year"]), int(found["month"]), 1))
        if found:
            month = 3 * int(found["quarter"]) - 2
            return period_of("quarter", date(int(found["year"]), month, 1))
    except ValueError:
        pass
    message = f"“{name}” is no period: give a week (2026-W48), a month (2026-11) or a quarter."
    raise ValueError(message)


def _months_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)

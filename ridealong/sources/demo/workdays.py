"""The simulated company's days: Berlin's working days, hours and quarters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

ZONE = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
THURSDAY, FRIDAY = 3, 4
CALL_HOUR = 8.0
"""The hour, on Fridays, of the call with the owner."""
FIXED = ((1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31))
AFTER_EASTER = (-2, 1, 39, 50)


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the days of a year on which nobody works, weekends aside."""
    movable = {easter(year) + timedelta(days=n) for n in AFTER_EASTER}
    return frozenset(movable | {date(year, month, day) for month, day in FIXED})


@cache
def is_workday(day: date) -> bool:
    """Say whether people work on that day."""
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def workday(day: date, ahead: int = 0) -> date:
    """Return the first workday from ``day`` on, or the one so many workdays after it."""
    while not is_workday(day):
        day += DAY
    for _ in range(ahead):
        day += DAY
        while not is_workday(day):
            day += DAY
    return day


def moment(day: date, hour: float) -> datetime:
    """Return a moment of a local day, in UTC; 17.5 is half past five."""
    minutes = round(hour * 60)
    clock = time(minutes // 60, minutes % 60)
    return datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC)


def local_day(at: datetime) -> date:
    """Return the local day of a moment."""
    return at.astimezone(ZONE).date()


def last_call(day: date) -> datetime:
    """Return the last call with the owner before ``day`` began."""
    return moment(day - timedelta(days=(day.weekday() - FRIDAY - 1) % 7 + 1), CALL_HOUR)


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY


def quarter_start(day: date, *, back: int = 0) -> date:
    """Return the first day of the quarter of ``day``, or of one so many quarters earlier."""
    quarters = day.year * 4 + (day.month - 1) // 3 - back
    return date(quarters // 4, quarters % 4 * 3 + 1, 1)


def days_to_quarter_end(day: date) -> int:
    """Return how many days of the quarter are left."""
    return (quarter_start(day, back=-1) - day).days


def slow_season(day: date) -> bool:
    """Say whether half the buyers are away: August and the turn of the year."""
    return day.month == 8 or (day.month, day.day) > (12, 19) or (day.month, day.day) < (1, 7)

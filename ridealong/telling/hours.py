"""When a member is told: pure, of their hours and time zone.

An hour that a zone's clocks leave out is that much later; of one that comes twice, the first
counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Hours:
    """A member's hours. ``days``: working days, 0 for Monday, at least one.

    Quiet from ``quiet_from`` until ``quiet_to``, over midnight where that is earlier; not at all
    where they are the same. A day off is quiet, whole.
    """

    zone: ZoneInfo
    digest_at: time
    days: frozenset[int]
    quiet_from: time
    quiet_to: time

    def last_due(self, now: datetime) -> datetime:
        """Return the last moment, ``now`` at the latest, at which a digest was due."""
        return max(due for due in self._dues(now, -_WEEK - 1, 2) if due <= now)

    def next_due(self, now: datetime) -> datetime:
        """Return the first moment after ``now`` at which a digest is due."""
        return min(due for due in self._dues(now, -1, _WEEK + 2) if due > now)

    def _dues(self, now: datetime, first: int, last: int) -> Iterator[datetime]:
        for day in _days(now.astimezone(self.zone).date(), first, last):
            if day.weekday() in self.days:
                yield self._moment(day, self.digest_at)

    def timely(self, due: datetime, now: datetime) -> bool:
        """Say whether a digest that was due may go out: on its day, a late one not when quiet."""
        same_day = due.astimezone(self.zone).date() == now.astimezone(self.zone).date()
        late = now - due > timedelta(hours=1)
        return same_day and not (late and self.is_quiet(now))

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether it is a day off, or a quiet hour."""
        local = moment.astimezone(self.zone)
        clock = local.time().replace(fold=0)
        if local.weekday() not in self.days:
            return True
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to

    def free_from(self, moment: datetime) -> datetime:
        """Return the first moment from ``moment`` on that is not quiet."""
        if not self.is_quiet(moment):
            return moment
        days = _days(moment.astimezone(self.zone).date(), 0, _WEEK + 2)
        ends = (self._moment(day, clock) for day in days for clock in (time.min, self.quiet_to))
        return min(end for end in ends if end > moment and not self.is_quiet(end))

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)


def _days(today: date, first: int, last: int) -> Iterator[date]:
    return (today + timedelta(days=each) for each in range(first, last))


def days_words(days: frozenset[int]) -> str:
    """Return working days as words: “Mon–Fri”, “Mon, Wed, Fri”."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ordered = sorted(days)
    in_a_row = len(ordered) > 2 and all(after - before == 1 for before, after in pairwise(ordered))
    if in_a_row:
        return f"{names[ordered[0]]}–{names[ordered[-1]]}"
    return ", ".join(names[each] for each in ordered)

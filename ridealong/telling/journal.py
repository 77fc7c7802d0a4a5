"""What was told to whom, so that nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.telling.models import Told

SKEW = timedelta(seconds=2)
Episode = tuple[int, datetime]
"""A signal's number, and since when it stands."""


@dataclass(frozen=True)
class Entry:
    """What a mail tells a member; its fields are those of ``Told``."""

    run: int
    member: int
    way: str
    since: datetime | None
    until: datetime
    signals: tuple[Episode, ...]
    count: int

    def note(self) -> None:
        """Keep that it is told, just before it goes over the line."""
        Told.objects.update_or_create(
            run=self.run,
            defaults={
                "member_id": self.member,
                "way": self.way,
                "at": clock.now(),
                "since": self.since,
                "until": self.until,
                "signals": as_plain(self.signals),
                "count": self.count,
            },
        )

    def forget(self) -> None:
        """Take it back: the mail server said that it did not take it."""
        Told.objects.filter(run=self.run).delete()


def as_plain(signals: Iterable[Episode]) -> list[list[int | str]]:
    """Return episodes as plain JSON."""
    return [[number, raised.isoformat()] for number, raised in signals]


def from_plain(signals: Iterable[tuple[int, str]]) -> list[Episode]:
    """Return episodes that were kept."""
    return [(number, datetime.fromisoformat(raised)) for number, raised in signals]


def last_digest(member: int) -> Told | None:
    """Return the last digest that a member was sent."""
    return _of(member, Told.Way.DIGEST).first()


def told_at_once(member: int, since: datetime | None) -> frozenset[Episode]:
    """Return what a member was told at once from ``since`` on."""
    rows = _of(member, Told.Way.AT_ONCE)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return frozenset(each for row in rows for each in from_plain(row.signals))


def at_once_within(member: int, length: timedelta, now: datetime) -> int:
    """Return of how many signals a member was told at once lately."""
    return sum(row.count for row in _of(member, Told.Way.AT_ONCE).filter(at__gt=now - length))


def _of(member: int, way: str) -> QuerySet[Told]:
    return Told.objects.filter(member_id=member, way=way).order_by("-at", "-id")


def complete_until(now: datetime) -> datetime:
    """Return until when everything that was noticed is in the record.

    Deals that are being judged now may yet have signals from when that began. Short of this moment
    by ``SKEW``: the clock of the host that judges may be behind this one's.
    """
    judging = Run.objects.filter(kind="watch", state=Run.State.RUNNING, started_at__lte=now)
    return min([now - SKEW, *(run.started_at for run in judging if run.started_at)])

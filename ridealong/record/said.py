"""The room behind the door where it is read what Ridealong said, morning by morning.

Odds of deals in sight; ranges and claims about those in sight; what is about everybody, everybody
sees, but for leading only those who lead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet

from ridealong.record.live import Sight, chunks
from ridealong.record.models import DealVersion, SaidClaim, SaidOdds, SaidRange, Statement
from ridealong.record.states import Member


@dataclass(frozen=True, slots=True)
class Morning:
    """That something was said at a moment; ``body``: what holds for all of it."""

    id: int
    at: datetime
    body: Mapping[str, Any]


class Spoken(NamedTuple):
    """Odds of a deal as said at a moment: ``won`` in thousandths, one a horizon."""

    deal_id: int
    at: datetime
    won: tuple[int, ...]


class Stretch(NamedTuple):
    """A deal was ``status`` over ``[since, until)``."""

    deal_id: int
    since: datetime
    until: datetime
    status: str


@dataclass(frozen=True, slots=True)
class Ranged:
    """A range as said at a moment, in the company's currency; ``member_id`` None: the company."""

    at: datetime
    member_id: int | None
    period: str
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim as said at a moment, until it was said otherwise. ``person_id``: whom it is about."""

    at: datetime
    name: str
    kind: str
    person_id: int | None
    body: Mapping[str, Any]


@dataclass(frozen=True)
class SaidRoom:
    """What one member may see of what was said, up to one moment."""

    viewer: Member | None
    sight: Sight

    def mornings(
        self, what: str, *, since: datetime | None = None, limit: int | None = None
    ) -> list[Morning]:
        """Return when something was said, the latest first. ``what``: odds, ranges or insights."""
        rows = self._statements(what)
        if since is not None:
            rows = rows.filter(at__gte=since)
        return [Morning(row.id, row.at, row.body) for row in rows.order_by("-at")[:limit]]

    def begun(self, what: str) -> datetime | None:
        """Return when it was first said, None where it never was."""
        return self._statements(what).order_by("at").values_list("at", flat=True).first()

    def was_said(self, key: str) -> bool:
        """Say whether there is a statement with that key."""
        return Statement.objects.filter(key=key).exists()

    def latest(self, deals: Iterable[int]) -> dict[int, Spoken]:
        """Return what was said last about each of these deals, which the caller has in sight."""
        found: dict[int, Spoken] = {}
        for chunk in chunks(deals):
            rows = self._odds().filter(deal_id__in=chunk)
            newest_of = rows.order_by().values("deal_id").annotate(last=Max("day"))
            last: dict[int, int] = {line["deal_id"]: line["last"] for line in newest_of}
            for one, day in self._spoken(rows.filter(day__in=set(last.values()))):
                if last[one.deal_id] == day:
                    found[one.deal_id] = one
        return found

    def courses(self, deals: Iterable[int]) -> Iterator[Spoken]:
        """Yield all that was said about those of these deals in sight, deal by deal, in order."""
        for chunk in chunks(deals):
            rows = self._odds().filter(deal_id__in=chunk)
            if self.sight.scope is not None:
                rows = rows.filter(deal_id__in=self.sight.versions().values("deal_id"))
            for one, _ in self._spoken(rows.order_by("deal_id", "day")):
                yield one

    def deals(self, most: int) -> list[int]:
        """Return deals in sight of which odds were said: all, or every second, fourth and so on.

        So many are left out that no more than ``most`` are left.
        """
        rows = self._odds().order_by()
        if self.sight.scope is not None:
            rows = rows.filter(deal_id__in=self.sight.versions().values("deal_id"))
        every, numbers = 1, sorted(rows.values_list("deal_id", flat=True).distinct())
        while len(numbers) > most:
            every *= 2
            numbers = [number for number in numbers if not number % every]
        return numbers

    def stretches(self, deals: Iterable[int]) -> Iterator[Stretch]:
        """Yield when these deals, which are in sight, were open, won or lost, in order."""
        for chunk in chunks(deals):
            rows = DealVersion.objects.filter(
                self.sight.knowledge, deal_id__in=chunk, valid_from__lte=self.sight.at
            )
            columns = ("deal_id", "valid_from", "valid_to", "status")
            for row in rows.order_by("deal_id", "valid_from").values_list(*columns):
                yield Stretch(*row)

    def ranges(self, *, at: Collection[datetime] | None = None) -> list[Ranged]:
        """Return the ranges said about those in sight, the earliest first; ``at``: then only."""
        rows = SaidRange.objects.filter(statement_id__in=self._statements("ranges").values("id"))
        if self.sight.scope is not None:
            rows = rows.filter(member_id__in=sorted(self._theirs))
        if at is not None:
            rows = rows.filter(at__in=sorted(at))
        return [
            Ranged(
                row.at,
                row.member_id,
                row.period,
                Decimal(row.low),
                Decimal(row.middle),
                Decimal(row.high),
            )
            for row in rows.order_by("at", "period", "id")
        ]

    def claims(self, names: Collection[str] | None = None) -> list[Claimed]:
        """Return claims as they were said, every time that one was, the earliest first."""
        rows = SaidClaim.objects.filter(statement_id__in=self._statements("insights").values("id"))
        if self.sight.scope is not None:
            rows = rows.filter(Q(person_id__isnull=True) | Q(person_id__in=sorted(self._theirs)))
            if len(self._theirs) < 2:
                rows = rows.exclude(kind="leading")
        if names is not None:
            rows = rows.filter(name__in=sorted(names))
        return [
            Claimed(row.at, row.name, row.kind, row.person_id, row.body)
            for row in rows.order_by("at", "name")
        ]

    @property
    def _theirs(self) -> frozenset[int]:
        mine = frozenset({self.viewer.id} if self.viewer else ())
        return (self.sight.scope or frozenset()) | mine

    def _statements(self, what: str) -> QuerySet[Statement]:
        rows = Statement.objects.filter(what=what, at__lte=self.sight.at)
        return rows if self.sight.known is None else rows.filter(known_from__lte=self.sight.known)

    def _odds(self) -> QuerySet[SaidOdds]:
        """Odds said up to the moment: a day has one statement of them."""
        if self.sight.known is not None:
            return SaidOdds.objects.filter(day__in=sorted(self._at))
        return SaidOdds.objects.filter(day__lte=max(self._at, default=0))

    @cached_property
    def _at(self) -> dict[int, datetime]:
        """When odds were said on each day."""
        return dict(self._statements("odds").values_list("day", "at"))

    def _spoken(self, rows: QuerySet[SaidOdds]) -> Iterator[tuple[Spoken, int]]:
        columns = rows.values_list("deal_id", "day", "won")
        for deal, day, won in columns.iterator(chunk_size=5000):
            yield Spoken(deal, self._at[day], tuple(int(each) for each in won.split())), day

"""The room behind the door where it is read what leaders told the CEO, and what they owe.

Numbers of those in sight; remarks and promises of oneself, of those below, and for an owner all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db.models import Q, QuerySet

from ridealong.lib.money import from_hundredths
from ridealong.record import models
from ridealong.record.live import Sight
from ridealong.record.states import Member
from ridealong.record.winning import Span, Win, wins

Row = TypeVar("Row", models.CalledNumber, models.Remark, models.Promise)


@dataclass(frozen=True, slots=True)
class Called:
    """What a member said, at ``at``, would close in a period; in the company's currency."""

    at: datetime
    member_id: int
    period: str
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Remarked:
    """What a leader changed of their brief about a deal. ``place`` None: where it falls.

    ``help``: what the CEO is asked to do about it.
    """

    member_id: int
    deal_id: int
    text: str
    hidden: bool
    place: int | None
    at: datetime
    help: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """What a leader owes the CEO. ``kind``: promise, or a question that had no answer.

    ``state``: open, kept or dropped, since ``said_at``.
    """

    key: str
    at: datetime
    member_id: int
    deal_id: int | None
    kind: str
    text: str
    due: date | None
    state: str
    answer: str
    said_at: datetime


@dataclass(frozen=True)
class Calling:
    """What one member may see of it, at one time."""

    viewer: Member | None
    sight: Sight

    def numbers(self, periods: Collection[str] | None = None) -> list[Called]:
        """Return the numbers that stand, one a member and period, the newest first."""
        rows = self._then(models.CalledNumber.objects.all())
        if periods is not None:
            rows = rows.filter(period__in=sorted(periods))
        return [_called(row) for row in rows.order_by("-valid_from", "-id")]

    def numbers_over_time(self, periods: Collection[str]) -> list[Called]:
        """Return every number called for these periods up to the moment, the oldest first."""
        rows = models.CalledNumber.objects.filter(
            self.sight.knowledge, self._theirs(), valid_from__lte=self.sight.at
        )
        rows = rows.filter(period__in=sorted(periods))
        return [_called(row) for row in rows.order_by("valid_from", "id")]

    def remarks(self, member: int | None = None) -> list[Remarked]:
        """Return what a leader changed of their brief; without one, what everybody in sight did."""
        rows = self._then(models.Remark.objects.filter(deal_id__isnull=False))
        if member is not None:
            rows = rows.filter(member_id=member)
        return [_remarked(row) for row in rows.order_by("place", "id")]

    def won(self, spans: Sequence[Span]) -> list[list[Win]]:
        """Return of each span (begin, end) the deals in sight that were won in it."""
        return wins(self.sight, spans)

    def promises(
        self, *, states: Collection[str] | None = None, since: datetime | None = None
    ) -> list[Promised]:
        """Return what is owed, the oldest first. ``since``: said so, or made, from then on."""
        rows = self._then(models.Promise.objects.all())
        if states is not None:
            rows = rows.filter(state__in=sorted(states))
        if since is not None:
            rows = rows.filter(valid_from__gte=since)
        return [_promised(row) for row in rows.order_by("made_at", "id")]

    def _then(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        return rows.filter(
            self.sight.knowledge,
            self._theirs(),
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
        )

    def _theirs(self) -> Q:
        if self.sight.scope is None:
            return Q(member_id__isnull=False)
        mine = {self.viewer.id} if self.viewer else set()
        return Q(member_id__in=sorted(self.sight.scope | mine))


def _called(row: models.CalledNumber) -> Called:
    amount = from_hundredths(row.hundredths)
    return Called(row.valid_from, row.member_id or 0, row.period, amount, row.note)


def _remarked(row: models.Remark) -> Remarked:
    return Remarked(
        row.member_id or 0,
        row.deal_id or 0,
        row.text,
        row.hidden,
        row.place,
        row.valid_from,
        row.help,
        row.key,
    )


def _promised(row: models.Promise) -> Promised:
    return Promised(
        row.key,
        row.made_at,
        row.member_id or 0,
        row.deal_id,
        row.kind,
        row.text,
        row.due,
        row.state,
        row.answer,
        row.valid_from,
    )

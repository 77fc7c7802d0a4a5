"""The room behind the door where recall is read: what members answered, and deals to ask about.

A member sees their own answers and those of everybody below them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, ExpressionWrapper, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast

from ridealong.record.criteria import worth
from ridealong.record.live import Conversion, Sight
from ridealong.record.models import Answer, DealVersion
from ridealong.record.naming import normal
from ridealong.record.states import DealState, Member
from ridealong.record.store import CHUNK


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given: ``rating`` 1 (not known) to 4 (at once).

    ``question``: its kind, and of which time where it is about one; ``stands_on``: digest of the
    right answer as it was then, ``words``: that in words.
    """

    key: str
    at: datetime
    deal_id: int
    question: str
    stands_on: str
    words: str
    rating: int


@dataclass(frozen=True, slots=True)
class Named:
    """An open deal in sight, by what tells it from others; "" for what is not known."""

    id: int
    name: str
    company: str
    salesperson: str
    country: str


@dataclass(frozen=True)
class Recalled:
    """What one member may see of recall, at one time."""

    viewer: Member | None
    sight: Sight

    def answers(self, member: int) -> list[Answered]:
        """Return what a member answered until the moment, the oldest first.

        Without what was taken back; nothing where the member is not in sight.
        """
        if not self._may_see(member):
            return []
        rows = Answer.objects.filter(
            self.sight.knowledge,
            member_id=member,
            valid_from__lte=self.sight.at,
            valid_to__gt=self.sight.at,
        )
        return [
            Answered(
                row.key,
                row.valid_from,
                row.deal_id,
                row.question,
                row.stands_on,
                row.words,
                row.rating,
            )
            for row in rows.order_by("valid_from", "key")
        ]

    def _may_see(self, member: int) -> bool:
        mine = self.viewer is not None and self.viewer.id == member
        return mine or self.sight.scope is None or member in self.sight.scope

    def foremost(
        self,
        salespeople: Collection[int] | None,
        conversion: Conversion,
        today: date,
        *,
        since: datetime,
        limit: int,
    ) -> list[int]:
        """Return the open deals that matter most to know, by number, the weightiest first.

        By value, by how close the decision is, and by whether they changed since ``since``; put in
        order by the database, so that no more are read than are asked for.
        """
        weight = ExpressionWrapper(
            Cast(worth(conversion), FloatField()) * _closeness(today) * _moved(since),
            output_field=FloatField(),
        )
        rows = self._open(salespeople).annotate(weight=weight)
        ordered = rows.order_by(F("weight").desc(nulls_last=True), "deal_id")
        return list(ordered.values_list("deal_id", flat=True)[:limit])

    def count(self, salespeople: Collection[int] | None) -> int:
        """Return how many deals are open."""
        return self._open(salespeople).count()

    def called_alike(self, deals: Iterable[DealState]) -> list[Named]:
        """Return the open deals in sight that might be taken for one of these.

        Those of companies of the same name; for deals without a company, those of the same name.
        """
        companies = {normal(deal.company) for deal in deals if deal.company}
        names = {deal.name for deal in deals if not deal.company}
        found: dict[int, Named] = {}
        for column, wanted in (("company__normal_name", companies), ("name", names)):
            listed = sorted(wanted)
            for start in range(0, len(listed), CHUNK):
                rows = self._open(None).filter(**{f"{column}__in": listed[start : start + CHUNK]})
                found.update((row[0], _named(row)) for row in rows.values_list(*_NAMING))
        return list(found.values())

    def _open(self, salespeople: Collection[int] | None) -> QuerySet[DealVersion]:
        rows = self.sight.versions().filter(is_open=True)
        if salespeople is None:
            return rows
        return rows.filter(salesperson_id__in=sorted(salespeople))


_NAMING = ("deal_id", "name", "company__name", "salesperson__name", "company__country")
_FAR = 0.25


def _named(row: tuple[int, str, str | None, str | None, str | None]) -> Named:
    number, name, company, salesperson, country = row
    return Named(number, name, company or "", salesperson or "", country or "")


def _closeness(today: date) -> Case:
    """How close the decision is, from 1 to a quarter; what is overdue is to be decided now."""
    steps = ((14, 1.0), (31, 0.8), (92, 0.5))
    return Case(
        *(When(close_date__lte=today + timedelta(days=n), then=Value(v)) for n, v in steps),
        default=Value(_FAR),
        output_field=FloatField(),
    )


def _moved(since: datetime) -> Case:
    return Case(
        When(valid_from__gt=since, then=Value(2.0)),
        default=Value(1.0),
        output_field=FloatField(),
    )

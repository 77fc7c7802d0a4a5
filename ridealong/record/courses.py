"""The room behind the door where whole courses are read: of many deals, as plain columns.

Forecasts learn from every deal there was, so that rows come as tuples of numbers, a block of deals
at a time, and moments as days since 1970 (UTC), to the millisecond. What was learned when stands
beside it; what may be used when is for the reader to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, F, FloatField, Func, Min, Q, QuerySet, Value, When
from django.db.models.functions import Length

from ridealong.record.criteria import DECLINED
from ridealong.record.live import Sight
from ridealong.record.models import Activity, DealVersion, FactRow
from ridealong.record.store import CHUNK

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def days(moment: datetime) -> float:
    """Return days since 1970, as the columns here count them."""
    return (moment - EPOCH) / timedelta(days=1)


def moment(at: float) -> datetime:
    """Return the moment that many days after 1970."""
    return EPOCH + timedelta(days=at)


class Days(Func):
    """A moment or day as days since 1970."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """SQLite's own count of days begins earlier, at noon."""
        template = "(julianday(%(expressions)s) - 2440587.5)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """PostgreSQL counts seconds."""
        template = "(EXTRACT(EPOCH FROM %(expressions)s)::float8 / 86400)"
        return self.as_sql(compiler, connection, template=template, **more)


VERSION = {
    "deal": F("deal_id"),
    "valid_from": Days("valid_from"),
    "valid_to": Days("valid_to"),
    "known_from": Days("known_from"),
    "known_to": Days("known_to"),
    "status": F("status"),
    "stage": F("stage_id"),
    "salesperson": F("salesperson_id"),
    "company": F("company_id"),
    "amount": F("amount"),
    "currency": F("currency"),
    "close_date": Days("close_date"),
    "category": F("category"),
    "next_step": Length("next_step"),
    "created_at": Days("created_at"),
    "stage_since": Days("stage_since"),
    "pushes": F("pushes"),
}
"""Columns of a deal's version. ``amount``: hundredths of ``currency``; ``next_step``: length."""
ACTIVITY = {
    "deal": F("deal_id"),
    "at": Days("at"),
    "known_from": Days("known_from"),
    "known_to": Days("known_to"),
    "kind": F("kind"),
    "direction": F("direction"),
    "two_way": F("two_way"),
    "title": F("title"),
    "minutes": F("minutes"),
    "done": F("done"),
    "member": F("member_id"),
    "contacts": F("contacts"),
    "declined": Case(When(DECLINED, then=Value(1)), default=Value(0)),
}
"""Columns of an activity; ``declined``: a meeting that the buyer will not come to."""
STATED = {
    "deal": F("subject_id"),
    "amount": Min(Days("at"), filter=Q(changes__amount__isnull=False)),
    "salesperson": Min(Days("at"), filter=Q(changes__salesperson__isnull=False)),
    "company": Min(Days("at"), filter=Q(changes__company__isnull=False)),
}
"""When a deal's amount, salesperson and company were first stated; before, they only hold back."""


class Block(NamedTuple):
    """Some deals' rows, with the columns ``VERSION``, ``ACTIVITY`` and ``STATED``."""

    deals: Sequence[int]
    versions: list[tuple[Any, ...]]
    activities: list[tuple[Any, ...]]
    stated: list[tuple[Any, ...]]


@dataclass(frozen=True)
class CoursesRoom:
    """Courses of deals up to the moment looked at, as known at ``sight.known`` and before."""

    sight: Sight

    def deals(self, *, open_only: bool = False) -> list[int]:
        """Return the numbers of the deals in sight that had begun, in order."""
        if open_only:
            rows = self.sight.versions().filter(is_open=True)
        else:
            rows = self.sight.believed().filter(self.sight.seen, valid_from__lte=self.sight.at)
        return sorted(rows.order_by().values_list("deal_id", flat=True).distinct())

    def blocks(self, deals: Iterable[int], size: int) -> Iterator[Block]:
        """Yield whole courses, ``size`` deals at a time in the order given, superseded ones too."""
        ordered = list(deals)
        # One block even of no deals: it has no rows, but a reader's columns.
        for start in range(0, len(ordered) or 1, size):
            part = ordered[start : start + size]
            yield Block(
                part,
                _read(part, self._versions(), "deal_id", VERSION),
                _read(part, self._activities(), "deal_id", ACTIVITY),
                _read(part, self._facts(), "subject_id", STATED),
            )

    def channels(self) -> list[tuple[int | None, str, float, int]]:
        """Return (member, kind of activity, first learned, how many at once that were older).

        What a source that was connected brought of the past came with its first load.
        """
        rows = Activity.objects.filter(self._learned).order_by().values("member_id", "kind")
        first = rows.annotate(first=Min("known_from"))
        return [
            (line["member_id"], line["kind"], days(line["first"]), self._loaded(line))
            for line in first
        ]

    def _loaded(self, line: Any) -> int:
        return Activity.objects.filter(
            member_id=line["member_id"],
            kind=line["kind"],
            known_from__lte=line["first"] + timedelta(days=1),
            at__lt=line["first"] - timedelta(days=1),
        ).count()

    @property
    def _learned(self) -> Q:
        return Q() if self.sight.known is None else Q(known_from__lte=self.sight.known)

    def _versions(self) -> QuerySet[DealVersion]:
        return DealVersion.objects.filter(self._learned, valid_from__lte=self.sight.at)

    def _activities(self) -> QuerySet[Activity]:
        # What lies ahead is read too: that a meeting was planned was known before it took place.
        return Activity.objects.filter(self._learned, among_us=False)

    def _facts(self) -> QuerySet[FactRow]:
        known = {} if self.sight.known is None else {"recorded_at__lte": self.sight.known}
        return FactRow.objects.filter(**known)


def _read(
    deals: Sequence[int], rows: QuerySet[Any], column: str, columns: dict[str, Any]
) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(deals), CHUNK):
        part = rows.filter(**{f"{column}__in": deals[start : start + CHUNK]}).order_by()
        named = {f"read_{name}": expression for name, expression in columns.items()}
        if any(isinstance(each, Min) for each in columns.values()):
            part = part.values(column)
        found.extend(part.annotate(**named).values_list(*named))
    return found

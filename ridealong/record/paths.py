"""The room behind the door where whole paths of deals are read, many at once: less than states.

One query for every ``CHUNK`` deals. What is read is of those deals that are in sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Max

from ridealong.record import models
from ridealong.record.live import Conversion, Sight, chunks

MANY = 1000


class PathStep(NamedTuple):
    """How a deal stood from ``at`` on. ``value``: in the company's currency."""

    deal_id: int
    at: datetime
    stage_id: int | None
    position: int
    status: str
    salesperson_id: int | None
    value: Decimal | None
    pushes: int
    next_step: bool
    contacts: dict[str, str]


class Touched(NamedTuple):
    """Something that happened on a deal. ``two_way``: the buyer took part."""

    deal_id: int
    at: datetime
    kind: str
    direction: str
    two_way: bool
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Paths:
    """How deals in sight went, up to one moment."""

    sight: Sight

    def deals(self, most: int) -> list[int]:
        """Return numbers of deals, open or not: all, or every second, fourth and so on.

        So many are left out that no more than ``most`` are left; which, does not change while
        there are not twice as many.
        """
        rows = self.sight.versions().order_by()
        total, every = rows.count(), 1
        while total > most * every:
            every *= 2
        if every > 1:
            rows = rows.annotate(left=F("deal_id") % every).filter(left=0)
        return sorted(rows.values_list("deal_id", flat=True)[:most])

    def steps(self, deals: Iterable[int], conversion: Conversion) -> Iterator[PathStep]:
        """Yield the versions of these deals up to the moment, deal by deal, the oldest first."""
        for chunk in chunks(deals):
            rows = self.sight.believed().filter(deal_id__in=chunk, valid_from__lte=self.sight.at)
            named = rows.order_by("deal_id", "valid_from").values_list(
                "deal_id",
                "valid_from",
                "stage_id",
                "stage__position",
                "status",
                "salesperson_id",
                "pushes",
                "next_step",
                "contacts",
                "amount",
                "currency",
            )
            for row in named.iterator(chunk_size=2000):
                deal, at, stage, position, status, person, pushes, step, contacts, *_ = row
                yield PathStep(
                    deal,
                    at,
                    stage,
                    position if stage else -1,
                    status,
                    person,
                    conversion.stored(row[9], row[10])[1],
                    pushes,
                    bool(step),
                    dict(contacts or {}),
                )

    def touched(self, deals: Iterable[int]) -> Iterator[Touched]:
        """Yield what happened on these deals up to the moment, the oldest first of each deal."""
        for chunk in chunks(deals):
            rows = models.Activity.objects.filter(
                self.sight.knowledge, deal_id__in=chunk, at__lte=self.sight.at
            )
            named = rows.order_by("deal_id", "at").values_list(
                "deal_id", "at", "kind", "direction", "two_way", "contacts"
            )
            for deal, at, kind, direction, two_way, contacts in named.iterator(chunk_size=2000):
                yield Touched(deal or 0, at, kind, direction, two_way, tuple(contacts or ()))

    def discussed(self, deals: Iterable[int]) -> Iterator[tuple[int, datetime]]:
        """Yield (deal, when) of the talks of colleagues about these deals that were held."""
        held = models.Party.objects.filter(self.sight.knowledge, held=True)
        for chunk in chunks(deals):
            rows = models.Discussed.objects.filter(
                self.sight.knowledge,
                deal_id__in=chunk,
                at__lte=self.sight.at,
                activity_id__in=held.values("activity_id"),
            )
            yield from rows.order_by("deal_id", "at").values_list("deal_id", "at")

    def learned(self) -> int:
        """Return a number that grows by one with every ``MANY`` facts that are learned."""
        return int(models.FactRow.objects.aggregate(newest=Max("id"))["newest"] or 0) // MANY

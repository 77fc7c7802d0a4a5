"""Which versions hold at a moment, as known at another, for whom; and how they become values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from ridealong.lib.money import from_hundredths
from ridealong.record import models
from ridealong.record.models import DealVersion
from ridealong.record.states import DealState
from ridealong.record.store import CHUNK

FIELDS = (
    "deal_id",
    "name",
    "company_id",
    "salesperson_id",
    "stage_id",
    "status",
    "amount",
    "currency",
    "close_date",
    "category",
    "next_step",
    "product",
    "lost_reason",
    "contacts",
    "created_at",
    "stage_since",
    "pushes",
    "valid_from",
    "valid_to",
)


@dataclass(frozen=True)
class Sight:
    """What may be seen: ``at`` a moment, as ``known`` at one (None: now), by whom.

    ``scope``: the members whose deals are seen; None for all.
    """

    at: datetime
    known: datetime | None
    scope: frozenset[int] | None

    @property
    def knowledge(self) -> Q:
        """The rows that were believed at ``known``; ``is_latest`` bare, for the partial index."""
        if self.known is None:
            return Q(is_latest=True)
        return Q(known_from__lte=self.known, known_to__gt=self.known)

    @property
    def seen(self) -> Q:
        """The deals of those in scope."""
        return Q() if self.scope is None else Q(salesperson_id__in=sorted(self.scope))

    def believed(self) -> QuerySet[DealVersion]:
        """Every version believed at ``known``, of every deal, whoever carries it."""
        return DealVersion.objects.filter(self.knowledge)

    def versions(self) -> QuerySet[DealVersion]:
        """The versions that hold at ``at`` and may be seen."""
        holding = Q(valid_from__lte=self.at, valid_to__gt=self.at)
        return self.believed().filter(holding, self.seen)


class Conversion:
    """The rate table at a moment: from any currency to the company's."""

    def __init__(self, currency: str, at: datetime) -> None:
        self.currency = currency
        self._rates: dict[str, Decimal] = {}
        # The latest rate that has begun; before the first one, the first one.
        for row in models.Rate.objects.order_by("currency", "valid_from"):
            if row.valid_from <= at or row.currency not in self._rates:
                self._rates[row.currency] = row.per_unit
        self._rates[currency] = Decimal(1)

    def rate(self, currency: str) -> Decimal | None:
        """Return what a unit of ``currency`` is worth, None when nobody said.

        An amount without a currency is in the company's.
        """
        return self._rates.get(currency or self.currency)

    def value(self, amount: Decimal | None, currency: str) -> Decimal | None:
        """Return ``amount`` in the company's currency, None without a rate.

        Not rounded, so that the sum of parts is the whole; faces round what they show.
        """
        rate = self.rate(currency)
        return None if amount is None or rate is None else amount * rate

    @property
    def rates(self) -> Mapping[str, Decimal]:
        """Every rate by its currency."""
        return self._rates


class Reader:
    """Turns rows into states, looking names up once for many rows."""

    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion

    @cached_property
    def members(self) -> dict[int, str]:
        """Names of members by number."""
        return dict(models.Member.objects.values_list("id", "name"))

    @cached_property
    def stages(self) -> dict[int, tuple[str, int]]:
        """Names and positions of stages by number."""
        rows = models.Stage.objects.values_list("id", "name", "position")
        return {number: (name, position) for number, name, position in rows}

    def states(self, rows: QuerySet[DealVersion]) -> list[DealState]:
        """Return the rows as states, in their order."""
        raw = list(rows.values_list(*FIELDS))
        companies = _named(models.Company.objects.all(), {r[2] for r in raw}, "name")
        keys = _named(models.Subject.objects.all(), {r[0] for r in raw}, "key")
        return [self._state(row, companies, keys) for row in raw]

    def _state(
        self, row: tuple[Any, ...], companies: Mapping[int, str], keys: Mapping[int, str]
    ) -> DealState:
        (deal, name, company, person, stage, status, hundredths, currency, close, *rest) = row
        category, next_step, product, reason, contacts, created, since, pushes, start, end = rest
        amount = None if hundredths is None else from_hundredths(hundredths)
        stage_name, position = self.stages.get(stage, ("", -1))
        return DealState(
            id=deal,
            key=keys[deal],
            name=name,
            company_id=company,
            company=companies.get(company, ""),
            salesperson_id=person,
            salesperson=self.members.get(person, ""),
            stage_id=stage,
            stage=stage_name,
            stage_position=position,
            status=status,
            amount=amount,
            currency=currency or self._conversion.currency,
            value=self._conversion.value(amount, currency),
            close_date=close,
            category=category,
            next_step=next_step,
            product=product,
            lost_reason=reason,
            contacts=dict(contacts or {}),
            created_at=created,
            stage_since=since,
            pushes=pushes,
            valid_from=start,
            valid_to=end,
        )


def chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Cut numbers into lists that fit one query."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _named(rows: QuerySet[Any], numbers: set[int | None], field: str) -> dict[int, str]:
    named: dict[int, str] = {}
    for chunk in chunks(number for number in numbers if number is not None):
        named.update(rows.filter(id__in=chunk).values_list("id", field))
    return named

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
    "deal__key",
    "name",
    "company_id",
    "company__name",
    "salesperson_id",
    "salesperson__name",
    "stage_id",
    "stage__name",
    "stage__position",
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
        self._at = at

    @cached_property
    def _rates(self) -> dict[str, Decimal]:
        """Read where another currency comes up, and only then."""
        found: dict[str, Decimal] = {}
        # The latest rate that has begun; before the first one, the first one.
        for row in models.Rate.objects.order_by("currency", "valid_from"):
            if row.valid_from <= self._at or row.currency not in found:
                found[row.currency] = row.per_unit
        return {**found, self.currency: Decimal(1)}

    def rate(self, currency: str) -> Decimal | None:
        """Return what a unit of ``currency`` is worth, None when nobody said.

        An amount without a currency is in the company's.
        """
        if currency in {"", self.currency}:
            return Decimal(1)
        return self._rates.get(currency)

    def value(self, amount: Decimal | None, currency: str) -> Decimal | None:
        """Return ``amount`` in the company's currency, None without a rate.

        Not rounded, so that the sum of parts is the whole; faces round what they show.
        """
        rate = self.rate(currency)
        return None if amount is None or rate is None else amount * rate

    def stored(
        self, hundredths: int | None, currency: str
    ) -> tuple[Decimal | None, Decimal | None]:
        """Return a stored amount in its own currency, and in the company's as ``value`` does."""
        amount = None if hundredths is None else from_hundredths(hundredths)
        return amount, self.value(amount, currency)

    @property
    def rates(self) -> Mapping[str, Decimal]:
        """Every rate by its currency."""
        return self._rates


def states(rows: QuerySet[DealVersion], conversion: Conversion) -> list[DealState]:
    """Return the rows as states, in their order."""
    return [_state(row, conversion) for row in rows.values_list(*FIELDS).iterator(chunk_size=2000)]


def _state(row: tuple[Any, ...], conversion: Conversion) -> DealState:
    (deal, key, name, company, company_name, person, person_name, stage, stage_name, *rest) = row
    (position, status, hundredths, currency, close, category, next_step, *rest) = rest
    product, reason, contacts, created, since, pushes, start, end = rest
    amount, value = conversion.stored(hundredths, currency)
    return DealState(
        id=deal,
        key=key,
        name=name,
        company_id=company,
        company=company_name or "",
        salesperson_id=person,
        salesperson=person_name or "",
        stage_id=stage,
        stage=stage_name or "",
        stage_position=-1 if position is None else position,
        status=status,
        amount=amount,
        currency=currency or conversion.currency,
        value=value,
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

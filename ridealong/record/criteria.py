"""Narrowing and ordering the open deals, in the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Case, DecimalField, F, Q, QuerySet, Value, When
from django.db.models.expressions import Exists, OrderBy, OuterRef

from ridealong.record import finding, noticed
from ridealong.record.live import Conversion, Sight
from ridealong.record.models import Activity, DealVersion
from ridealong.record.states import Member

DECLINED = Q(kind="meeting", done=False, people__isnull=False)
"""Of a meeting in a calendar; what a CRM says is not done yet names no people, and is planned."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """Which open deals. A field that is None (or empty) does not narrow.

    ``salespeople``, ``stages``: numbers, None among them for "without". ``closes``: first and last
    day. ``undated``: no close date. ``overdue_on``: closes before that day. ``quiet_since``: no
    contact with the buyer at or after it, in a deal at least as old. ``no_next_step``: neither a
    next step nor a planned activity. ``signal``: a rule's name, or "any": one that stands.
    ``among``: the numbers of the deals.
    """

    text: str = ""
    salespeople: frozenset[int | None] | None = None
    stages: frozenset[int | None] | None = None
    categories: frozenset[str] | None = None
    company: int | None = None
    closes: tuple[date, date] | None = None
    undated: bool = False
    overdue_on: date | None = None
    quiet_since: datetime | None = None
    no_next_step: bool = False
    signal: str = ""
    among: frozenset[int | None] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """By which column; deals without it come last either way.

    One of value, name, company, salesperson, stage, close_date, created_at, stage_since, pushes,
    category.
    """

    column: str
    descending: bool = field(default=False)


def narrowed(
    rows: QuerySet[DealVersion], criteria: Criteria, sight: Sight, viewer: Member | None
) -> QuerySet[DealVersion]:
    """Return those rows that meet the criteria, as that member sees it."""
    c = criteria
    for column, numbers in (
        ("salesperson_id", c.salespeople),
        ("stage_id", c.stages),
        ("deal_id", c.among),
    ):
        if numbers is not None:
            rows = rows.filter(_one_of(column, numbers))
    if c.text:
        rows = rows.filter(finding.with_words("deal_id", c.text))
    if c.categories is not None:
        rows = rows.filter(category__in=sorted(c.categories))
    if c.company is not None:
        rows = rows.filter(company_id=c.company)
    if c.closes is not None:
        rows = rows.filter(close_date__range=c.closes)
    if c.undated:
        rows = rows.filter(close_date__isnull=True)
    if c.overdue_on is not None:
        rows = rows.filter(close_date__lt=c.overdue_on)
    if c.quiet_since is not None:
        contact = happened(sight).filter(two_way=True, at__gte=c.quiet_since)
        rows = rows.filter(~Exists(contact), created_at__lt=c.quiet_since)
    if c.no_next_step:
        rows = rows.filter(~Exists(planned(sight)), next_step="")
    if c.signal:
        rows = rows.filter(deal_id__in=noticed.deals_with(sight, viewer, c.signal))
    return rows


def _one_of(column: str, numbers: frozenset[int | None]) -> Q:
    present = Q(**{f"{column}__in": sorted(n for n in numbers if n is not None)})
    return present | Q(**{f"{column}__isnull": True}) if None in numbers else present


def happened(sight: Sight) -> QuerySet[Activity]:
    """Return the activities up to the moment, of the outer query's deal."""
    return Activity.objects.filter(sight.knowledge, deal_id=OuterRef("deal_id"), at__lte=sight.at)


def planned(sight: Sight) -> QuerySet[Activity]:
    """Return what lay ahead at the moment and was known then, of the outer query's deal.

    Known *then*: that a meeting came about later does not mean that it was planned. One that the
    buyer has declined is none, nor is a talk of colleagues.
    """
    return Activity.objects.filter(
        sight.knowledge,
        deal_id=OuterRef("deal_id"),
        at__gt=sight.at,
        known_from__lte=sight.at,
        among_us=False,
    ).exclude(DECLINED)


def ordered(
    rows: QuerySet[DealVersion], order: Order, conversion: Conversion
) -> QuerySet[DealVersion]:
    """Return rows in order; the deal's number decides between equals.

    Raises ``ValueError`` for a column that nothing is ordered by.
    """
    if order.column == "value":
        expression: object = worth(conversion)
    elif order.column in NAMED:
        expression = F(NAMED[order.column])
    elif order.column in PLAIN:
        expression = F(order.column)
    else:
        raise ValueError(f"deals are not ordered by {order.column!r}")
    return rows.annotate(sorted_by=expression).order_by(
        OrderBy(F("sorted_by"), descending=order.descending, nulls_last=True), "deal_id"
    )


PLAIN = {"name", "close_date", "created_at", "stage_since", "pushes", "category"}
NAMED = {
    "company": "company__name",
    "salesperson": "salesperson__name",
    "stage": "stage__position",
}


def worth(conversion: Conversion) -> Case:
    """The amount in the company's currency; null where it has no amount or no rate."""
    whole = DecimalField(max_digits=38, decimal_places=10)
    rates = {**conversion.rates, "": conversion.rates[conversion.currency]}
    return Case(
        *(
            When(currency=name, then=F("amount") * Value(rate, output_field=whole))
            for name, rate in rates.items()
        ),
        output_field=whole,
    )

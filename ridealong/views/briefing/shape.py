"""The brief as JSON: the shape that commands print and the API will serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ridealong.record.states import DealState
from ridealong.views.briefing.figures import Brief, Changed, Listed
from ridealong.views.inspection import Change, Figure, Group

CENT = Decimal("0.01")
DEAL_FIELDS = (
    "id",
    "name",
    "company",
    "salesperson",
    "stage",
    "status",
    "amount",
    "currency",
    "value",
    "close_date",
    "category",
    "next_step",
)
"""What ``deal_shape`` says of a deal, in its order."""


def number(amount: Decimal | None) -> float | int | None:
    """Return an amount as a JSON number with at most two decimals."""
    if amount is None:
        return None
    rounded = amount.quantize(CENT)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def brief_shape(brief: Brief) -> dict[str, Any]:
    """Return the whole brief: amounts in ``currency``, moments and days in ISO 8601."""
    return {
        "at": brief.at.isoformat(),
        "since": brief.since.isoformat(),
        "known": brief.known.isoformat(),
        "organisation": brief.organisation,
        "currency": brief.currency,
        "headline": list(brief.headline),
        "open": figure_shape(brief.open),
        "by_salesperson": groups_shape(brief.by_salesperson),
        "by_stage": groups_shape(brief.by_stage),
        "closing": {
            "this_week": _listed(brief.this_week),
            "this_month": _listed(brief.this_month),
        },
        "changes": {kind: _changed(changed) for kind, changed in brief.changes.items()},
        "biggest": [deal_shape(row.deal) for row in brief.biggest],
        "attention": {
            "no_next_step": _listed(brief.no_next_step),
            "quiet": _listed(brief.quiet),
            "overdue": _listed(brief.overdue),
        },
        "currencies_without_rate": list(brief.missing_rates),
    }


def figure_shape(figure: Figure) -> dict[str, Any]:
    """Return a figure's count and amount."""
    shape: dict[str, Any] = {"count": figure.count, "amount": number(figure.amount)}
    if figure.unconverted:
        shape["unconverted"] = figure.unconverted
    return shape


def groups_shape(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Return groups with their names."""
    return [{"name": group.name, **figure_shape(group.figure)} for group in groups]


def deal_shape(deal: DealState) -> dict[str, Any]:
    """Return a deal; ``amount`` in its own ``currency``, ``value`` in the company's."""
    return {
        "id": deal.key,
        "name": deal.name,
        "company": deal.company,
        "salesperson": deal.salesperson,
        "stage": deal.stage,
        "status": deal.status,
        "amount": number(deal.amount),
        "currency": deal.currency,
        "value": number(deal.value),
        "close_date": deal.close_date.isoformat() if deal.close_date else None,
        "category": deal.category or None,
        "next_step": deal.next_step or None,
    }


def change_shape(change: Change) -> dict[str, Any]:
    """Return the deal with what was before and after."""
    return {
        **deal_shape(change.deal),
        "before": _plain(change.before),
        "after": _plain(change.after),
    }


def _plain(value: str | Decimal | date | None) -> Any:
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else value


def _listed(listed: Listed) -> dict[str, Any]:
    return {
        **figure_shape(listed.figure),
        "deals": [deal_shape(row.deal) for row in listed.deals],
    }


def _changed(changed: Changed) -> dict[str, Any]:
    return {
        **figure_shape(changed.figure),
        "deals": [change_shape(change) for change in changed.changes],
    }

"""Deals, figures and stories as JSON: the shapes that commands print and the API serves.

Amounts are numbers with at most two decimals; moments and days are ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ridealong.record.states import DealState
from ridealong.views.inspection.figures import (
    Change,
    DealStory,
    Figure,
    Group,
    Inspection,
    StoryEntry,
)

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


def inspection_shape(seen: Inspection) -> dict[str, Any]:
    """Return the pipeline: its figures, and the deals of the page that was read."""
    return {
        "at": seen.at.isoformat(),
        "since": seen.since.isoformat(),
        "currency": seen.currency,
        "open": figure_shape(seen.total),
        "groups": groups_shape(seen.groups),
        "changes": {kind: figure_shape(figure) for kind, figure in seen.changes.items()},
        "deals": [
            {
                **deal_shape(row.deal),
                "changes": [_change(change) for change in row.changes],
            }
            for row in seen.rows
        ],
        "currencies_without_rate": list(seen.missing_rates),
    }


def _change(change: Change) -> dict[str, Any]:
    whole = change_shape(change)
    return {"kind": change.kind, "before": whole["before"], "after": whole["after"]}


def story_shape(story: DealStory) -> dict[str, Any]:
    """Return the deal's story as JSON values."""
    return {
        "at": story.at.isoformat(),
        "deal": deal_shape(story.deal),
        "lines": list(story.lines),
        "missing": list(story.missing),
        "people": [
            {
                "name": person.contact.name,
                "email": person.contact.email,
                "role": person.contact.role,
                "title": person.contact.title,
                "last_contact": _iso(person.last_contact),
            }
            for person in story.people
        ],
        "planned": [_entry(entry) for entry in story.planned],
        "story": [_entry(entry) for entry in story.story],
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def _entry(entry: StoryEntry) -> dict[str, Any]:
    shaped: dict[str, Any] = {"at": entry.at.isoformat()}
    if entry.activity:
        activity = entry.activity
        return shaped | {
            "activity": activity.kind,
            "direction": activity.direction,
            "title": activity.title,
            "member": activity.member,
        }
    return shaped | {
        "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in entry.changes]
    }

"""The brief as JSON: the shape that commands print and the API serves."""

from __future__ import annotations

from typing import Any

from ridealong.views.briefing.figures import Agreed, Brief, Changed, Listed
from ridealong.views.inspection import change_shape, deal_shape, figure_shape, groups_shape


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
            "no_next_step": _risk(brief, brief.no_next_step),
            "quiet": _risk(brief, brief.quiet),
            "overdue": _risk(brief, brief.overdue),
        },
        "currencies_without_rate": list(brief.missing_rates),
    }


def _risk(brief: Brief, listed: Listed) -> dict[str, Any]:
    """Deals at risk, each with what leader and salesperson agreed about it."""
    return {
        **figure_shape(listed.figure),
        "deals": [
            {**deal_shape(row.deal), "agreed": _agreed(brief.agreed_on(row.deal.id))}
            for row in listed.deals
        ],
    }


def _agreed(agreed: Agreed | None) -> dict[str, Any] | None:
    if agreed is None:
        return None
    return {
        "text": agreed.text,
        "leader": agreed.leader,
        "at": agreed.at.isoformat(),
        "due": agreed.due.isoformat() if agreed.due else None,
        "outcome": agreed.outcome,
        "overdue": agreed.overdue,
    }


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

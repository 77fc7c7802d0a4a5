"""The brief as JSON: the shape that commands print and the API serves."""

from __future__ import annotations

from typing import Any

from ridealong.views import forecasting
from ridealong.views.briefing.figures import (
    Agreed,
    Brief,
    Call,
    Came,
    Changed,
    Entry,
    Landing,
    Listed,
    Owed,
)
from ridealong.views.inspection import change_shape, deal_shape, figure_shape, groups_shape, number


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
        "landing": [_landing(each) for each in brief.landings],
        "hot": [_entry(each) for each in brief.hot],
        "risks": [_entry(each) for each in brief.risks],
        "unlisted": brief.unlisted,
        "help_wanted": [
            {**deal_shape(each.deal), "help": each.text, "leader": each.leader}
            for each in brief.help
        ],
        "promises": [_owed(each) for each in brief.owed],
        "came": _came(brief.came) if brief.came else None,
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


def _landing(landing: Landing) -> dict[str, Any]:
    likely = landing.range
    return {
        "span": landing.span,
        "period": landing.period,
        "won": figure_shape(landing.won),
        "due": figure_shape(landing.due),
        "range": forecasting.range_shape(likely) if likely else None,
        "range_held": likely.held if likely and likely.held else None,
        "no_range": landing.why_none or None,
        "called": [_call(each) for each in landing.calls],
    }


def _call(call: Call) -> dict[str, Any]:
    return {
        "member": call.member,
        "at": call.at.isoformat(),
        "amount": number(call.amount),
        "note": call.note or None,
        "earlier": [
            {"at": at.isoformat(), "amount": number(amount)} for at, amount in call.earlier
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **deal_shape(entry.deal),
        "why": list(entry.why),
        "doing": list(entry.doing),
        "changed": list(entry.changed),
        "remark": entry.remark or None,
    }


def _owed(owed: Owed) -> dict[str, Any]:
    return {
        "kind": owed.kind,
        "text": owed.text,
        "leader": owed.leader,
        "at": owed.made_at.isoformat(),
        "due": owed.due.isoformat() if owed.due else None,
        "state": owed.state,
        "answer": owed.answer or None,
        "deal": owed.deal or None,
    }


def _came(came: Came) -> dict[str, Any]:
    return {
        "at": came.at.isoformat(),
        "said": number(came.said),
        "won": number(came.won),
        "deals": [
            {**deal_shape(each.then), "became": each.became, "words": each.words}
            for each in came.outcomes
        ],
        "called": [
            {
                "period": each.title,
                "member": each.call.member,
                "amount": number(each.call.amount),
                "won": number(each.came),
                "over": each.over,
            }
            for each in came.calls
        ],
        "promises": [_owed(each) for each in came.owed],
    }

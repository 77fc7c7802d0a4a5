"""Coaching as plain JSON: what commands print and the API serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.coaching.following import Followed, GuidanceCount
from ridealong.views.coaching.ledger import Cadence, Ledger


def ledgers_shape(pipe: Pipeline, ledgers: Iterable[Ledger]) -> dict[str, Any]:
    """Return ledgers as JSON: times ISO 8601, days ISO, shares from 0 to 1.

    ``salespeople``: one entry for each leader and each of those below them.
    """
    made = list(ledgers)
    numbers = {deal for each in made for person in each.people for deal in person.deals}
    deals = {deal.id: deal for deal in pipe.deals_numbered(sorted(numbers))}
    return {
        "at": pipe.at.isoformat(),
        "known": pipe.known.isoformat() if pipe.known else None,
        "since": min((each.since for each in made), default=pipe.at).isoformat(),
        "salespeople": [cadence_shape(person, deals) for each in made for person in each.people],
    }


def cadence_shape(cadence: Cadence, deals: Mapping[int, DealState]) -> dict[str, Any]:
    """Return a leader and one of those below them; ``deals``: by number, those in sight."""
    return {
        "leader": cadence.leader.email,
        "leader_name": cadence.leader.name,
        "salesperson": cadence.member.email,
        "name": cadence.member.name,
        "last_spoken": cadence.last_spoken.isoformat() if cadence.last_spoken else None,
        "days_since": cadence.days_since,
        "weeks": [monday.isoformat() for monday in cadence.weeks],
        "per_week": list(cadence.per_week),
        "talks": len(cadence.talks),
        "nature": {name: round(share, 4) for name, share in cadence.nature.items()},
        "nature_known_of": cadence.read,
        "deals_discussed": [
            {"id": deals[number].key, "name": deals[number].name, "talks": count}
            for number, count in cadence.deals.items()
            if number in deals
        ],
        "guidance": guidance_shape(cadence.counted),
    }


def guidance_shape(count: GuidanceCount) -> dict[str, int]:
    """Return how much guidance was given, by what became of it."""
    return {
        "given": count.given,
        "followed": count.followed,
        "not_followed": count.not_followed,
        "overtaken": count.overtaken,
        "open": count.open,
        "confirmed": count.confirmed,
    }


def followed_shape(outcome: Followed) -> dict[str, Any]:
    """Return one guidance and what became of it."""
    given = outcome.given
    return {
        "id": given.key,
        "at": given.at.isoformat(),
        "text": given.text,
        "due": given.due.isoformat() if given.due else None,
        "deal": outcome.deal.key if outcome.deal else None,
        "outcome": outcome.outcome,
        "stated": outcome.stated,
        "overdue": outcome.overdue,
        "since_then": outcome.since_then,
        "evidence": [
            {"at": each.at.isoformat(), "words": each.words, "activity": each.activity or None}
            for each in outcome.evidence
        ],
    }

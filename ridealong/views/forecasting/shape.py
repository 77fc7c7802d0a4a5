"""A deal's odds and heat as JSON: what commands print and the API serves."""

from __future__ import annotations

from typing import Any

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.forecasting.evidence import Evidence, evidence_of
from ridealong.views.forecasting.heat import Heats, heats
from ridealong.views.forecasting.odds import Odds
from ridealong.views.inspection import DealStory
from ridealong.views.inspection.figures import StoryEntry

BESIDE = ("week", "quarter", "ever")
"""By when a deal's odds are told, beside the month."""


def deal_odds(pipe: Pipeline, deal: DealState) -> Heats:
    """Return one deal's heat by the end of the month, and its odds by week, quarter and ever."""
    return heats(pipe, [deal.id], beside=BESIDE)


def because(told: Heats, story: DealStory) -> tuple[Evidence, ...]:
    """Return the reasons of a deal's heat, each with what of its story shows it."""
    heat = told.heats.get(story.deal.id)
    whole = [*story.planned, *story.story]
    found = heat.odds.reasons if heat else ()
    return tuple(evidence_of(story.deal, whole, reason) for reason in found)


def odds_shape(told: Heats, story: DealStory) -> dict[str, Any]:
    """Return a deal's odds; ``problem``: why there are none."""
    heat = told.heats.get(story.deal.id)
    if heat is None:
        closed = story.deal.status != "open"
        not_open = "It is closed." if closed else "The record did not show it open at that moment."
        return {"problem": not_open if closed else told.book.problem or not_open}
    return {
        "problem": None,
        "heat": heat.level,
        "usual": round(heat.usual, 5),
        "by": _by(told, story.deal.id),
        "reasons": [_reason(each) for each in because(told, story)],
        "told": list(told.book.told),
    }


def _by(told: Heats, deal: int) -> dict[str, Any]:
    return {name: _odds(odds) for name, odds in told.book.odds[deal].items()}


def _odds(odds: Odds) -> dict[str, Any]:
    return {
        "until": odds.horizon.until.isoformat(),
        "p_won": round(odds.won, 5),
        "p_lost": round(odds.lost, 5),
        "p_open": round(odds.open, 5),
        "p_won_low": round(odds.low, 5),
        "p_won_high": round(odds.high, 5),
        "p_won_week_before": None if odds.before is None else round(odds.before, 5),
    }


def _reason(one: Evidence) -> dict[str, Any]:
    return {
        "about": one.reason.about,
        "text": one.reason.text,
        "times": round(one.reason.times, 2),
        "evidence": [_entry(entry) for entry in one.entries],
    }


def _entry(entry: StoryEntry) -> dict[str, Any]:
    if entry.activity is not None:
        return {"at": entry.at.isoformat(), "activity": entry.activity.key}
    return {"at": entry.at.isoformat(), "fields": [change.field for change in entry.changes]}

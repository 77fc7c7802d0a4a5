"""The view of leaders as plain JSON: what the command prints and the API serves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ridealong.insight.ratios import Ratio
from ridealong.views.briefing import Accuracy
from ridealong.views.leadership.figures import Figure, Leading, Scramble, Sentence
from ridealong.views.leadership.leadership import Overview
from ridealong.views.leadership.saying import lacking_words
from ridealong.views.signals import Pace


def overview_shape(seen: Overview) -> dict[str, Any]:
    """Return every leader in sight; times ISO 8601, shares from 0 to 1, intervals with 95%."""
    return {
        "at": seen.at.isoformat(),
        "differ": [each.words for each in seen.differ],
        "tried": seen.tried,
        "leaders": [leading_shape(each) for each in seen.leaders],
    }


def leading_shape(one: Leading) -> dict[str, Any]:
    """Return one leader over twelve weeks."""
    return {
        "leader": one.leader.email,
        "name": one.leader.name,
        "at": one.at.isoformat(),
        "since": one.since.isoformat(),
        "sentences": _sentences(one.sentences),
        "tried": one.tried,
        "people": [
            {
                "salesperson": each.member.email,
                "last_spoken": each.last_spoken.isoformat() if each.last_spoken else None,
                "days_since": each.days_since,
                "talks": len(each.talks),
            }
            for each in one.people
        ],
        "talks": one.talks,
        "nature_known_of": one.read,
        "nature": {name: round(share, 4) for name, share in one.nature.items()},
        "figures": {each.kind.name: _figure(each) for each in one.figures},
        "noticed": _pace(one.noticed),
        "acted": _pace(one.acted),
        "deals_with_guidance_followed": dict(one.came),
        "numbers": [_numbers(each) for each in one.numbers],
        "recall": {
            "share": one.recall.share if one.recall.answers else None,
            "low": one.recall.low if one.recall.answers else None,
            "high": one.recall.high if one.recall.answers else None,
            "before": one.recall_before,
            "deals_asked_about": one.recall.asked,
            "deals": one.recall.count,
            "answers": one.recall.answers,
        },
        "scramble": _scramble(one.scramble),
    }


def _sentences(found: Iterable[Sentence]) -> list[dict[str, Any]]:
    return [
        {
            "figure": s.figure,
            "words": s.words,
            "to_do": s.to_do,
            "good": s.good,
            "chance": s.chance,
        }
        for s in found
    ]


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "title": one.kind.title,
        "sort": one.kind.sort,
        "counted": round(one.hits, 4),
        "of": round(one.of, 4),
        "now": _ratio(one.now),
        "before": _ratio(one.before),
        "level": one.level,
        "lacking": lacking_words(one) or None,
        "evidence": [
            {
                "at": each.at.isoformat() if each.at else None,
                "words": each.words,
                "counted": each.hit,
                "of": each.of,
                each.where or "none": each.key or None,
            }
            for each in one.counted
        ],
    }


def _ratio(one: Ratio | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"value": one.value, "low": one.low, "high": one.high, "count": one.count}


def _pace(pace: Pace) -> dict[str, Any]:
    hours = None if pace.median is None else round(pace.median.total_seconds() / 3600, 1)
    return {"count": pace.count, "median_hours": hours}


def _numbers(one: Accuracy) -> dict[str, Any]:
    return {
        "span": one.span,
        "error": one.error,
        "bias": one.bias,
        "low": one.low,
        "high": one.high,
        "past": [
            {
                "period": each.period,
                "called_at": each.at.isoformat(),
                "called": str(each.called),
                "came": str(each.came),
            }
            for each in one.past
        ],
    }


def _scramble(one: Scramble) -> dict[str, Any]:
    return {
        "call": one.call,
        "expected": one.expected,
        "left_out": one.left_out,
        "weeks": [
            {
                "call": each.call.isoformat(),
                "edits": each.edits,
                "before_the_call": each.crowded,
                "low": each.low,
                "high": each.high,
            }
            for each in one.weeks
        ],
    }

"""What was said as plain JSON: what commands print and the API serves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ridealong.views.inspection import number
from ridealong.views.said.reading import Course, Landed, Said, Stood

if TYPE_CHECKING:
    from ridealong.views.said.judging import Accuracy


def said_shape(said: Said) -> dict[str, Any]:
    """Return what was said at a moment, beside what came: odds from 0 to 1, deals by their ids."""
    return {
        "at": said.at.isoformat(),
        "begun": _moment(said.begun),
        "odds_said_at": _moment(said.odds_at),
        "ranges_said_at": _moment(said.ranges_at),
        "insights_said_at": _moment(said.claims_at),
        "horizons": {name: until.isoformat() for name, until in said.horizons},
        "count": said.count,
        "page": said.page,
        "pages": said.pages,
        "deals": [
            {
                "id": each.deal.key,
                "name": each.deal.name,
                "p_won": dict(each.won) or None,
                "came": each.came or None,
                "came_at": _moment(each.came_at),
            }
            for each in said.deals
        ],
        "ranges": [_landed(each) for each in said.ranges],
        "insights": [_stood(each) for each in said.claims],
    }


def course_shape(course: Course) -> dict[str, Any]:
    """Return what was said about one deal over time."""
    return {
        "id": course.deal.key,
        "name": course.deal.name,
        "begun": _moment(course.begun),
        "said": [{"at": each.at.isoformat(), "p_won": dict(each.won)} for each in course.points],
    }


def accuracy_shape(found: Accuracy) -> dict[str, Any]:
    """Return how near what was said came."""
    return {
        "begun": _moment(found.begun),
        "mornings": found.mornings,
        "odds": [
            {
                "horizon": each.name,
                "lacking": each.lacking or None,
                "measures": None if each.measures is None else asdict(each.measures),
            }
            for each in found.horizons
        ],
        "ranges": [
            {
                "span": each.span,
                "ranges": [_landed(one) for one in each.ranges],
                "inside": each.inside,
                "share": each.share,
                "interval": None if each.share is None else [each.low, each.high],
                "lacking": each.lacking or None,
            }
            for each in found.ranges
        ],
        "insights": {
            "since": _moment(found.claims.since),
            "said": found.claims.claims,
            "still": found.claims.still,
        },
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _landed(each: Landed) -> dict[str, Any]:
    return {
        "period": each.period,
        "member": each.member or None,
        "p10": number(each.low),
        "p50": number(each.middle),
        "p90": number(each.high),
        "came": number(each.came),
        "over": each.over,
        "inside": each.inside if each.over else None,
    }


def _stood(each: Stood) -> dict[str, Any]:
    return {
        "said_at": each.at.isoformat(),
        "still": each.still,
        **each.body,
        "deals_not_in_sight": each.unseen,
    }

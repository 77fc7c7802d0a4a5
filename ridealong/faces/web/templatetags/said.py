"""How what was said is worded and drawn on pages."""

from __future__ import annotations

from typing import Any

from django import template

from ridealong.views.inspection.wording import day
from ridealong.views.said import Course, Landed

register = template.Library()

HORIZON_WORDS = {
    "7d": "within 7 days",
    "month": "by the end of the month",
    "30d": "within 30 days",
    "quarter": "by the end of the quarter",
    "90d": "within 90 days",
    "ever": "ever",
}
_WIDE, _HIGH, _ROOM = 280, 56, 3
DRAWN = "90d"


@register.filter
def horizon_words(name: str) -> str:
    """Return a horizon as a person says it."""
    return HORIZON_WORDS.get(name, name)


@register.filter
def odds(share: object) -> str:
    """Return odds in whole percent, never surer than they are; a dash for none."""
    if not isinstance(share, float):
        return "–"
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


@register.filter
def points(share: float) -> str:
    """Return a share in points, to a tenth."""
    return f"{share * 100:.1f}"


@register.filter
def landing_words(one: Landed) -> str:
    """Say where what came lies."""
    if not one.over:
        return "so far"
    return "inside" if one.inside else "above it" if one.came > one.high else "below it"


@register.inclusion_tag("said/line.html")
def said_line(course: Course, zone: Any) -> dict[str, Any]:
    """Draw what was said over twelve weeks, as steps: it held until something else was said."""
    points = [(max(each.at, course.since), each.won.get(DRAWN)) for each in course.points]
    known = [(at, won) for at, won in points if won is not None]
    if not known:
        return {}
    most = max(0.1, *(won for _, won in known))
    top = min(1.0, (int(most * 10 - 1e-9) + 1) / 10)
    length = (course.until - course.since).total_seconds()

    def across(at: Any) -> str:
        share = (at - course.since).total_seconds() / length
        return f"{_ROOM + share * (_WIDE - 2 * _ROOM):.1f}"

    def down(won: float) -> str:
        return f"{_HIGH - _ROOM - won / top * (_HIGH - 2 * _ROOM):.1f}"

    steps = [f"M{across(known[0][0])} {down(known[0][1])}"]
    steps += [f"H{across(at)}V{down(won)}" for at, won in known[1:]]
    end = min(course.ended or course.until, course.until)
    return {
        "path": "".join([*steps, f"H{across(end)}"]),
        "wide": _WIDE,
        "high": _HIGH,
        "top": top,
        "x": across(end),
        "y": down(known[-1][1]),
        "first": known[0][1],
        "last": known[-1][1],
        "begins": day(course.since.astimezone(zone).date()),
    }

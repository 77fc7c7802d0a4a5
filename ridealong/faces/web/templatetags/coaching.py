"""How talks, their nature and figures of persons are drawn and worded on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from ridealong.views.coaching import Cadence, Measure
from ridealong.views.inspection.wording import day

register = template.Library()

KINDS = {
    "one_on_one": "1:1",
    "deal_review": "Deal review",
    "call_review": "Call review",
    "ride_along": "Ride-along",
    "ad_hoc": "Ad hoc",
    "team": "Several at once",
}
COLLECTING = frozenset({"status_check", "forecast_review", "pipeline_review"})
AROUND = frozenset({"help_request", "recognition", "personal"})
_BAR, _GAP, _HIGH = 14, 4, 40
_FULL = 4
"""So many talks in a week fill its bar."""
_WIDE = 240
OUTCOMES = {"not_followed": "not followed"}


@register.filter
def talk_kind(name: str) -> str:
    """Return what a kind of conversation is called."""
    return KINDS.get(name, "Conversation")


@register.filter
def by_share(nature: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return natures with their shares, the largest first."""
    return sorted(nature.items(), key=lambda item: (-item[1], item[0]))


@register.filter
def days_ago(days: int | None) -> str:
    """Say how many days of the calendar ago something was."""
    if days is None:
        return "never"
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


@register.filter
def nature_tone(name: str) -> str:
    """Return how a nature is coloured: collecting what is known, leading, or around it."""
    if name in COLLECTING:
        return "collecting"
    return "around" if name in AROUND else "leading"


@register.inclusion_tag("parts/strip.html")
def strip(cadence: Cadence, address: str = "", *, linked: bool = True) -> dict[str, Any]:
    """Draw the talks of each of the twelve weeks, alike for everybody.

    ``linked``: each bar leads to its week's talks.
    """
    bars = [
        {
            "x": number * (_BAR + _GAP),
            "y": _HIGH - (height := max(2, round(min(count / _FULL, 1) * _HIGH))),
            "height": height,
            "count": count,
            "monday": monday,
            "words": f"week from {day(monday)}: {count or 'no'} talk{'' if count == 1 else 's'}",
        }
        for number, (monday, count) in enumerate(zip(cadence.weeks, cadence.per_week, strict=True))
    ]
    total = sum(cadence.per_week)
    return {
        "bars": bars,
        "address": address,
        "width": len(bars) * (_BAR + _GAP) - _GAP,
        "bar": _BAR,
        "high": _HIGH,
        "total": total,
        "linked": linked,
        "name": cadence.member.name,
    }


@register.inclusion_tag("parts/nature.html")
def nature_bar(
    nature: Mapping[str, float],
    address: str = "",
    *,
    named: bool | None = True,
    linked: bool = True,
) -> dict[str, Any]:
    """Draw shares of natures as one bar.

    ``named``: True names each, leading to its talks where ``linked``; False the largest; None none.
    """
    left = 0.0
    parts = []
    for name, share in by_share(nature):
        width = share * _WIDE
        parts.append({"name": name, "share": share, "x": f"{left:.1f}", "width": f"{width:.1f}"})
        left += width
    return {"parts": parts, "wide": _WIDE, "address": address, "named": named, "linked": linked}


@register.inclusion_tag("parts/interval.html")
def interval(measure: Measure) -> dict[str, Any]:
    """Draw where a figure likely is, and where the team's is."""
    estimate = measure.estimate
    if estimate is None or measure.team is None:
        return {}
    most = 1.0 if measure.kind.unit == "share" else max(estimate.high, measure.team) * 1.15

    def at(value: float) -> str:
        return f"{min(value / most, 1) * (_WIDE - 8) + 4:.1f}"

    return {
        "wide": _WIDE,
        "low": at(estimate.low),
        "high": at(estimate.high),
        "value": at(estimate.value),
        "team": at(measure.team),
    }


@register.simple_tag
def figure(value: float | None, unit: str) -> str:
    """Return a figure as it is said."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value:.0%}"
    if unit == "days":
        return f"{value:.0f} days" if value >= 2 else f"{value:.1f} days"
    return f"{value:.1f}"


@register.filter
def outcome(name: str) -> str:
    """Return what became of guidance, in words."""
    return OUTCOMES.get(name, name)


@register.filter
def outcome_tone(name: str) -> str:
    """Return how it is coloured."""
    return {"followed": "good", "not_followed": "bad"}.get(name, "plain")

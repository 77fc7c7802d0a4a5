"""How figures of leaders are drawn and worded on pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from ridealong.views.inspection.wording import day
from ridealong.views.leadership import CallWeek, Counted, Figure, value_words

register = template.Library()

_WIDE, _HIGH = 200, 72
_BAR, _GAP = 22, 6


@register.filter
def ratio_value(figure: Figure, which: str) -> str:
    """Return a figure's value now or before, as it is said; a dash where it is too little."""
    found = figure.now if which == "now" else figure.before
    return value_words(figure.kind, found.value) if found else "–"


@register.filter
def as_counted(figure: Figure) -> str:
    """Say what was counted, where that is a number of things."""
    if figure.kind.name in {"depth", "collecting"}:
        count = len(figure.counted)
        return f"{count} {'deal' if figure.kind.name == 'depth' else 'talk'}{'s'[: count != 1]}"
    if figure.kind.sort == "rate":
        return f"{figure.hits:.0f} in twelve weeks"
    return f"{figure.hits:.0f} of {figure.of:.0f}"


@register.filter
def tone(figure: Figure) -> str:
    """Return whether a figure is surely on one side of its level: good, bad, or neither."""
    if figure.now is None or figure.level is None:
        return ""
    if figure.now.low <= figure.level <= figure.now.high:
        return ""
    return "good" if (figure.now.value - figure.level) * figure.kind.better > 0 else "bad"


@register.inclusion_tag("leadership/ratio.html")
def ratio_bar(figure: Figure) -> dict[str, Any]:
    """Draw where a figure likely is; the upright marks are the past and the level."""
    now = figure.now
    if now is None:
        return {}
    most = 1.0 if figure.kind.sort == "share" else max(3.0, now.value * 1.5)

    def at(value: float) -> str:
        return f"{min(value / most, 1) * (_WIDE - 8) + 4:.1f}"

    return {
        "wide": _WIDE,
        "low": at(now.low),
        "high": at(now.high),
        "value": at(now.value),
        "before": at(figure.before.value) if figure.before else "",
        "level": at(figure.level) if figure.level is not None else "",
        "tone": tone(figure),
    }


@register.inclusion_tag("leadership/chart.html")
def crowding(weeks: tuple[CallWeek, ...], name: str) -> dict[str, Any]:
    """Draw the edits of each week, and of them those in the 24 hours before its call."""
    most = max([week.edits for week in weeks], default=0) or 1
    bars = []
    for number, week in enumerate(weeks):
        high = round(week.edits / most * _HIGH)
        part = round(week.crowded / most * _HIGH)
        said = f"{week.crowded} of {week.edits} edits in the 24 hours before the call"
        share = "" if week.share is None else f", {week.share:.0%}"
        bars.append(
            {
                "x": number * (_BAR + _GAP),
                "y": _HIGH - high,
                "height": high,
                "crowded_y": _HIGH - part,
                "crowded": part,
                "words": f"{day(week.call.date())}: {said}{share}",
            }
        )
    return {
        "bars": bars,
        "width": len(weeks) * (_BAR + _GAP),
        "high": _HIGH,
        "bar_wide": _BAR,
        "name": name,
        "edits": sum(week.edits for week in weeks),
        "crowded": sum(week.crowded for week in weeks),
    }


@register.simple_tag
def where(one: Counted, times: str = "") -> str:
    """Return the address of what is counted; "" for what has no page."""
    if not one.where or not one.key:
        return ""
    address = reverse(one.where, args=[int(one.key) if one.where == "person" else one.key])
    return f"{address}?{times}" if times else address

"""How odds are drawn and worded on pages."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel.dates import format_date
from django import template
from django.urls import reverse

from ridealong.views import forecasting

if TYPE_CHECKING:
    from ridealong.odds.measuring import Measured
    from ridealong.views.forecasting import Evidence, Heats, Odds

register = template.Library()

_WIDE = 240
_PLOT, _LEFT, _TOP = 260, 44, 10
_STEPS = 5


@register.filter
def last_day(until: datetime, zone: Any) -> str:
    """Return the day that a horizon ends with."""
    return str(format_date(until.astimezone(zone).date(), "d MMM", locale="en"))


@register.filter
def likely_percent(share: float) -> str:
    """Return odds in whole percent; never quite nothing, never quite sure."""
    if share < 0.005:
        return "<1%"
    return ">99%" if share > 0.995 else f"{share:.0%}"


@register.filter
def points(rise: float) -> int:
    """Return by how many points odds rose or fell."""
    return abs(round(rise * 100))


@register.filter
def times(effect: float) -> str:
    """Return how many times as high odds are as without a reason."""
    return f"×{effect:.1f}" if effect >= 1 else f"÷{1 / effect:.1f}"


@register.inclusion_tag("odds/cell.html")
def odds_cell(told: Heats, deal: int) -> dict[str, Any]:
    """Write a deal's odds where there is little room."""
    return {"heat": told.heats.get(deal)}


@register.inclusion_tag("odds/bar.html")
def odds_bar(odds: Odds) -> dict[str, Any]:
    """Draw how likely a deal is won, open and lost, with the interval of being won."""
    won, still, lost = (f"{share * _WIDE:.1f}" for share in (odds.won, odds.open, odds.lost))
    return {
        "wide": _WIDE,
        "won": won,
        "open": still,
        "lost": lost,
        "from": f"{(odds.won + odds.open) * _WIDE:.1f}",
        "low": f"{odds.low * _WIDE:.1f}",
        "high": f"{odds.high * _WIDE:.1f}",
    }


@register.simple_tag
def shown_by(one: Evidence, deal: int, look: Any) -> str:
    """Return the address of what shows a reason: that part of the story."""
    query = "&".join(part for part in (urlencode({"about": one.reason.about}), look.times) if part)
    return f"{reverse('deal', args=[deal])}?{query}#story"


@register.simple_tag
def around(one: Evidence, look: Any) -> str:
    """Return the address of the open deals around it that a reason speaks of."""
    asked = urlencode(one.others.query()) if one.others else ""
    return f"{reverse('pipeline')}?{'&'.join(part for part in (asked, look.times) if part)}"


@register.inclusion_tag("odds/reliability.html")
def reliability(measures: Measured, days: float) -> dict[str, Any]:
    """Draw what was said against what came, each bin with what chance allows."""
    highest = max(max(each.high, each.said) for each in measures.bins)
    most = min(1.0, math.ceil(highest * 10) / 10)

    def along(share: float) -> float:
        return _LEFT + share / most * _PLOT

    def up(share: float) -> float:
        return _TOP + _PLOT - share / most * _PLOT

    return {
        "days": days,
        "bins": measures.bins,
        "dots": [
            {
                "x": f"{along(each.said):.1f}",
                "y": f"{up(each.came):.1f}",
                "low": f"{up(each.low):.1f}",
                "high": f"{up(each.high):.1f}",
            }
            for each in measures.bins
        ],
        "ticks": [
            {"x": f"{along(at):.1f}", "y": f"{up(at):.1f}", "words": f"{at:.0%}"}
            for at in (most * step / _STEPS for step in range(_STEPS + 1))
        ],
        "left": _LEFT,
        "right": _LEFT + _PLOT,
        "top": _TOP,
        "bottom": _TOP + _PLOT,
        "wide": _LEFT + _PLOT + 16,
        "high": _TOP + _PLOT + 40,
        "middle": _LEFT + _PLOT / 2,
    }


@register.filter
def method_name(name: str) -> str:
    """Return what a way to tell odds is called on pages."""
    return forecasting.METHODS.get(name, name)

"""How insights are worded on pages."""

from __future__ import annotations

from typing import Any

from django import template

from ridealong.views import insights
from ridealong.views.insights import Insight, Insights, Share

register = template.Library()


@register.filter
def kind_name(kind: str) -> str:
    """Return what insights of this kind are called."""
    return insights.KINDS[kind]


@register.filter
def first_of(lines: list[Any], most: int) -> list[Any]:
    """Return so many of the lines at most."""
    return lines[:most]


@register.filter
def sides(one: Insight) -> tuple[Share, Share]:
    """Return the two sides that were compared."""
    return one.first, one.second


@register.filter
def likely(one: Insight) -> str:
    """Say how large the difference likely is."""
    return insights.beside(one.kind, one.effect, one.low, one.high)


@register.filter
def small_percent(share: float) -> str:
    """Return a share as a percentage that is never nothing: “3%”, “0.02%”."""
    if share >= 0.01:
        return f"{share:.0%}"
    return "less than 0.01%" if share < 0.0001 else f"{share:.2%}"


@register.simple_tag
def holding(seen: Insights, kind: str) -> int:
    """Return how many of a kind hold up, of what the viewer may see."""
    return sum(one.kind == kind for one in seen.found)

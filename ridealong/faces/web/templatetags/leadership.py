"""How figures of leaders are drawn and worded on pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from ridealong.faces.web.templatetags.ridealong import roughly
from ridealong.views.coaching import Cadence
from ridealong.views.inspection.wording import day
from ridealong.views.leadership import Counted, Figure, Leading, lacking_words, value_words
from ridealong.views.leadership.figures import Scramble
from ridealong.views.leadership.kinds import ACT_DAYS, NOTICE_DAYS

register = template.Library()

DONE = {"noticed": "noticed", "acted": "acted upon"}
_WIDE, _HIGH = 200, 72
_BAR, _GAP = 22, 6


@register.filter
def ratio_value(figure: Figure, which: str) -> str:
    """Return a figure's value now or before, as it is said; a dash where it is too little."""
    found = figure.now if which == "now" else figure.before
    return value_words(figure.kind, found.value) if found else "–"


@register.filter
def as_counted(figure: Figure) -> str:
    """Say what was counted; "" where nothing was."""
    if not figure.parts:
        return ""
    name = figure.kind.name
    if name == "depth":
        spoken = sum(each.hit > 0 for each in figure.counted)
        return f"{spoken} of {_many(len(figure.counted), 'deal')}"
    if name == "collecting":
        return f"{figure.hits:.0f} of {figure.of:.0f} minutes, {_many(len(figure.counted), 'talk')}"
    if figure.kind.sort == "rate":
        return f"{figure.hits:.0f} in twelve weeks"
    settled = " settled" if name == "followed" else ""
    return f"{figure.hits:.0f} of {figure.of:.0f}{settled}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


@register.filter
def lacking(figure: Figure) -> str:
    """Say why there is too little to say."""
    return lacking_words(figure)


@register.simple_tag
def verdict(one: Leading, name: str) -> str:
    """Return on which side a figure surely is: good, bad, or "" where nothing is said of it."""
    said = one.sentence(name)
    if said is None:
        return ""
    return "good" if said.good else "bad"


@register.simple_tag
def discussed(one: Leading, cadence: Cadence) -> str:
    """Say of how many of a salesperson's open deals their leader spoke with anybody."""
    spoken, count = one.discussed(cadence.member.id)
    return f"{spoken} of {count}" if count else "–"


@register.simple_tag
def pace(one: Leading, name: str) -> str:
    """Say in how much time signals were noticed or acted upon; "" where there are none to say."""
    figure = one.figure(name)
    if figure is None or not figure.of:
        return ""
    days, found = (NOTICE_DAYS, one.noticed) if name == "noticed" else (ACT_DAYS, one.acted)
    words = (
        f"Of {_many(int(figure.of), 'signal')} at least {days} days old, {figure.hits:.0f} "
        f"{'were' if figure.hits != 1 else 'was'} {DONE[name]} within {days} days, "
    )
    if found.median is None:
        return f"{words}none later."
    return f"{words}{found.count} at all, half of these within {roughly(found.median)}."


@register.inclusion_tag("leadership/ratio.html")
def ratio_bar(figure: Figure, tone: str) -> dict[str, Any]:
    """Draw where a figure likely is, the past below it, and the level as an upright mark."""
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
        "tone": tone,
    }


@register.inclusion_tag("leadership/chart.html")
def crowding(scramble: Scramble, name: str) -> dict[str, Any]:
    """Draw each week's edits as one, alike for everybody, and the part just before the call."""
    bars = []
    for number, week in enumerate(scramble.weeks):
        part = round(week.crowded / week.edits * _HIGH) if week.edits else 0
        few = week.share is None
        said = "too few to say" if few else f"{week.share:.0%}"
        bars.append(
            {
                "x": number * (_BAR + _GAP),
                "height": _HIGH if week.edits else 2,
                "crowded_y": _HIGH - part,
                "crowded": part,
                "few": few,
                "words": f"week to {day(week.call.date())}, {week.crowded} of {week.edits}: {said}",
            }
        )
    return {
        "bars": bars,
        "width": len(bars) * (_BAR + _GAP) - _GAP,
        "high": _HIGH,
        "bar_wide": _BAR,
        "name": name,
        "call": scramble.call,
        "expected_y": round((1 - scramble.expected) * _HIGH),
    }


@register.simple_tag
def where(one: Counted, times: str = "") -> str:
    """Return the address of what is counted; "" for what has no page."""
    if not one.where or not one.key:
        return ""
    address = reverse(one.where, args=[int(one.key) if one.where == "person" else one.key])
    return f"{address}?{times}" if times else address

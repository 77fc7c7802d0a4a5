"""The forecast: where a period is likely to land, by member, and what moved it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ridealong.faces.web.reading import Looking, looking
from ridealong.lib.periods import SPANS, Span
from ridealong.views import briefing
from ridealong.views.briefing import Accuracy, Call
from ridealong.views.briefing.outlook import Outlook

if TYPE_CHECKING:
    from ridealong.views.forecasting import Line

SHOWN = 12
"""So many deals that moved the range are listed at first."""
WIDE = 220.0
PART_WORDS = {
    "won": "Won",
    "early": "Won before it began",
    "lost": "Lost",
    "new": "New deals",
    "came": "Opened again, or came into sight",
    "gone": "Out of sight",
    "odds": "Odds rose or fell",
    "amount": "Amounts changed",
    "time": "Less of the period is left",
    "learned": "Odds were learned anew",
    "coming": "New deals yet to come",
}


@dataclass(frozen=True)
class Drawn:
    """A line as it is shown. Places are in pixels of ``WIDE``; ``call_at`` None: none is called."""

    line: Line
    call: Call | None
    near: Accuracy | None
    won_wide: str
    low: str
    middle: str
    range_wide: str
    call_at: str | None
    won_address: str


def page(request: HttpRequest) -> HttpResponse:
    """Show the week, month or quarter of the address's moment."""
    look = looking(request)
    viewer = look.pipe.viewer
    if viewer is None or viewer.role == "admin":
        raise Http404("Admins see no deals.")
    asked = request.GET.get("period")
    span: Span = next((each for each in SPANS if each == asked), "month")
    found = briefing.outlook(look.pipe, span)
    moved = found.waterfall
    values: dict[str, Any] = {
        "look": look,
        "span": span,
        "spans": [(each, _address(look, each)) for each in SPANS],
        "found": found,
        "lines": _drawn(found, look, viewer.id),
        "wide": WIDE,
        "categories": [
            (each.name.replace("_", " ").capitalize() or "No category", each)
            for each in (found.rollup.whole.categories if found.rollup.whole else ())
        ],
        "parts": [(PART_WORDS[each.kind], each) for each in moved.parts],
        "deals": [(PART_WORDS[each.kind], each) for each in moved.deals],
        "shown": SHOWN,
        "own_near": found.near.get(viewer.id),
        "own": found.calls.get(viewer.id),
        "now": not look.at_words and not look.known_words,
    }
    return render(request, "forecast/page.html", values)


def _address(look: Looking, span: Span) -> str:
    return "?" + "&".join(part for part in (urlencode({"period": span}), look.times) if part)


def _drawn(found: Outlook, look: Looking, viewer: int) -> list[Drawn]:
    called = [call.amount for call in found.calls.values()]
    ends = [line.total.p90 for line in found.rollup.lines]
    most = max([*ends, *called, Decimal(1)])

    def place(amount: Decimal) -> float:
        return float(max(amount, Decimal(0)) / most) * (WIDE - 4) + 2

    drawn = []
    for line in found.rollup.lines:
        # Beside the company stands what whoever looks at it calls.
        member = line.member or viewer
        call = found.calls.get(member)
        low, high = place(line.total.p10), place(line.total.p90)
        drawn.append(
            Drawn(
                line=line,
                call=call,
                near=found.near.get(member),
                won_wide=f"{place(line.won.amount) - 2:.1f}",
                low=f"{low:.1f}",
                middle=f"{place(line.total.p50):.1f}",
                range_wide=f"{max(high - low, 2.0):.1f}",
                call_at=f"{place(call.amount):.1f}" if call else None,
                won_address=_won_address(line, found, look),
            )
        )
    return drawn


def _won_address(line: Line, found: Outlook, look: Looking) -> str:
    """Return where exactly the deals stand that are won already; "" where no page lists them."""
    if not line.evident or not line.won.count:
        return ""
    times = {"at": look.at_words, "known": look.known_words}
    said = {name: words for name, words in times.items() if words}
    said["since"] = found.rollup.begins.isoformat()
    return f"{reverse('pipeline')}?{urlencode({**line.won.selection.query(), **said})}"

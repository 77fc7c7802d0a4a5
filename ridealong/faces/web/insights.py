"""Insights: what holds up among all that was tried, and the deals each claim counts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.reading import Looking, looking
from ridealong.record.pipeline import NotVisible
from ridealong.record.states import DealState
from ridealong.views import insights
from ridealong.views.insights import Counted, Insight

SHOWN = 50
"""So many deals of each side are listed at first."""


def page(request: HttpRequest) -> HttpResponse:
    """Show what holds up; ``?person=``: only where that salesperson's deals stall."""
    look = looking(request)
    number = request.GET.get("person", "")
    person = look.pipe.leading.one(int(number)) if number.isdigit() else None
    if number and person is None:
        raise Http404("There is nobody like that here.")
    seen = insights.of_person(look.pipe, person.id) if person else insights.insights(look.pipe)
    values = {"look": look, "seen": seen, "person": person, "kinds": insights.KINDS}
    return render(request, "insights/page.html", values)


def of_deal(request: HttpRequest, key: str) -> HttpResponse:
    """Show what deals that were won from a deal's stage had, and which of it the deal lacks."""
    look = looking(request)
    try:
        deal = look.pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    values = {"look": look, "deal": deal, "from_here": insights.of_deal(look.pipe, deal)}
    return render(request, "insights/of_deal.html", values)


def evidence(request: HttpRequest, key: str) -> HttpResponse:
    """List the deals that a claim counts; ``?deal=``: those of a deal's stage.

    404 for a claim that does not hold any more, or is not to be seen.
    """
    look = looking(request)
    found = next((each for each in _found(request, look) if each.key == key), None)
    if found is None:
        raise Http404("This does not hold at that time, or it is not for you to see.")
    deals = {d.id: d for d in look.pipe.deals_numbered(sorted({c.deal_id for c in found.deals}))}
    stages = {stage.id: stage.name for stage in look.pipe.stages()}
    sides = [
        (share, _lines(found, deals, stages, had=had))
        for share, had in ((found.first, True), (found.second, False))
    ]
    most = max(len(lines) for _, lines in sides) if "all" in request.GET else SHOWN
    values = {"look": look, "insight": found, "sides": sides, "shown": most}
    return render(request, "insights/evidence.html", values)


def _found(request: HttpRequest, look: Looking) -> tuple[Insight, ...]:
    key = request.GET.get("deal", "")
    if not key:
        return insights.insights(look.pipe).found
    try:
        return insights.of_deal(look.pipe, look.pipe.deal(key)).lacks
    except NotVisible as error:
        raise Http404(str(error)) from error


def _lines(
    found: Insight, deals: dict[int, DealState], stages: dict[int, str], *, had: bool
) -> list[dict[str, Any]]:
    """The deals of one side: those that went well first."""
    counted: list[Counted] = [c for c in found.deals if c.had is had and c.deal_id in deals]
    counted.sort(key=lambda each: (not each.went, deals[each.deal_id].name))
    return [
        {"deal": deals[c.deal_id], "stage": stages.get(c.stage_id, ""), "went": c.went}
        for c in counted
    ]

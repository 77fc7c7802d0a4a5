"""Editing the brief in place: order, remarks, help wanted, what is not listed. Never a figure."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.reading import looking
from ridealong.faces.web.undoing import Statement
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Member
from ridealong.sources.people import calling
from ridealong.views import briefing

LONGEST = 500
EDITORS = frozenset({"leader", "owner"})


def may_edit(member: Member | None) -> bool:
    """Say whether a member gives a brief of their own, and may edit it."""
    return member is not None and member.role in EDITORS


@require_POST
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Move a deal up or down, hide or show it, remark on it, or ask the CEO's help."""
    pipe = looking(request).pipe
    viewer = pipe.viewer
    deal = next(iter(pipe.deals_numbered([number])), None)
    if viewer is None or deal is None or not may_edit(viewer):
        raise Http404("There is no such deal in a brief of yours.")
    doing = request.POST.get("doing", "")
    if doing in {"up", "down"}:
        said, words = _moved(pipe, viewer, deal, doing), f"{deal.name} moved {doing}."
    else:
        said, words = _said(viewer, deal, doing, request.POST)
    if said:
        undoing.offer(request, words, said, by=viewer.id)
    return redirect(f"{reverse('brief')}#told-{number}")


def _said(
    viewer: Member, deal: DealState, doing: str, form: Mapping[str, str]
) -> tuple[list[Statement], str]:
    """Keep one remark; return what was stated, and what the page says."""
    text = " ".join(form.get("text", "").split())[:LONGEST]
    if doing == "hide":
        name = calling.remark(deal, by=viewer, hidden=True)
        words = f"{deal.name} is not listed; it still counts."
    elif doing == "show":
        name = calling.remark(deal, by=viewer, hidden=False)
        words = f"{deal.name} is listed again."
    elif doing == "remark":
        name = calling.remark(deal, by=viewer, text=text)
        words = f"Remarked on {deal.name}." if text else f"Without a remark on {deal.name}."
    elif doing == "help":
        name = calling.remark(deal, by=viewer, help_wanted=text)
        words = f"Help wanted on {deal.name}." if text else f"No help wanted on {deal.name}."
    else:
        raise Http404("There is nothing of that kind to do.")
    return [("remark", calling.remark_key(deal, viewer), name)], words


def _moved(pipe: Pipeline, viewer: Member, deal: DealState, way: str) -> list[Statement]:
    """Move a deal by one in the list that it is in; return what was stated."""
    order = briefing.list_of(pipe, deal.id)
    step = -1 if way == "up" else 1
    places = briefing.moved(order, deal.id, step, briefing.edits(pipe)) if order else {}
    deals = {each.id: each for each in pipe.deals_numbered(sorted(places))}
    return [
        (
            "remark",
            calling.remark_key(deals[number], viewer),
            calling.remark(deals[number], by=viewer, place=place),
        )
        for number, place in places.items()
        if number in deals
    ]

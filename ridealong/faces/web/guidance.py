"""Guidance on a deal: given by a leader, and what became of it said by either of the two."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.due import day_meant
from ridealong.faces.web.reading import local, looking
from ridealong.faces.web.talk_entry import may_guide
from ridealong.record.pipeline import NotVisible
from ridealong.record.vocabulary import OUTCOMES
from ridealong.sources.people import guiding

LONGEST = 500
SAID = {
    "followed": "Followed.",
    "not_followed": "Not followed.",
    "overtaken": "Overtaken.",
    "": "Open again.",
}


@require_POST
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Give guidance on a deal of somebody below the viewer."""
    pipe = looking(request).pipe
    try:
        deal = pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    viewer = pipe.viewer
    carried = pipe.leading.employed.get(deal.salesperson_id or 0)
    if viewer is None or carried is None or not may_guide(pipe, deal):
        raise Http404("Guidance is given by those above the deal's salesperson.")
    text = request.POST.get("text", "").strip()[:LONGEST]
    address = f"{reverse('deal', args=[deal.id])}#guidance"
    try:
        due = day_meant(request.POST.get("due", ""), local(pipe, pipe.at))
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(address)
    if not text:
        messages.error(request, "What should happen? Write it in a sentence.")
        return redirect(address)
    given = guiding.give(deal, by=viewer, to=carried.key, text=text, due=due)
    words = f"Given: {carried.name} sees it on the deal and on their day."
    undoing.offer(request, words, [("guidance", given, "")], by=viewer.id)
    return redirect(address)


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Say what became of guidance, open it again, or take back one's own."""
    pipe = looking(request).pipe
    key, outcome = request.POST.get("guidance", ""), request.POST.get("outcome", "")
    given = next((each for each in pipe.leading.guidance() if each.key == key), None)
    viewer = pipe.viewer
    if given is None or viewer is None:
        raise Http404("There is no such guidance here.")
    address = reverse("deal", args=[given.deal_id]) if given.deal_id else reverse("today")
    if outcome == "take back" and given.leader_id == viewer.id:
        name, words = guiding.take_back(key), "Taken back."
    elif outcome in OUTCOMES or not outcome:
        name = guiding.settle(given, outcome, by=viewer)
        words = SAID.get(outcome, "Withdrawn.")
    else:
        raise Http404("There is no such outcome.")
    undoing.offer(request, words, [("guidance", key, name)], by=viewer.id)
    return redirect(undoing.back(request, address))

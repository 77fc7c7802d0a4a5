"""What one says for the CEO: the number called for a period, and what was promised in the call."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.due import day_meant
from ridealong.faces.web.naming import deal_meant
from ridealong.faces.web.reading import local, looking
from ridealong.lib.money import amount_meant
from ridealong.lib.periods import period_named
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.sources.people import calling
from ridealong.views import briefing
from ridealong.views.inspection.wording import total

LONGEST = 500
SAID = {"kept": "Kept.", "dropped": "Dropped.", "open": "Open again."}


def _saying(request: HttpRequest) -> tuple[Pipeline, Member]:
    pipe = looking(request).pipe
    if pipe.viewer is None or pipe.viewer.role == "admin":
        raise Http404("There is nothing that you owe the CEO.")
    return pipe, pipe.viewer


def calling_form(pipe: Pipeline) -> dict[str, Any]:
    """Return what the one-line form “I call … for …” needs, and how near past numbers were."""
    today = local(pipe, pipe.at).date()
    viewer = pipe.viewer.id if pipe.viewer else 0
    periods = briefing.callable_periods(today)
    standing = {
        each.period: each
        for each in pipe.calling.numbers({name for name, _ in periods})
        if each.member_id == viewer
    }
    return {
        "periods": periods,
        "standing": [(briefing.spoken(name), standing[name]) for name in sorted(standing)],
        "near": briefing.accuracy(pipe, viewer),
    }


@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """Call what will close in a period; an empty number takes it back."""
    pipe, viewer = _saying(request)
    address = undoing.back(request, reverse("brief"))
    words = request.POST.get("amount", "").strip()
    try:
        period = period_named(request.POST.get("period", ""))
        amount = amount_meant(words) if words else None
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(address)
    note = request.POST.get("note", "").strip()[:LONGEST]
    name = calling.call_number(period, amount, by=viewer, note=note)
    spoken = briefing.spoken(period.name)
    said = f"No number of yours for {spoken}."
    if amount is not None:
        currency, won = pipe.organisation.currency, briefing.won_of(pipe, period, viewer.id)
        said = f"You call {total(amount, currency)} for {spoken}."
        if amount < won:
            # A digit is missing, or it was meant on top of what is won.
            said += f" That is less than the {total(won, currency)} won already."
    key = calling.number_key(period, viewer)
    undoing.offer(request, said, [("called_number", key, name)], by=viewer.id)
    return redirect(address)


@require_POST
def promise(request: HttpRequest) -> HttpResponse:
    """Keep what was promised in the call, or a question that had no answer."""
    pipe, viewer = _saying(request)
    address = f"{undoing.back(request, reverse('brief'))}#owed"
    text = request.POST.get("text", "").strip()[:LONGEST]
    about = request.POST.get("deal", "").strip()
    try:
        due = day_meant(request.POST.get("due", ""), local(pipe, pipe.at))
        deal = deal_meant(pipe, about).key if about else ""
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(address)
    if not text:
        messages.error(request, "What was promised? Write it in a sentence.")
        return redirect(address)
    kind = "question" if request.POST.get("kind") == "question" else "promise"
    key = calling.promise(text, by=viewer, kind=kind, deal=deal, due=due)
    undoing.offer(request, "It is in the next brief.", [("promise", key, "")], by=viewer.id)
    return redirect(address)


@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Say what became of a promise or question of one's own, in a line."""
    pipe, viewer = _saying(request)
    key, state = request.POST.get("promise", ""), request.POST.get("state", "")
    mine = {each.key for each in pipe.calling.promises() if each.member_id == viewer.id}
    if key not in mine or state not in SAID:
        raise Http404("There is no such promise of yours.")
    answer = request.POST.get("answer", "").strip()[:LONGEST]
    name = calling.settle(key, state, answer=answer)
    undoing.offer(request, SAID[state], [("promise", key, name)], by=viewer.id)
    return redirect(f"{undoing.back(request, reverse('brief'))}#owed")

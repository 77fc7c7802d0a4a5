"""Exit criteria on a deal's page: saying that one is met or missing, and what a move would skip."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import Looking, looking
from ridealong.record.pipeline import NotVisible
from ridealong.record.states import DealState
from ridealong.sources.people import playing
from ridealong.views.coaching import playbook

SAYINGS = ("met", "missing", "")
LONGEST = 200


@require_POST
def check(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say how a criterion is on a deal; "" takes a person's word back."""
    look, deal = _seen(request, key)
    state = request.POST.get("state")
    criterion = next((c for c in look.pipe.leading.criteria() if c.id == number), None)
    if criterion is None or state not in SAYINGS or look.pipe.viewer is None:
        raise Http404("There is no such criterion here.")
    note = " ".join(request.POST.get("note", "").split())[:LONGEST] if state else ""
    playing.check(deal, criterion, state, by=look.pipe.viewer, note=note)
    return redirect("deal", key=key)


def lacking(request: HttpRequest, key: str) -> HttpResponse:
    """Show what is missing and unknown for a move to the stage of the address."""
    look, deal = _seen(request, key)
    wanted = request.GET.get("stage", "")
    stage = next((each for each in look.pipe.stages() if each.key == wanted), None)
    lacking = playbook.lacking(look.pipe, deal, stage) if stage else []
    values = {"stage": stage, "lacking": lacking}
    return render(request, "playbook/lacking.html", values)


def _seen(request: HttpRequest, key: str) -> tuple[Looking, DealState]:
    look = looking(request)
    try:
        return look, look.pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error

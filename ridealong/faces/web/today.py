"""Today: what is worth an hour now. For a leader, a salesperson and the owner, each their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web import recall
from ridealong.faces.web.beginning import guide
from ridealong.faces.web.brief_saying import calling_form
from ridealong.faces.web.reading import Looking, looking
from ridealong.faces.web.riding import rides_for
from ridealong.faces.web.signals import of_today
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline
from ridealong.sources.people import attending
from ridealong.views import answering, briefing, coaching

SHOWN = 12
"""So many suggestions stand on the page in full; the others are a line each."""
SNOOZES = {"tomorrow": timedelta(days=1), "3 days": timedelta(days=3), "a week": timedelta(days=7)}


def home(request: HttpRequest) -> HttpResponse:
    """Lead to today: what one wants to know first."""
    del request
    return redirect("today")


def page(request: HttpRequest) -> HttpResponse:
    """Show the viewer's day."""
    look = looking(request)
    pipe = look.pipe
    me = pipe.leading.employed.get(pipe.viewer.id) if pipe.viewer else None
    values: dict[str, Any] = {"look": look, "at": pipe.at, "role": "", "snoozes": SNOOZES}
    values |= {"shown": f":{SHOWN}", "rest": f"{SHOWN}:", **guide(request, pipe)}
    if me is None:
        return render(request, "today.html", values)
    values |= of_today(look, request)
    values["undo"] = request.session.pop("attended", None)
    values["answered"] = request.session.pop("answered", None)
    if me.role == "owner":
        values |= {"role": "owner", **_owner(pipe)}
    elif pipe.leading.led_by(me.id):
        values |= {"role": "leader", "whom": coaching.whom(pipe, me), **rides_for(look)}
        values |= calling_form(pipe)
    else:
        values |= {"role": "salesperson", "day": coaching.day(pipe, me)}
        values |= calling_form(pipe)
    values["owed"] = [each for each in answering.owing(pipe) if each.promised.state == "open"]
    if me.role != "owner":
        values["recalled"] = recall.figures(look)
    return render(request, "today.html", values)


def _owner(pipe: Pipeline) -> dict[str, Any]:
    return {
        "headline": briefing.in_short(pipe),
        "ledgers": [each for each in coaching.ledgers(pipe) if each.leader.role != "owner"],
    }


@require_POST
def attend(request: HttpRequest, number: int) -> HttpResponse:
    """Put a suggestion off, call it done, add it to the next 1:1, or take that back."""
    look = looking(request)
    member = _below(look, number)
    if look.pipe.viewer is None:
        raise Http404("Nobody is signed in.")
    doing, deal = request.POST.get("state", ""), request.POST.get("deal", "")
    if deal and deal not in look.pipe.deals_with_keys([deal]):
        raise Http404("There is no such deal here.")
    until = None
    if doing == "snoozed":
        wait = SNOOZES.get(request.POST.get("until", ""))
        if wait is None:
            raise Http404("Until when?")
        until = look.pipe.at + wait
    if doing not in {"snoozed", "done", "agenda", ""}:
        raise Http404("There is nothing of that kind to do.")
    attending.attend(by=look.pipe.viewer, member=member.key, deal=deal, state=doing, until=until)
    said = {"agenda": "On your next 1:1.", "done": "Done.", "snoozed": "Put off.", "": "Back."}
    if doing:
        request.session["attended"] = {"member": number, "deal": deal, "said": said[doing]}
    else:
        messages.success(request, said[doing])
    return redirect("today")


def _below(look: Looking, number: int) -> Employed:
    viewer = look.pipe.viewer
    below = look.pipe.leading.led_by(viewer.id) if viewer else []
    found = next((each for each in below if each.id == number), None)
    if found is None:
        raise Http404("There is nobody of that number below you.")
    return found

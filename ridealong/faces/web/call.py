"""In the call: each deal at three letters, also without a network; and what was noted in it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ridealong.faces.web.offline import holder, on_device
from ridealong.faces.web.reading import Looking, local, looking
from ridealong.record.states import Member
from ridealong.sources.people import calling
from ridealong.sources.people.calling import Noted
from ridealong.views import answering
from ridealong.views.inspection.wording import day

LISTED = 12
MOST_AT_ONCE = 200
LONGEST = 500
UNWORDED = "A question that had no answer"


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show the deals that matter most, all of them to the script, and what is owed."""
    look = looking(request)
    _caller(look)
    found = answering.cards(look.pipe)
    at = local(look.pipe, look.pipe.at)
    data = {
        **answering.cards_shape(found),
        **on_device(request),
        "at": f"{at:%a} {day(at.date())}, {at:%H:%M}",
    }
    values = {
        "found": found,
        "listed": sorted(found.cards, key=lambda card: not card.soon)[:LISTED],
        "data": data,
        "owing": answering.owing(look.pipe),
        "device": on_device(request),
    }
    return render(request, "call/page.html", values)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Take a batch of what was noted, some of which may have come before: each is kept once.

    Said in JSON: ``{"holder", "events": [{"id", "at", "kind", "deal", "text", "due"}, {"id",
    "words"}, {"id", "undo"}]}``, ``deal`` a number. Answers with the ids that need not be sent
    again. 409 where somebody else noted them.
    """
    look = looking(request)
    by = _caller(look)
    try:
        said = json.loads(request.body)
        events = [dict(event) for event in said["events"][:MOST_AT_ONCE]]
        ids = [str(event["id"])[:64] for event in events]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "This is no list of notes."}, status=400)
    if said.get("holder") != holder(request):
        return JsonResponse({"error": "Somebody else noted this."}, status=409)
    keys = _keys(look, events)
    calling.note([_noted(event, keys) for event in events if "kind" in event], by=by)
    for event, number in zip(events, ids, strict=True):
        if words := str(event.get("words", "")).strip()[:LONGEST]:
            calling.reword(number, words, by=by)
        if event.get("undo"):
            calling.take_back(number, by=by)
    return JsonResponse({"done": ids})


def _caller(look: Looking) -> Member:
    """Return whoever may be asked: anybody but those who only configure."""
    if look.pipe.viewer is None or look.pipe.viewer.role == "admin":
        raise Http404("There is no deal of yours to be asked about.")
    return look.pipe.viewer


def _keys(look: Looking, events: list[dict[str, Any]]) -> dict[str, str]:
    """Return {number as said: key} of the deals in sight that events name."""
    said = {str(event.get("deal", "")) for event in events}
    numbers = sorted(int(each) for each in said if each.isdecimal() and len(each) < 16)
    return {str(deal.id): deal.key for deal in look.pipe.deals_numbered(numbers)}


def _noted(event: dict[str, Any], keys: dict[str, str]) -> Noted:
    """Read what was noted; what cannot be read of it is left empty, the note itself never lost."""
    kind = "promise" if event["kind"] == "promise" else "question"
    return Noted(
        id=str(event["id"])[:64],
        at=_moment(event.get("at")),
        kind=kind,
        deal=keys.get(str(event.get("deal", "")), ""),
        text=str(event.get("text") or "").strip()[:LONGEST] or UNWORDED,
        due=_day(event.get("due")),
    )


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None

"""Recall: two minutes a day on one's own deals. Also without a script, and without a network."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ridealong.faces.web.offline import holder, on_device
from ridealong.faces.web.reading import Looking, looking
from ridealong.record.states import Member
from ridealong.sources.people import recalling
from ridealong.sources.people.recalling import Given
from ridealong.views import recall
from ridealong.views.recall import Drill, Item, Known

_SALT = "recall"
_MONTH = 30 * 86_400
LISTED = 12
MOST_AT_ONCE = 200
"""Answers of so many are taken at once; a browser sends the rest with its next try."""


def figures(look: Looking, *, more: bool = False) -> dict[str, Any]:
    """Return today's questions of the viewer and what they likely know, for a page to show."""
    member = _member(look)
    found = recall.study(look.pipe, member)
    return {
        "drill": recall.drill(found, more=more),
        "known": recall.known(look.pipe, member, found),
    }


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Ask today's questions; of a past moment, say what was likely known then."""
    look = looking(request)
    shown = figures(look, more="more" in request.GET)
    drill: Drill = shown["drill"]
    known: Known = shown["known"]
    tokens = [_token(look, item) for item in drill.items]
    items = [
        {**recall.item_shape(item), "token": token}
        for item, token in zip(drill.items, tokens, strict=True)
    ]
    values = {
        **shown,
        "look": look,
        "at": look.pipe.at,
        "currency": look.pipe.organisation.currency,
        "data": {"items": items, "done": drill.done, **on_device(request)},
        "item": drill.items[0] if drill.items else None,
        "token": tokens[0] if tokens else "",
        "show": "show" in request.GET,
        "listed": known.deals if "all" in request.GET else known.deals[:LISTED],
        "last": request.session.pop("recalled", None),
        "device": on_device(request),
    }
    return render(request, "recall/page.html", values)


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take one answer from a form, and say on the next page whether it was right."""
    member = _member(looking(request))
    asked = _asked(request.POST.get("token", ""), member)
    rating = _rating(request, asked)
    number = secrets.token_hex(16)
    recalling.keep([_given(number, None, asked, rating)], by=member)
    request.session["recalled"] = {
        "id": number,
        "rating": rating,
        "told": asked["told"],
        "words": asked["words"],
        "number": asked["number"],
    }
    return redirect("recall")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last answer back: it is asked again."""
    recalling.take_back(request.POST.get("id", ""), by=_member(looking(request)))
    return redirect("recall")


@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """Take a batch of answers, some of which may have come before: each is kept once.

    Said in JSON: ``{"holder", "events": [{"id", "at", "token", "rating"} or {"id", "undo"}]}``.
    Answers with the ids that need not be sent again. 409 where they are somebody else's.
    """
    member = _member(looking(request))
    try:
        said = json.loads(request.body)
        events = list(said["events"])[:MOST_AT_ONCE]
        ids = [str(event["id"])[:64] for event in events]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "This is no list of answers."}, status=400)
    if said.get("holder") != holder(request):
        return JsonResponse({"error": "Somebody else gave these answers."}, status=409)
    given = [g for event in events if (g := _of_event(event, member)) is not None]
    recalling.keep(given, by=member)
    for event in events:
        if event.get("undo"):
            recalling.take_back(str(event["id"])[:64], by=member)
    return JsonResponse({"done": ids})


def _member(look: Looking) -> Member:
    if look.pipe.viewer is None:
        raise Http404("Nobody is signed in.")
    return look.pipe.viewer


def _token(look: Looking, item: Item) -> str:
    """Seal what a question stands on, so that an answer says to what it was given."""
    one = item.question.askable
    amount = item.question.amount
    said = {
        "member": _member(look).id,
        "deal": one.deal.key,
        "number": one.deal.id,
        "name": one.card[1],
        "stands_on": one.stands_on,
        "told": one.told,
        "answer": one.answer,
        "words": one.words,
        "amount": None if amount is None else float(amount),
        "made": look.pipe.at.isoformat(),
    }
    return signing.dumps(said, salt=_SALT, compress=True)


def _asked(token: str, member: Member) -> dict[str, Any]:
    try:
        said: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=_MONTH)
    except signing.BadSignature as error:
        raise Http404("This question is no longer asked.") from error
    if said["member"] != member.id:
        raise Http404("This question was not asked of you.")
    return said


def _rating(request: HttpRequest, asked: dict[str, Any]) -> int:
    if "choice" in request.POST:
        return 3 if request.POST["choice"] == asked["answer"] else 1
    if asked["amount"] is not None and "typed" in request.POST:
        return recall.typed_rating(request.POST["typed"], asked["amount"])
    return _graded(request.POST.get("rating"))


def _graded(said: object) -> int:
    if str(said) not in {"1", "2", "3", "4"}:
        raise Http404("How well was it known, from 1 to 4?")
    return int(str(said))


def _given(number: str, at: datetime | None, asked: dict[str, Any], rating: int) -> Given:
    return Given(
        id=number,
        at=at,
        deal=asked["deal"],
        question=asked["name"],
        stands_on=asked["stands_on"],
        words=asked["told"],
        rating=rating,
    )


def _of_event(event: dict[str, Any], member: Member) -> Given | None:
    """Return the answer in an event; None for one that undoes, or that nothing can be made of."""
    if event.get("undo"):
        return None
    try:
        asked = _asked(str(event.get("token", "")), member)
        rating = _graded(event.get("rating"))
    except Http404:
        # Sent again it would be the same: it is let go, so that it does not hold up the others.
        return None
    made = datetime.fromisoformat(asked["made"])
    try:
        at = datetime.fromisoformat(str(event.get("at", "")))
    except ValueError:
        at = made
    # A device's clock may be wrong: it was not answered before it was asked.
    at = max(at, made) if at.tzinfo else made
    return _given(str(event["id"])[:64], at, asked, rating)

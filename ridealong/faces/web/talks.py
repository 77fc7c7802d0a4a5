"""One conversation: who, when, how it was and why that is thought; and saying how it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.reading import looking
from ridealong.faces.web.templatetags.ridealong import words as worded
from ridealong.record.leading_states import Talk
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Member
from ridealong.record.vocabulary import NATURES, TALKS
from ridealong.sources.people import talking
from ridealong.views import coaching


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a conversation; 404 for one that is not there or not to be seen."""
    look = looking(request)
    talk = _seen(look.pipe, key)
    pipe = look.pipe
    members = [pipe.leading.employed.get(number) for number in talk.members]
    names = {each.key: each.name for each in pipe.leading.employed.values()}
    # Kept a little before its time in the calendar it is the same talk.
    since = pipe.leading.guidance(since=talk.at - timedelta(days=1))
    given = [each for each in since if each.activity == talk.key]
    took_part = pipe.viewer is not None and pipe.viewer.id in talk.members
    values = {
        "look": look,
        "talk": talk,
        "people": [each for each in members if each is not None],
        "why": {name: words for name, _, words in talk.heard.get("why", ())},
        "sure": talk.heard.get("sure"),
        "said_by": names.get(talk.said_by, ""),
        "confirmed": [names[k] for k in talk.confirmed_by if k in names],
        "deals": _deals(pipe, talk),
        "guidance": coaching.followed(pipe, given),
        "covered": _covered(pipe, talk),
        "took_part": took_part,
        "mine": took_part and pipe.viewer is not None and pipe.viewer.key in talk.confirmed_by,
        "by_hand": talking.is_by_hand(talk)
        and pipe.viewer is not None
        and talk.said_by == pipe.viewer.key,
        "form": took_part and not look.at_words,
        "natures": NATURES,
        "rather": coaching.otherwise(talk, coaching.natures(pipe)) if took_part else [],
        "kinds": TALKS,
        "open_deals": _offered(pipe, talk) if took_part else [],
    }
    return render(request, "talks/talk.html", values)


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Confirm a conversation, say how it was, or take back one that was logged by hand."""
    pipe = looking(request).pipe
    talk = _seen(pipe, request.POST.get("talk", ""))
    viewer = pipe.viewer
    if viewer is None or viewer.id not in talk.members:
        raise Http404("Only those who took part say how it was.")
    doing, rather = request.POST.get("doing"), request.POST.get("rather")
    address = reverse("talk", args=[talk.key])
    if rather in NATURES:
        name, words = _rather(pipe, talk, rather, viewer), f"Noted: {worded(rather)}."
    elif doing == "confirm":
        name, words = talking.confirm(talk, by=viewer), "Confirmed."
    elif doing == "how":
        name, words = _how(request, pipe, talk, viewer), "Noted how it was."
    elif doing == "take back" and talking.is_by_hand(talk) and talk.said_by == viewer.key:
        name, words = talking.take_back(talk.key), "Taken back: it was not held."
        address = reverse("today")
    else:
        raise Http404("There is nothing of that kind to do.")
    undoing.offer(request, words, [("activity", talk.key, name)], by=viewer.id)
    return redirect(undoing.back(request, address))


def _seen(pipe: Pipeline, key: str) -> Talk:
    talk = pipe.leading.talk(key)
    if talk is None:
        raise Http404("There is no such conversation here.")
    return talk


def _deals(pipe: Pipeline, talk: Talk) -> list[tuple[DealState, str]]:
    """The deals it was about, each with the words that named it."""
    words = talk.heard.get("deals", {})
    return [(deal, words.get(deal.key, "")) for deal in pipe.deals_numbered(talk.deals)]


def _covered(pipe: Pipeline, talk: Talk) -> list[dict[str, Any]]:
    """What was ticked of its agenda, of deals in sight."""
    deals = pipe.deals_with_keys(item["deal"] for item in talk.covered if item.get("deal"))
    return [
        {**item, "deal": deals.get(item.get("deal") or "")}
        for item in talk.covered
        if not item.get("deal") or item["deal"] in deals
    ]


def _offered(pipe: Pipeline, talk: Talk) -> list[DealState]:
    return [
        deal
        for deal in coaching.open_deals(pipe, talk.members, limit=60)
        if deal.id not in talk.deals
    ]


def _rather(pipe: Pipeline, talk: Talk, nature: str, viewer: Member) -> str:
    """Say in one tap what a conversation was all about; the rest of it stays as it is."""
    deals = [deal.key for deal in pipe.deals_numbered(talk.deals)]
    kind = talk.talk or coaching.guessed(len(talk.members) - 1, [nature], len(deals))
    return talking.say_how(talk, by=viewer, kind=kind, nature={nature: 1.0}, deals=deals)


def _how(request: HttpRequest, pipe: Pipeline, talk: Talk, viewer: Member) -> str:
    asked = [name for name in request.POST.getlist("nature") if name in NATURES]
    kind = request.POST.get("kind", "")
    numbers = [int(word) for word in request.POST.getlist("deal") if word.isdigit()]
    # The same natures keep their shares: only what is changed is said anew.
    same = set(asked) == {name for name, part in talk.nature.items() if part}
    nature = dict(talk.nature) if same else {name: 1 / len(asked) for name in asked}
    return talking.say_how(
        talk,
        by=viewer,
        kind=kind if kind in TALKS else talk.talk or "ad_hoc",
        nature=nature,
        deals=[deal.key for deal in pipe.deals_numbered(numbers)],
    )

"""The people one leads: the ledger of all, and each person's page; notes between two."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.brief_saying import calling_form
from ridealong.faces.web.reading import Looking, looking
from ridealong.lib.again import Refused
from ridealong.record.leading_states import Employed, PrivateNote
from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.record.vocabulary import NATURES
from ridealong.sources.people import noting
from ridealong.views import briefing, coaching

LONGEST = 10_000


def page(request: HttpRequest) -> HttpResponse:
    """Show everybody below the viewer; whoever leads nobody sees their own page."""
    look = looking(request)
    ledgers = coaching.people(look.pipe)
    viewer = look.pipe.viewer
    if not ledgers and viewer is not None and not look.at_words and viewer.role == "salesperson":
        return redirect("person", number=viewer.id)
    return render(request, "people.html", {"look": look, "ledgers": ledgers})


def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person; 404 for those who are neither below the viewer nor the viewer."""
    look = looking(request)
    try:
        seen = coaching.portrait(look.pipe, number)
    except NotVisible as error:
        raise Http404(str(error)) from error
    about = request.GET.get("nature", "")
    about = about if about in NATURES else ""
    talks = coaching.talks_of(seen.cadence.talks, about) if seen.cadence else []
    viewer = look.pipe.viewer
    counted = {deal for measure in seen.measures for deal in measure.deals}
    deals = {deal.id: deal for deal in look.pipe.deals_numbered(sorted(counted))}
    values: dict[str, Any] = {
        "look": look,
        "person": seen,
        "about": about,
        "weeks": coaching.by_week(look.pipe, coaching.told(look.pipe, talks)),
        "measures": [
            (measure, [deals[number] for number in measure.deals if number in deals])
            for measure in seen.measures
        ],
        "myself": viewer is not None and viewer.id == number,
        "settling": not look.at_words,
        "near": briefing.accuracy(look.pipe, number),
        **_between(look, seen.above, number),
    }
    if viewer is not None and viewer.id == number and not look.at_words:
        values |= calling_form(look.pipe)
    return render(request, "person.html", values)


def _between(look: Looking, above: tuple[Employed, ...], number: int) -> dict[str, Any]:
    """What the viewer and the person noted; of the viewer's own page with each of their leaders."""
    viewer = look.pipe.viewer
    if viewer is None:
        return {}
    mine = viewer.id == number
    others = [e.id for e in above] if mine else [number]
    try:
        notes = look.pipe.leading.private_notes(None if mine else number)
    except Refused as error:
        return {"unreadable": str(error)}
    return {
        "notes": [(note, look.pipe.leading.employed.get(note.author_id)) for note in notes],
        "partners": _partners(look.pipe, others) if not look.at_words else [],
    }


def _partners(pipe: Pipeline, others: list[int]) -> list[Employed]:
    return [pipe.leading.employed[n] for n in others if n in pipe.leading.employed]


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a note for the viewer and that member, who are above and below each other."""
    pipe = looking(request).pipe
    viewer = pipe.viewer
    other = next((each for each in coaching.colleagues(pipe) if each.id == number), None)
    if viewer is None or other is None:
        raise Http404("There is nobody like that here.")
    text = request.POST.get("text", "").strip()[:LONGEST]
    below = any(each.id == other.id for each in pipe.leading.led_by(viewer.id))
    address = f"{reverse('person', args=[other.id if below else viewer.id])}#notes"
    if not text:
        messages.error(request, "There is nothing in the note.")
        return redirect(address)
    key = noting.note(by=viewer, other=other, text=text)
    words = f"Noted, for {other.name} and you only."
    undoing.offer(request, words, [("private_note", key, "")], by=viewer.id)
    return redirect(address)


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """Take back a note of the viewer's own."""
    pipe = looking(request).pipe
    viewer = pipe.viewer
    notes = pipe.leading.private_notes(number)
    key = request.POST.get("note", "")
    found = next((each for each in notes if each.key == key and _own(each, pipe)), None)
    if viewer is None or found is None:
        raise Http404("There is no such note of yours.")
    name = noting.remove(found.key)
    undoing.offer(request, "The note is gone.", [("private_note", key, name)], by=viewer.id)
    return redirect(undoing.back(request, reverse("people")))


def _own(note: PrivateNote, pipe: Pipeline) -> bool:
    return pipe.viewer is not None and note.author_id == pipe.viewer.id

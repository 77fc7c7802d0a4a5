"""The brief: always ready, of any moment, and frozen when it is kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.credentials import links
from ridealong.credentials.models import BriefLink
from ridealong.faces import documents
from ridealong.faces.web.brief_editing import may_edit
from ridealong.faces.web.brief_saying import calling_form
from ridealong.faces.web.reading import Looking, looking
from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.sources import people
from ridealong.views import briefing
from ridealong.views.briefing import Brief
from ridealong.views.inspection import CHANGE_KINDS
from ridealong.views.inspection.wording import CHANGE_WORDS

SHOWN = 8


def page(request: HttpRequest) -> HttpResponse:
    """Show the brief of the address's moment."""
    look = looking(request)
    made = _made(look)
    values: dict[str, Any] = {
        "look": look,
        "times": look.times,
        "problem": look.problem,
        "kept": briefing.kept(look.pipe),
        "linked": True,
    }
    now = not look.at_words and not look.known_words
    if now and may_edit(look.pipe.viewer):
        values |= {"editing": True, "put_away": briefing.hidden(look.pipe)}
        values |= {"asked": _asked(look.pipe), **calling_form(look.pipe)}
    return render(request, "brief.html", {**values, **shown(made)})


def as_pdf(request: HttpRequest) -> HttpResponse:
    """Answer with the brief of the address's moment as PDF."""
    look = looking(request)
    return download(_made(look), look.pipe)


def as_markdown(request: HttpRequest) -> HttpResponse:
    """Answer with the brief of the address's moment as Markdown."""
    look = looking(request)
    words = documents.markdown(_made(look), look.pipe.organisation.time_zone)
    return HttpResponse(words, content_type="text/markdown; charset=utf-8")


def kept_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with a kept brief as PDF."""
    pipe = looking(request).pipe
    return download(_kept(pipe, number), pipe)


def download(made: Brief, pipe: Pipeline) -> HttpResponse:
    """Answer with a brief as a file that is shown where the browser can."""
    zone = pipe.organisation.time_zone
    answer = HttpResponse(documents.pdf(made, zone), content_type="application/pdf")
    named = f"brief-{made.at.astimezone(zone):%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{named}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _made(look: Looking) -> Brief:
    return briefing.brief(look.pipe, look.earlier if look.since_words else None, named=SHOWN)


def _kept(pipe: Pipeline, number: int) -> Brief:
    try:
        return briefing.read_kept(pipe, number)
    except NotVisible as error:
        raise Http404(str(error)) from error


def _links(request: HttpRequest, pipe: Pipeline) -> list[tuple[BriefLink, str]]:
    """Return the viewer's links that still open something, each with its address."""
    found = links.live(pipe.viewer.id if pipe.viewer else 0)
    addresses = (reverse("shared", args=[links.token(each)]) for each in found)
    return [
        (each, request.build_absolute_uri(to)) for each, to in zip(found, addresses, strict=True)
    ]


def _asked(pipe: Pipeline) -> dict[int, str]:
    """Return {deal: what the viewer asks the CEO to do about it}."""
    return {number: each.help for number, each in briefing.edits(pipe).remarks.items()}


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Freeze the brief as it is now."""
    look = looking(request)
    made = briefing.brief(look.pipe, look.earlier if look.since_words else None)
    people.keep_brief(look.pipe, made, briefing.frozen(made))
    messages.success(request, "The brief is kept. The next one will compare with it.")
    return redirect("brief-kept", number=briefing.kept(look.pipe)[0].id)


def kept(request: HttpRequest, number: int) -> HttpResponse:
    """Show a kept brief as it was."""
    look = looking(request)
    made = _kept(look.pipe, number)
    # Its figures lead to the deals as they were when it was kept, with what was known then.
    moments = {"at": made.at, "since": made.since, "known": made.known}
    times = urlencode({name: moment.isoformat() for name, moment in moments.items()})
    values: dict[str, Any] = {
        "look": look,
        "times": times,
        "kept": briefing.kept(look.pipe),
        "frozen": number,
        "linked": True,
        "since_then": briefing.came(look.pipe, made),
    }
    if may_edit(look.pipe.viewer):
        values["links"] = _links(request, look.pipe)
        values["key"] = next(each.key for each in values["kept"] if each.id == number)
    return render(request, "brief.html", {**values, **shown(made)})


def shown(made: Brief) -> dict[str, object]:
    """Return what templates need of a brief, beside the brief."""
    largest = max((group.figure.amount for group in made.by_salesperson), default=0)
    widest = max((group.figure.amount for group in made.by_stage), default=0)
    return {
        "brief": made,
        "changes": [
            (CHANGE_WORDS[kind], made.changes[kind])
            for kind in CHANGE_KINDS
            if made.changes[kind].figure.count
        ],
        "largest": largest,
        "widest": widest,
        "shown": SHOWN,
    }

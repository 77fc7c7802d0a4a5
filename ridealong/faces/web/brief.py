"""The brief: always ready, of any moment, and frozen when it is kept."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import NotVisible
from ridealong.sources import people
from ridealong.views import briefing
from ridealong.views.briefing import Brief
from ridealong.views.inspection import CHANGE_KINDS
from ridealong.views.inspection.wording import CHANGE_WORDS

SHOWN = 8


def page(request: HttpRequest) -> HttpResponse:
    """Show the brief of the address's moment."""
    look = looking(request)
    asked = look.earlier if look.since_words else None
    made = briefing.brief(look.pipe, asked, named=SHOWN)
    values = {
        "look": look,
        "times": look.times,
        "problem": look.problem,
        "kept": briefing.kept(look.pipe),
    }
    return render(request, "brief.html", {**values, **_shown(made)})


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
    try:
        made = briefing.read_kept(look.pipe, number)
    except NotVisible as error:
        raise Http404(str(error)) from error
    # Its figures lead to the deals as they were when it was kept, with what was known then.
    moments = {"at": made.at, "since": made.since, "known": made.known}
    times = urlencode({name: moment.isoformat() for name, moment in moments.items()})
    values = {
        "look": look,
        "times": times,
        "kept": briefing.kept(look.pipe),
        "frozen": number,
    }
    return render(request, "brief.html", {**values, **_shown(made)})


def _shown(made: Brief) -> dict[str, object]:
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

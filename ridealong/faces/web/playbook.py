"""The playbook: exit criteria of each stage, and how the open deals in sight stand in them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.playbook_editing import Wanted, may_edit
from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import Criteria
from ridealong.record.states import Tally
from ridealong.sources.base.playbook import default_playbook
from ridealong.views.coaching import playbook
from ridealong.views.coaching.criteria import rules
from ridealong.views.coaching.playing import ELEMENTS

AT_ONCE = 1000
"""So many open deals are counted while one waits; more come after the page."""
STATES = ("met", "missing", "unknown")


def page(request: HttpRequest) -> HttpResponse:
    """Show the stages with their criteria; who may edit them can do so here."""
    look = looking(request)
    book = playbook.written(look.pipe)
    edits = may_edit(look.pipe.viewer)
    opened = request.GET.get("edit", "")
    chosen = next((c for _, cs in book.stages for c in cs if str(c.id) == opened), None)
    count = "counted" in request.GET or _few(look.pipe.tallies(Criteria(), ""))
    keys = [stage.key for stage, _ in book.stages]
    values = {
        "look": look,
        "book": book,
        "can_edit": edits,
        "form": Wanted(book, chosen=chosen) if edits and chosen else None,
        "new": Wanted(book) if edits and book.stages else None,
        "chosen": chosen,
        "elements": ELEMENTS,
        "rules": {name: rule.title for name, rule in rules().items()},
        "standing": playbook.standing(look.pipe) if count and book.total else {},
        "counted": count,
        "states": STATES,
        "offered": len(default_playbook(keys)),
        "done": request.session.pop("playbook_done", ""),
    }
    return render(request, "playbook/page.html", values)


def _few(tallies: list[Tally]) -> bool:
    return sum(tally.count for tally in tallies) <= AT_ONCE


def deals(request: HttpRequest, number: int) -> HttpResponse:
    """List the open deals in a criterion's stage where it is met, missing or unknown."""
    look = looking(request)
    state = request.GET.get("state", "missing")
    found = next((c for c in look.pipe.leading.criteria() if c.id == number), None)
    if found is None or state not in STATES:
        raise Http404("There is no such criterion.")
    stage = next(each for each in look.pipe.stages() if each.id == found.stage_id)
    values = {
        "look": look,
        "criterion": found,
        "stage": stage,
        "state": state,
        "states": STATES,
        "lines": playbook.deals_with(look.pipe, found, state),
    }
    return render(request, "playbook/deals.html", values)

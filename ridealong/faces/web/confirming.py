"""Confirmations instead of forms: what a text suggests, asked of the deal's salesperson only."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.connections import writing
from ridealong.faces.web.deal import word
from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Question
from ridealong.sources import people
from ridealong.sources.base.connector import Edit
from ridealong.views import coaching

LATELY = timedelta(days=14)
"""Talks of so long are asked about; of older ones one remembers little."""
OFFERED = 3
"""So many natures are one tap away in a list; all of them on the talk's own page."""


def page(request: HttpRequest) -> HttpResponse:
    """List the viewer's open questions under their deals, and talks they have not confirmed."""
    pipe = looking(request).pipe
    questions = pipe.questions()
    deals = {d.id: d for d in pipe.deals_numbered(sorted({q.deal_id for q in questions}))}
    asked = [(deals[q.deal_id], q) for q in questions if q.deal_id in deals]
    undo = request.session.pop("answered", None)
    values = {
        "asked": asked,
        "answered": undo,
        "at": pipe.at,
        "talks": _to_confirm(pipe),
    }
    return render(request, "confirm.html", values)


def _to_confirm(pipe: Pipeline) -> list[tuple[coaching.Told, list[str]]]:
    """Talks that wait for the viewer's word, with what each may rather have been."""
    told = coaching.told(pipe, coaching.unconfirmed(pipe, pipe.at - LATELY))
    likeliest = coaching.natures(pipe) if told else []
    return [(one, coaching.otherwise(one.talk, likeliest)[:OFFERED]) for one in told]


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Take an answer: yes holds from now on, and goes back to the CRM where that is wanted."""
    pipe = looking(request).pipe
    question = pipe.question(number)
    if question is None or pipe.viewer is None:
        raise Http404("There is no such question for you.")
    deal = pipe.deals_numbered([question.deal_id])[0]
    said = request.POST.get("answer")
    if said == "again":
        people.take_back(question)
    elif said in {"yes", "no"}:
        people.answer(question, deal, yes=said == "yes")
        if said == "yes":
            writing.pass_on(_edits(question, deal), by=pipe.viewer.id)
            messages.success(request, f"{deal.name}: noted.")
        else:
            request.session["answered"] = {"id": question.id, "asks": question.asks}
    else:
        raise Http404("Yes or no.")
    if request.POST.get("back") == "deal":
        return redirect("deal", deal.id)
    return redirect("today" if request.POST.get("back") == "today" else "confirm")


def _edits(question: Question, deal: DealState) -> list[Edit]:
    if question.field not in {"close_date", "next_step"}:
        return []
    before = word(getattr(deal, question.field))
    return [Edit(deal.key, question.field, str(question.value["value"]), before)]

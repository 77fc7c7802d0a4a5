"""The pipeline: table and board at any moment, with what changed marked in place."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ridealong.faces.web.reading import Looking, local, looking
from ridealong.record.pipeline import Pipeline
from ridealong.views import inspection, signals
from ridealong.views.inspection import CHANGE_KINDS, GROUPINGS, Inspection, Selection
from ridealong.views.inspection.wording import CHANGE_WORDS
from ridealong.views.signals import Mark

SORTS = {
    "name": "Deal",
    "company": "Company",
    "salesperson": "Salesperson",
    "stage": "Stage",
    "value": "Amount",
    "close_date": "Closes",
}
CLOSES = (("week", "This week"), ("month", "This month"), ("quarter", "This quarter"))
ATTENTION = (
    ("no_next_step", "No next step"),
    ("quiet", "Gone quiet"),
    ("overdue", "Past close date"),
)


def page(request: HttpRequest) -> HttpResponse:
    """Show the pipeline that the address asks for."""
    look = looking(request)
    query = request.GET
    by = query.get("by", "")
    grouping = next((each for each in GROUPINGS if each == by), None)
    sort = query.get("sort") or "-value"
    number = int(query["page"]) if query.get("page", "").isdigit() else 1
    selection, problem = Selection.from_query(query.dict()), look.problem
    is_board = query.get("view") == "board"

    def seen_with(selection: Selection, sort: str) -> Inspection:
        if selection.signal not in {"", "any", *signals.rules()}:
            raise ValueError(f"There is no rule “{selection.signal}”.")
        if is_board:
            return inspection.board(look.pipe, look.earlier, selection, by=grouping)
        return inspection.inspect(
            look.pipe, look.earlier, selection, by=grouping, sort=sort, page=max(1, number)
        )

    try:
        seen = seen_with(selection, sort)
    except ValueError as error:
        problem, selection, sort = str(error), Selection(), "-value"
        seen = seen_with(selection, sort)
    values = {
        "look": look,
        "seen": seen,
        "selection": selection,
        "by": by,
        "sort": sort,
        "sorts": SORTS,
        "is_board": is_board,
        "marks": _marks(look, seen),
        "rules": list(signals.rules().values()),
        "options": inspection.options(look.pipe),
        "closes": CLOSES,
        "attention": ATTENTION,
        "groupings": GROUPINGS,
        "problem": problem,
        "changes": [(kind, CHANGE_WORDS[kind], seen.changes[kind]) for kind in CHANGE_KINDS],
        "moments": moments(look.pipe),
        "compared": compared(look),
        "since_kept": bool(not look.since_words),
        "narrowed": selection != Selection(),
        "address": reverse("pipeline"),
    }
    return render(request, "pipeline.html", values)


def _marks(look: Looking, seen: Inspection) -> dict[int, Mark]:
    """What stands on the deals that are on the page."""
    rows = [*seen.rows, *(row for column in seen.columns for row in column.rows)]
    return signals.marks(look.pipe, {row.deal.id for row in rows})


def moments(pipe: Pipeline) -> list[tuple[str, str]]:
    """Return (day, name) of past moments one often looks at."""
    today = local(pipe, pipe.at).date()
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    month = today.replace(day=1) - timedelta(days=1)
    year = today.replace(month=1, day=1) - timedelta(days=1)
    return [
        (friday.isoformat(), "Last Friday"),
        (month.isoformat(), "End of last month"),
        (year.isoformat(), "End of last year"),
    ]


def compared(look: Looking) -> list[tuple[str, str]]:
    """Return (day, name) of moments one often compares with."""
    today = local(look.pipe, look.pipe.at).date()
    month = today.replace(day=1) - timedelta(days=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return [
        ((today - timedelta(days=7)).isoformat(), "A week before"),
        (month.isoformat(), "Start of the month"),
        (quarter.isoformat(), "Start of the quarter"),
    ]

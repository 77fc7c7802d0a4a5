"""The pipeline: table and board at any moment, with what changed marked in place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ridealong.faces.web import odds
from ridealong.faces.web.reading import Looking, local, looking
from ridealong.record.pipeline import Pipeline
from ridealong.views import inspection, signals
from ridealong.views.inspection import CHANGE_KINDS, GROUPINGS, Grouping, Inspection, Selection
from ridealong.views.inspection.wording import CHANGE_WORDS

if TYPE_CHECKING:
    from ridealong.views.forecasting import Heats

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for."""

    selection: Selection
    sort: str
    by: Grouping | None
    page: int
    is_board: bool


def page(request: HttpRequest) -> HttpResponse:
    """Show the pipeline that the address asks for."""
    look = looking(request)
    query = request.GET
    by, number = query.get("by", ""), query.get("page", "")
    asked = _Asked(
        selection=Selection.from_query(query.dict()),
        sort=query.get("sort") or "-value",
        by=next((each for each in GROUPINGS if each == by), None),
        page=max(1, int(number)) if number.isdigit() else 1,
        is_board=query.get("view") == "board",
    )
    problem = look.problem
    try:
        seen, told = _seen(look, asked)
    except ValueError as error:
        problem, asked = str(error), replace(asked, selection=Selection(), sort="-value")
        seen, told = _seen(look, asked)
    shown = _shown(seen)
    values = {
        "look": look,
        "seen": seen,
        "selection": asked.selection,
        "by": by,
        "sort": asked.sort,
        "sorts": SORTS,
        "is_board": asked.is_board,
        "marks": signals.marks(look.pipe, shown),
        "told": told or odds.of_rows(look, asked.selection, shown),
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
        "narrowed": asked.selection != Selection(),
        "address": reverse("pipeline"),
    }
    return render(request, "pipeline.html", values)


def _seen(look: Looking, asked: _Asked) -> tuple[Inspection, Heats | None]:
    """Return the pipeline, and the odds of all that is selected where they choose or order it.

    Raises ``ValueError`` with a sentence for the user.
    """
    selection, told, ranked = asked.selection, None, None
    if selection.signal not in {"", "any", *signals.rules()}:
        raise ValueError(f"There is no rule “{selection.signal}”.")
    if selection.heat or asked.sort in odds.SORTS:
        told = odds.of_selected(look, selection)
        if told.book.problem:
            raise ValueError(told.book.problem)
        selection = replace(selection, among=frozenset(told.hot))
        if asked.sort in odds.SORTS:
            ranked = odds.in_order(look, told, selection, asked.sort)
    if asked.is_board:
        return inspection.board(look.pipe, look.earlier, selection, by=asked.by), told
    seen = inspection.inspect(
        look.pipe,
        look.earlier,
        selection,
        by=asked.by,
        sort=asked.sort,
        page=asked.page,
        ranked=ranked,
    )
    return seen, told


def _shown(seen: Inspection) -> set[int]:
    """The numbers of the deals that are on the page."""
    rows = [*seen.rows, *(row for column in seen.columns for row in column.rows)]
    return {row.deal.id for row in rows}


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

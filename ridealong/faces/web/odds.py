"""Odds where they show: a column of the pipeline, and the card of a deal with what shows why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.reading import Looking, looking
from ridealong.record.pipeline import NotVisible
from ridealong.record.states import DealState
from ridealong.views import forecasting, inspection
from ridealong.views.inspection import DealStory, Selection

if TYPE_CHECKING:
    from datetime import datetime

    from ridealong.views.forecasting import Evidence, Heats, Odds

SORTS = frozenset({"odds", "-odds"})
NAMES = {"week": "this week", "month": "this month", "quarter": "this quarter", "ever": "ever"}


def by(selection: Selection) -> str:
    """Return by when odds are told: by the end of the period that deals close in, or the month."""
    return selection.closes if selection.closes in {"week", "quarter"} else "month"


def of_selected(look: Looking, selection: Selection) -> Heats:
    """Return how hot all open deals are that meet a selection, whatever its heat.

    Raises ``ValueError`` with a sentence for the user.
    """
    asked = inspection.criteria(look.pipe, replace(selection, heat=""))
    return forecasting.ranked(look.pipe, look.pipe.numbers_of_open(asked), by(selection))


def of_rows(look: Looking, selection: Selection, deals: Collection[int]) -> Heats:
    """Return how hot the deals are that a page shows; in a large company as last told."""
    return forecasting.shown(look.pipe, deals, by(selection))


def in_order(look: Looking, told: Heats, selection: Selection, sort: str) -> list[int]:
    """Return the numbers of the selected open deals by their odds, those without any last.

    Of equal ones the hotter comes first.
    """
    sign = -1 if sort.startswith("-") else 1
    first = sorted(told.ranked, key=lambda deal: sign * told.heats[deal].odds.won)
    selected = look.pipe.numbers_of_open(inspection.criteria(look.pipe, selection))
    return [deal for deal in first if deal in selected] + sorted(selected.difference(first))


def of_deal(request: HttpRequest, key: str) -> HttpResponse:
    """Show a deal's odds by week, month, quarter and ever, and what carries them."""
    look = looking(request)
    try:
        deal = look.pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    told = forecasting.deal_odds(look.pipe, deal)
    heat = told.heats.get(deal.id)
    story = inspection.story_of(look.pipe, deal) if heat else None
    values = {
        "look": look,
        "deal": deal,
        "told": told,
        "heat": heat,
        "by": _by(told, deal) if heat else [],
        "why": forecasting.because(told, story) if story else (),
    }
    return render(request, "odds/of_deal.html", values)


def _by(told: Heats, deal: DealState) -> list[tuple[str, Odds]]:
    """Return (by when, odds), the soonest first; periods that end on one day are one."""
    found: dict[datetime, list[Odds]] = {}
    for each in sorted(told.book.odds[deal.id].values(), key=lambda odds: odds.horizon.days):
        found.setdefault(each.horizon.until, []).append(each)
    return [
        (" and ".join(NAMES[each.horizon.name] for each in alike), alike[0])
        for alike in found.values()
    ]


def only_of_story(look: Looking, story: DealStory, about: str) -> Evidence | None:
    """Return what of a deal's story shows a reason, where a page is asked for only that."""
    if not about:
        return None
    told = forecasting.heats(look.pipe, [story.deal.id])
    found = forecasting.because(told, story)
    return next((each for each in found if each.reason.about == about), None)

"""A deal named in a form: found as one types, and understood as it was written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState

OFFERED = 8


def offered(request: HttpRequest) -> HttpResponse:
    """Return the deals that what was typed may mean, as options of a form's field."""
    words = request.GET.get("deal", "").strip()
    found = looking(request).pipe.deals_called(words, OFFERED) if words else []
    return render(request, "parts/deals_named.html", {"deals": found})


def deal_meant(pipe: Pipeline, words: str) -> DealState:
    """Return the one deal in sight of that name or id, or the only one with words so beginning.

    Raises ``ValueError`` with a sentence for the reader where it is none, or several.
    """
    found = pipe.deals_called(words) if words else []
    called = [deal for deal in found if deal.name.casefold() == words.casefold()]
    # Of namesakes the one that is still open is meant.
    still_open = [deal for deal in called if deal.status == "open"]
    meant = next((each for each in (still_open, called, found) if each), [])
    if len(meant) == 1:
        return meant[0]
    several = ", ".join(deal.name for deal in meant[:5])
    what = f"is the name of several: {several}" if meant else "is no deal that you may see"
    raise ValueError(f"“{words}” {what}.")

"""What was said at a moment, beside what came of it; and how near it was so far."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.reading import looking
from ridealong.lib import clock
from ridealong.views import said

BACK = timedelta(weeks=3)
"""How long ago is looked at where nobody says when."""


def page(request: HttpRequest) -> HttpResponse:
    """Show what was said as of the address's moment; without one three weeks ago."""
    look = looking(request)
    now = look.pipe.moved(clock.now())
    then = look.pipe.moved(min(look.pipe.at, now.at), look.pipe.known)
    if not look.at_words:
        begun = now.said.begun("odds") or now.said.begun("insights")
        then = now.moved(max(now.at - BACK, begun or now.at - BACK))
    number = request.GET.get("page", "")
    found = said.said_at(then, now, page=int(number) if number.isdigit() else 1)
    values = {"look": look, "said": found, "accuracy": said.accuracy(now)}
    return render(request, "said/page.html", values)

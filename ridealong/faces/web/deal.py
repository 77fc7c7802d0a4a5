"""One deal: what to say aloud, its people, its story, and what is missing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import NotVisible
from ridealong.views import inspection


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a deal as of the address's moment; 404 for one that is not there or not to be seen."""
    look = looking(request)
    try:
        story = inspection.story(look.pipe, key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    return render(request, "deal.html", {"look": look, "story": story, "deal": story.deal})

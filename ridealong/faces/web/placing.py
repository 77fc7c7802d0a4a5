"""Saying which deal an activity belongs to, and handing in a call's transcript."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ridealong.connections.reaching import ours
from ridealong.faces.web.naming import deal_meant
from ridealong.faces.web.reading import looking
from ridealong.jobs import starting
from ridealong.sources import people
from ridealong.sources.transcripts import uploads


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    """Place an activity at a deal, or at none; what has much in common with it follows."""
    pipe = looking(request).pipe
    key, words = request.POST.get("activity", ""), request.POST.get("deal", "").strip()
    if pipe.viewer is None or not pipe.may_place(key):
        raise Http404("There is no such activity here.")
    if request.POST.get("none"):
        people.place(key, None, by=pipe.viewer)
        request.session["placed"] = {"activity": key, "deal": ""}
        return redirect("sources")
    try:
        deal = deal_meant(pipe, words)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("sources")
    people.place(key, deal.key, by=pipe.viewer)
    starting.start("place", plan={"like": key})
    request.session["placed"] = {"activity": key, "deal": deal.name, "key": deal.key}
    return redirect("sources")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back where an activity was placed."""
    pipe = looking(request).pipe
    key = request.POST.get("activity", "")
    if not pipe.may_place(key):
        raise Http404("There is no such activity here.")
    people.unplace(key)
    starting.start("place", plan={"like": key})
    return redirect("sources")


@require_POST
def transcripts(request: HttpRequest) -> HttpResponse:
    """Take in transcripts of calls; each that cannot be read is named."""
    viewer = looking(request).pipe.viewer
    if viewer is None:
        raise Http404("Only members hand in transcripts.")
    read = 0
    for file in request.FILES.getlist("files"):
        name = str(file.name)
        try:
            if (file.size or 0) > uploads.MAX_BYTES:
                raise uploads.Unreadable("The file is too large.")
            uploads.take_in(file.read(), name, ours(), by=viewer.key)
            read += 1
        except uploads.Unreadable as error:
            messages.error(request, f"{name}: {error}")
    if read:
        plural = "s are" if read > 1 else " is"
        messages.success(request, f"{read} transcript{plural} in; the deals are being found.")
        starting.start("place", subject="placing")
    return redirect("sources")

"""A kept brief behind a link that ends: for a CEO without an account, to read only."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ridealong.credentials import links
from ridealong.credentials.links import NoLink
from ridealong.faces.web import undoing
from ridealong.faces.web.brief import download, shown
from ridealong.faces.web.brief_editing import may_edit
from ridealong.faces.web.reading import looking
from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember, NotVisible, Pipeline
from ridealong.views import briefing
from ridealong.views.briefing import Brief


@require_safe
def page(request: HttpRequest, signed: str) -> HttpResponse:
    """Show the brief that a link is of, as it was when it was kept: no figure leads further."""
    try:
        made, _ = _opened(signed, opened=request.method == "GET")
    except NoLink:
        return _closed(render(request, "brief/ended.html", status=404))
    return _closed(render(request, "brief/shared.html", {"token": signed, **shown(made)}))


@require_safe
def as_pdf(request: HttpRequest, signed: str) -> HttpResponse:
    """Answer with the same brief as PDF."""
    try:
        made, pipe = _opened(signed, opened=request.method == "GET")
    except NoLink:
        return _closed(render(request, "brief/ended.html", status=404))
    return _closed(download(made, pipe))


def _opened(signed: str, *, opened: bool) -> tuple[Brief, Pipeline]:
    """Return the brief of a link, read as who made it. Raises ``NoLink``."""
    link = links.found(signed, opened=opened)
    try:
        pipe = pipeline.open(link.member_id)
        return briefing.read_keyed(pipe, link.brief), pipe
    except (NotAMember, NotVisible) as error:
        # Who made it has left: the link has ended with them.
        raise NoLink(str(error)) from error


def _closed(answer: HttpResponse) -> HttpResponse:
    """Let nobody index it, keep a copy, or learn the address from where one goes next."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link to a brief that the viewer kept."""
    pipe = looking(request).pipe
    kept = next((each for each in briefing.kept(pipe) if each.id == number), None)
    if kept is None or pipe.viewer is None or not may_edit(pipe.viewer):
        raise Http404("There is no such kept brief of yours.")
    days, name = request.POST.get("days", ""), request.POST.get("name", "").strip()[:100]
    try:
        links.make(pipe.viewer.id, kept.key, days=int(days) if days.isdigit() else 0, name=name)
    except ValueError as error:
        messages.error(request, str(error))
    return redirect("brief-kept", number=number)


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a link of the viewer's own."""
    viewer = looking(request).pipe.viewer
    if viewer is None or not links.revoke(viewer.id, number):
        raise Http404("There is no such link of yours.")
    messages.success(request, "The link opens nothing any more.")
    return redirect(undoing.back(request, reverse("brief")))

"""Leadership: how each leader leads, over twelve weeks; each figure opens to what it counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ridealong.faces.web.reading import Looking, looking
from ridealong.record.pipeline import NotVisible
from ridealong.views import leadership
from ridealong.views.leadership import Leading

SHOWN = 100
"""So many things that a figure counts are listed at first."""


def page(request: HttpRequest) -> HttpResponse:
    """Show every leader in sight; whoever sees no other leader, sees themself.

    404 for whoever leads nobody: it is for owners and leaders.
    """
    look = looking(request)
    viewer = look.pipe.viewer
    if viewer is None or viewer.role in {"salesperson", "admin"}:
        raise Http404("This is for owners and leaders.")
    found = leadership.leaders(look.pipe)
    if viewer.role == "leader" and [each.id for each in found] == [viewer.id]:
        address = reverse("leader", args=[viewer.id])
        return redirect(f"{address}?{look.times}" if look.times else address)
    seen = leadership.overview(look.pipe)
    # One row for each figure; each leader has them in the same order.
    rows = [
        (cells[0].kind, list(zip(seen.leaders, cells, strict=True)))
        for cells in zip(*(one.figures for one in seen.leaders), strict=True)
    ]
    return render(request, "leadership/page.html", {"look": look, "seen": seen, "rows": rows})


def leader(request: HttpRequest, number: int) -> HttpResponse:
    """Show one leader, to themself as to everybody above; 404 for anybody else."""
    look = looking(request)
    one = _leading(look, number)
    return render(request, "leadership/leader.html", {"look": look, "one": one})


def figure(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """List what one figure of a leader counts."""
    look = looking(request)
    one = _leading(look, number)
    found = one.figure(name)
    if found is None:
        raise Http404("There is no such figure.")
    names = {each.member.id: each.member.name for each in one.people}
    lines = [(each, names.get(each.person, "several")) for each in found.counted]
    lines.sort(key=lambda line: (line[0].at is None, line[0].at, line[0].of), reverse=True)
    shown = len(lines) if "all" in request.GET else SHOWN
    values = {"look": look, "one": one, "figure": found, "lines": lines, "shown": shown}
    return render(request, "leadership/figure.html", values)


def _leading(look: Looking, number: int) -> Leading:
    viewer = look.pipe.viewer
    if viewer is None or viewer.role == "salesperson":
        raise Http404("This is for owners and leaders.")
    try:
        return leadership.leadership(look.pipe, number)
    except NotVisible as error:
        raise Http404(str(error)) from error

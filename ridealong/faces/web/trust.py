"""Whether odds are to be trusted: how they held on the company's history, what they rest on.

Nobody is named here, so that everybody reads it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.connections import holding, refitting
from ridealong.faces.web.reading import looking
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.record.fits import anything_ended
from ridealong.views import forecasting

SHOWN = 14
"""So many of the last fits are listed."""


def page(request: HttpRequest) -> HttpResponse:
    """Show the last back-test, what answers now, and which fits were made; runs that go on."""
    look = looking(request)
    fits = list(Run.objects.filter(subject=refitting.SUBJECT).order_by("-id")[:SHOWN])
    held = Run.objects.filter(subject=holding.HOLDING).order_by("-id").first()
    values = {
        "look": look,
        "at": look.pipe.at,
        "trust": forecasting.trust(look.pipe),
        "levels": forecasting.LEVELS_TOLD,
        "plain": forecasting.METHODS,
        "fits": [run for run in fits if not run.active],
        "fitting": next((run for run in fits if run.active), None),
        "next": _after(fits, refitting.EVERY),
        "run": held,
        "next_held": _after([held] if held else [], holding.EVERY),
        "ended": anything_ended(),
        "may_make": look.pipe.viewer is not None and look.pipe.viewer.role != "salesperson",
    }
    return render(request, "odds/trust.html", values)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Have a worker hold odds against what came, now."""
    viewer = looking(request).pipe.viewer
    if viewer is None or viewer.role == "salesperson":
        raise PermissionDenied("Leaders, owners and admins may ask for it.")
    starting.start("holding", subject=holding.HOLDING, started_by=viewer.id, hurry=True)
    return redirect("forecast-trust")


def _after(runs: list[Run], every: timedelta) -> datetime | None:
    """When the next is due, None before the first."""
    return runs[0].created_at + every if runs else None

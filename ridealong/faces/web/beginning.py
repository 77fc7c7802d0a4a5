"""The first week: what a new installation still needs, as the record stands; each step one link."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.connections import reporting
from ridealong.faces.web.reading import one_who_configures
from ridealong.record import directory
from ridealong.record.pipeline import Pipeline

COOKIE = "first-week"
"""Set in a browser whose user put the guide away."""
HIDDEN_FOR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do first, where it is done, and whether it is."""

    words: str
    why: str
    address: str
    done: bool


def guide(request: HttpRequest, pipe: Pipeline) -> dict[str, object]:
    """Return what the page needs of the guide; nothing for whom it is not, or once all is done."""
    viewer = pipe.viewer
    if viewer is None or viewer.role not in {"owner", "admin"} or pipe.organisation.simulated:
        return {}
    put_away = request.get_signed_cookie(COOKIE, default="") == str(viewer.id)
    if put_away:
        return {"guide_back": request.session.pop(COOKIE, False)}
    steps = _steps(pipe)
    if all(step.done for step in steps):
        return {}
    return {"guide": steps, "guide_next": next(step for step in steps if not step.done)}


def _steps(pipe: Pipeline) -> list[Step]:
    led = any(member.reports_to is not None for member in directory.members())
    invited = get_user_model()._default_manager.count() > 1
    return [
        Step(
            "Bring in your deals",
            "Export them from your CRM, or connect it.",
            reverse("import"),
            not pipe.evidence.is_empty,
        ),
        Step(
            "Connect a mailbox, calendar or CRM",
            "Talks and meetings then come by themselves.",
            reverse("sources"),
            bool(reporting.all_of()),
        ),
        Step(
            "Say who reports to whom",
            "So that each leader sees their own people.",
            reverse("members"),
            led,
        ),
        Step(
            "Invite your leaders and salespeople",
            "Each signs in with an account of their own.",
            reverse("members"),
            invited,
        ),
        Step(
            "Keep the first brief",
            "From then on it says what changed since the last call.",
            reverse("brief"),
            pipe.editing.has_kept(),
        ),
    ]


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Put the guide away in this browser, or bring it back."""
    member = one_who_configures(request)
    answer = redirect("today")
    if request.POST.get("state") == "back":
        answer.delete_cookie(COOKIE)
    else:
        request.session[COOKIE] = True
        answer.set_signed_cookie(
            COOKIE, str(member.id), max_age=HIDDEN_FOR, httponly=True, samesite="Lax"
        )
    return answer

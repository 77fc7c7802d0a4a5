"""Ride-alongs: buyers' meetings that a leader joins by one tap, and what calendars are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import Looking, looking
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.invitation import Invitation, ride_uid, sequence, written
from ridealong.record.states import Member
from ridealong.sources.people import joining
from ridealong.views.coaching.riding import Ride, ride, riding


@dataclass(frozen=True)
class Joined:
    """A ride that the leader has joined. ``by_hand``: here, so that they can leave it here.

    ``run``: the last letter about it, None for none.
    """

    ride: Ride
    by_hand: bool
    run: Run | None


def rides_for(look: Looking) -> dict[str, Any]:
    """Return what ``parts/rides.html`` shows to whoever is signed in, on any page."""
    found, viewer = riding(look.pipe), look.pipe.viewer
    letters = posting.last(_subject(each, viewer) for each in found.joined) if viewer else {}
    joined = [
        Joined(
            each,
            viewer is not None and joining.joined_by_hand(each.meeting, viewer),
            letters.get(_subject(each, viewer)),
        )
        for each in found.joined
    ]
    return {
        "riding": found,
        "joined": joined,
        "no_mail": posting.problem(),
        "now": not look.at_words and not look.known_words,
    }


def page(request: HttpRequest) -> HttpResponse:
    """Show the meetings of the next two weeks that are worth joining."""
    look = looking(request)
    undo = request.session.pop("left_ride", None)
    return render(request, "rides.html", {"look": look, "undo": undo, **rides_for(look)})


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Join a meeting; a second time the invitation is sent anew, and nothing else happens."""
    found, viewer = _ahead(request, request.POST.get("meeting", ""))
    before = found.joined
    if before and not joining.joined_by_hand(found.meeting, viewer):
        messages.success(request, f"You take part in “{found.meeting.title}” already.")
        return _back(request)
    if not before:
        joining.join(found.meeting, by=viewer)
    told = _tell(request, found, viewer, note=not before)
    messages.success(request, f"You join “{found.meeting.title}”. {told}")
    return _back(request)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave a meeting that was joined here; one joined in a calendar is left there."""
    found, viewer = _ahead(request, request.POST.get("meeting", ""))
    if not joining.joined_by_hand(found.meeting, viewer):
        messages.error(request, "You did not join it here: leave it in your calendar.")
        return _back(request)
    joining.leave(found.meeting, by=viewer)
    _tell(request, found, viewer, note=True)
    request.session["left_ride"] = {"key": found.meeting.key, "title": found.meeting.title}
    return _back(request)


def entry(request: HttpRequest) -> HttpResponse:
    """Return a meeting as a file for the leader's calendar, where mail is not set up."""
    found, viewer = _ahead(request, request.GET.get("meeting", ""))
    meeting, address = found.meeting, reverse("deal", args=[found.deal.id])
    about = f"{found.deal.name}, {found.deal.company}. {found.why}"
    content = written(
        Invitation(
            uid=ride_uid(meeting.key, viewer.key),
            sequence=sequence(clock.now()),
            begins=meeting.at,
            minutes=meeting.minutes,
            title=meeting.title,
            text=about,
            address=request.build_absolute_uri(address),
            organiser=(viewer.name, viewer.email or "nobody@localhost"),
            guest=(viewer.name, viewer.email),
            stamp=clock.now(),
        ),
        "PUBLISH",
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer["Content-Disposition"] = 'attachment; filename="ride-along.ics"'
    return answer


def _ahead(request: HttpRequest, key: str) -> tuple[Ride, Member]:
    """Return a meeting of somebody else's deal. Raises ``Http404`` where there is none ahead.

    Cancelled meanwhile, over by now, or not for them to see: the page does not say which.
    """
    pipe = looking(request).pipe
    found = ride(pipe, key) if key else None
    if found is None or pipe.viewer is None or found.deal.salesperson_id == pipe.viewer.id:
        raise Http404("There is no such meeting ahead.")
    return found, pipe.viewer


def _tell(request: HttpRequest, ride: Ride, viewer: Member, *, note: bool) -> str:
    """Ask for the letters to the leader and the salesperson; say what comes of it."""
    about = {
        "activity": ride.meeting.key,
        "member": viewer.id,
        "address": request.build_absolute_uri("/"),
    }
    if not viewer.email:
        return "You have no e-mail address here: take the file for your calendar."
    try:
        posting.post("ride", about, subject=_subject(ride, viewer), by=viewer.id)
        if note and ride.deal.salesperson_id is not None:
            to = {**about, "to": ride.deal.salesperson_id}
            subject = f"ride-note:{ride.meeting.id}:{viewer.id}"
            posting.post("ride_note", to, subject=subject, by=viewer.id)
    except posting.NotSetUp:
        return "Mail is not set up here: take the file for your calendar."
    return f"The invitation is on its way to {viewer.email}."


def _subject(ride: Ride, viewer: Member | None) -> str:
    return f"ride:{ride.meeting.id}:{viewer.id if viewer else 0}"


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the page that the button was on."""
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else reverse("ride-alongs"))

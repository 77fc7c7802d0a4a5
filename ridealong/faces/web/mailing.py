"""Whether mail works, and a mail to oneself to see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import one_who_configures
from ridealong.jobs import posting
from ridealong.record.states import Member


def state(member: Member) -> dict[str, Any]:
    """Return what ``parts/mailing.html`` shows: what is in the way, and the last test mail."""
    subject = _subject(member)
    return {"no_mail": posting.problem(), "test": posting.last([subject]).get(subject)}


@require_POST
def test(request: HttpRequest) -> HttpResponse:
    """Send a mail to whoever asks."""
    member = one_who_configures(request)
    about = {"member": member.id, "address": request.build_absolute_uri("/")}
    try:
        posting.post("test", about, subject=_subject(member), by=member.id)
    except posting.NotSetUp as problem:
        messages.error(request, str(problem))
    return redirect("company")


def _subject(member: Member) -> str:
    return f"test-mail:{member.id}"

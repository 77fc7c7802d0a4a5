"""Undo: what somebody just did is offered to be taken back, on the page they see next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import looking
from ridealong.record.facts import SubjectKind
from ridealong.sources.people import speaking

_SALT = "undo"
_DAY = 86_400
Statement = tuple[SubjectKind, str, str]
"""Kind and key of a subject, and the name of what was said of it; "" for all of the subject."""


def offer(request: HttpRequest, words: str, statements: Sequence[Statement], *, by: int) -> None:
    """Let the next page say ``words`` and offer to take the statements back."""
    token = signing.dumps({"by": by, "said": list(statements)}, salt=_SALT)
    request.session["undo"] = {"words": words, "token": token}


def taken(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is offered, once."""
    return request.session.pop("undo", None) if hasattr(request, "session") else None


def back(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours that a form says to go back to."""
    wanted = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else otherwise


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was offered to whoever is signed in."""
    viewer = looking(request).pipe.viewer
    try:
        offered = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_DAY)
    except signing.BadSignature as error:
        raise Http404("There is nothing to undo.") from error
    if viewer is None or offered["by"] != viewer.id:
        raise Http404("There is nothing of yours to undo.")
    for kind, key, name in offered["said"]:
        if name:
            speaking.unsay(kind, key, name)
        else:
            speaking.say(kind, key, {"deleted": True})
    return redirect(back(request, "/"))

"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ridealong.faces.web import undoing
from ridealong.faces.web.navigation import navigation
from ridealong.faces.web.reading import signed_in
from ridealong.record.directory import organisation


def company(request: HttpRequest) -> dict[str, Any]:
    """Return the company, the member who is signed in, their screens, and what they may undo."""
    me = signed_in(request)
    return {
        "company": organisation(),
        "me": me,
        "navigation": navigation(me, request.path) if me else None,
        "undoable": lambda: undoing.taken(request),
    }

"""Pages for what went wrong: each says what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing here, or not for this member: the page does not say which."""
    del exception
    said = {
        "title": "Not here",
        "words": "There is no such page or deal, or it is not one that you may see. "
        "Press Ctrl K to find a deal, or go back to the pipeline.",
    }
    return render(request, "error.html", said, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This member may not do that."""
    words = str(exception) or "You may not do this."
    said = {"title": "Not allowed", "words": f"{words} Ask the owner of this installation."}
    return render(request, "error.html", said, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that should not have."""
    said = {
        "title": "Something broke",
        "words": "Nothing was half-written. Try again; if it stays, the server's log says more.",
    }
    return render(request, "error.html", said, status=500)

"""Who may come in: before the set-up everybody is led to it, after it only those signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ridealong.credentials import claiming

OPEN = (
    *("/sign-in", "/account/", "/invitation/", "/static/", "/demo", "/api/"),
    *("/feed/", "/unsubscribe/", "/shared/", "/sw.js", "/offline/"),
)
"""Open to anybody: the API asks who it is, links know it; what is offline has no data."""


class Entering:
    """Middleware that leads to set-up or sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or lead elsewhere."""
        if not self._set_up:
            # An installation that has been set up stays so: asked once a process.
            self._set_up = claiming.is_set_up()
        if not self._set_up and not request.path.startswith(("/setup", "/static/")):
            return redirect("setup")
        is_open = request.path.startswith(OPEN) or request.path == "/setup"
        if self._set_up and not is_open and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return self.get_response(request)

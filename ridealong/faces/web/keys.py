"""A member's own keys for the API: made, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ridealong.credentials import keys
from ridealong.credentials.models import AccessKey
from ridealong.faces.web.reading import looking


def page(request: HttpRequest) -> HttpResponse:
    """List the viewer's keys; one that was just made is shown."""
    look = looking(request)
    number = look.pipe.viewer.id if look.pipe.viewer else 0
    values = {
        "look": look,
        "keys": AccessKey.objects.filter(member_id=number).order_by("-created_at"),
        "made": request.session.pop("key", None),
        "address": request.build_absolute_uri("/api/pipeline"),
    }
    return render(request, "keys.html", values)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a key."""
    look = looking(request)
    name = request.POST.get("name", "").strip()[:100]
    if not name:
        messages.error(request, "Give it a name, so that you know later what it is for.")
    elif look.pipe.viewer is not None:
        request.session["key"] = keys.make(look.pipe.viewer.id, name)
    return redirect("keys")


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke one of the viewer's keys: at once, and for good."""
    look = looking(request)
    mine = look.pipe.viewer.id if look.pipe.viewer else 0
    if AccessKey.objects.filter(pk=number, member_id=mine).delete()[0]:
        messages.success(request, "It is revoked.")
    return redirect("keys")

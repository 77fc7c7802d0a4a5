"""Stopping mails by the link in each of them, without signing in."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember
from ridealong.telling import preferring


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # the link itself proves it, and mail programs post to it on a tap (RFC 8058)
def page(request: HttpRequest, signed: str) -> HttpResponse:
    """Ask on GET, stop on POST; and let them come again where that was a mistake."""
    try:
        number, way = preferring.unsubscriber(signed)
        member = pipeline.open(number).viewer
    except (signing.BadSignature, NotAMember, ValueError) as error:
        raise Http404("This link stops nothing.") from error
    if member is None:
        raise Http404("This link stops nothing.")
    if request.method == "POST":
        again = "again" in request.POST
        preferring.switch(member, way, on=again)
        done = "on" if again else "off"
        return _shown(request, way, member.email, done)
    return _shown(request, way, member.email, "")


def _shown(request: HttpRequest, way: str, email: str, done: str) -> HttpResponse:
    values = {"digest": way == "digest", "email": email, "done": done}
    answer = render(request, "telling/unsubscribe.html", values)
    answer["Referrer-Policy"] = "no-referrer"
    return answer

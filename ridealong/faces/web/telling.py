"""How one is told: the digest, what cannot wait, quiet hours, the feed; and today's digest."""

from __future__ import annotations

import zoneinfo
from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import webhooks
from ridealong.faces.web.reading import looking
from ridealong.jobs import posting
from ridealong.lib import clock
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.telling import journal, preferring, scheduling
from ridealong.telling.models import Preference

DAYS = tuple(enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))


def _clock() -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


class HowTold(forms.Form):
    """How a member wants to be told."""

    digest = forms.BooleanField(required=False, label="A digest of what is new")
    digest_at = _clock()
    days = forms.MultipleChoiceField(
        choices=[(str(number), name) for number, name in DAYS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one working day."},
    )
    at_once = forms.BooleanField(required=False, label="At once, what cannot wait")
    quiet_from = _clock()
    quiet_to = _clock()
    time_zone = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, company: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [(each, each) for each in sorted(zoneinfo.available_timezones())]
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  tells mypy what it is
        field.choices = [("", f"The company’s ({company})"), *zones]


def page(request: HttpRequest) -> HttpResponse:
    """Show how the viewer is told, and change it."""
    pipe, me = _me(request)
    wanted = preferring.preference(me)
    form = HowTold(
        request.POST or None,
        initial={**_initial(wanted)},
        company=pipe.organisation.time_zone.key,
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        days = frozenset(int(each) for each in said.pop("days"))
        preferring.change(me, days=days, **said)
        messages.success(request, "Saved.")
        return redirect("telling")
    subject = scheduling.subject(me.id)
    chosen = preferring.hours(wanted, pipe.organisation.time_zone)
    values = {
        "form": form,
        "wanted": wanted,
        "zone": chosen.zone,
        "next": chosen.next_due(pipe.at) if wanted.digest else None,
        "last": journal.last_digest(me.id),
        "mail": posting.last([subject]).get(subject),
        "no_mail": posting.problem(),
        "feed": request.session.pop("feed", ""),
        "at": pipe.at,
        **webhooks.state(request, pipe, me),
    }
    return render(request, "telling/page.html", values)


def _initial(wanted: Preference) -> dict[str, Any]:
    names = ("digest", "digest_at", "at_once", "quiet_from", "quiet_to", "time_zone")
    return {**{name: getattr(wanted, name) for name in names}, "days": list(wanted.days)}


@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "form-action": [NONE]})
def preview(request: HttpRequest) -> HttpResponse:
    """Show the digest as it would be sent now; its styles stand in it, as in a mail."""
    _, me = _me(request)
    about = {"member": me.id, "address": request.build_absolute_uri("/")}
    shown = posting.preview("digest", about)
    if not shown:
        messages.info(request, "Nothing is new since your last digest: none would be sent now.")
        return redirect("telling")
    return HttpResponse(shown)


@require_POST
def feed(request: HttpRequest) -> HttpResponse:
    """Give the viewer a new feed address, or let the old one lead nowhere."""
    _, me = _me(request)
    if "revoke" in request.POST:
        preferring.revoke_feed(me)
        messages.success(request, "Your feed address leads nowhere now.")
    else:
        token = preferring.renew_feed(me)
        request.session["feed"] = request.build_absolute_uri(reverse("feed", args=[token]))
    return redirect(f"{reverse('telling')}#feed")


def _me(request: HttpRequest) -> tuple[Pipeline, Member]:
    pipe = looking(request).pipe.moved(clock.now())
    if pipe.viewer is None or pipe.viewer.role not in preferring.ROLES:
        raise PermissionDenied("There is nothing to tell those who see no deals.")
    return pipe, pipe.viewer

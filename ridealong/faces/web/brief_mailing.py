"""The brief by mail: on which days, at what hour, and to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ridealong.faces.web.brief_editing import may_edit
from ridealong.faces.web.reading import looking
from ridealong.faces.web.telling import DAYS
from ridealong.jobs import posting
from ridealong.record.states import Member
from ridealong.telling import briefs


class Sending(forms.Form):
    """When a leader's brief is sent, and to whom."""

    days = forms.MultipleChoiceField(
        choices=[(str(number), name) for number, name in DAYS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day."},
    )
    at = forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    recipients = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="To"
    )

    def __init__(self, readers: list[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipients"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  tells mypy what it is
        field.choices = [(str(each.id), each.name) for each in readers]


def page(request: HttpRequest) -> HttpResponse:
    """Show when the viewer's brief is sent, and change it."""
    pipe = looking(request).pipe
    if pipe.viewer is None or not may_edit(pipe.viewer):
        raise Http404("There is no brief of yours to send.")
    readers = briefs.may_be_sent_to(pipe)
    wanted = briefs.schedule(pipe.viewer)
    initial = {
        "days": list(wanted.days),
        "at": wanted.at,
        "recipients": list(map(str, wanted.recipients)),
    }
    form = Sending(readers, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        briefs.change(
            pipe.viewer,
            days=frozenset(map(int, said["days"])),
            at=said["at"],
            recipients=list(map(int, said["recipients"])),
        )
        messages.success(request, "Saved.")
        return redirect("brief-mail")
    names = {briefs.subject(pipe.viewer.id, each.id): each.name for each in readers}
    chosen = briefs.hours(wanted, pipe.organisation.time_zone)
    values = {
        "form": form,
        "readers": readers,
        "next": chosen.next_due(pipe.at) if wanted.recipients else None,
        "last": [(names[of], run) for of, run in posting.last(names).items()],
        "no_mail": posting.problem(),
    }
    return render(request, "brief/mail.html", values)

"""One deal: what to say aloud, its people, its story, and what is missing; and changing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.connections import writing
from ridealong.faces.web import odds
from ridealong.faces.web.reading import Looking, looking
from ridealong.faces.web.signals import on_deal
from ridealong.faces.web.talk_entry import may_guide
from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.record.signals import Episode
from ridealong.record.states import DealState, Stage
from ridealong.sources import people
from ridealong.sources.base.connector import Edit
from ridealong.views import coaching, inspection, said, signals
from ridealong.views.coaching import playbook
from ridealong.views.signals import Rule


class Changing(forms.Form):
    """What a person changes on a deal's page."""

    next_step = forms.CharField(required=False, max_length=255)
    close_date = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    stage = forms.ChoiceField(required=False)
    note = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, look: Looking, deal: DealState, data: Any = None) -> None:
        self.stages = {stage.key: stage for stage in look.pipe.stages()}
        numbers = {stage.id: stage.key for stage in self.stages.values()}
        self.before = {
            "next_step": deal.next_step,
            "close_date": deal.close_date,
            "stage": numbers.get(deal.stage_id or 0, ""),
        }
        super().__init__(data, initial=self.before)
        choices = [(key, stage.name) for key, stage in self.stages.items()]
        self.fields["stage"].choices = [("", "not known"), *choices]  # type: ignore[attr-defined]
        # What a move onward would leave open is shown as soon as a stage is chosen.
        self.fields["stage"].widget.attrs |= {
            "hx-get": reverse("deal-lacking", args=[deal.id]),
            "hx-target": "#lacking",
        }

    def changes(self) -> dict[str, Any]:
        """Return the fields that are other than before."""
        said = {name: self.cleaned_data[name] for name in self.before}
        return {
            name: value
            for name, value in said.items()
            if (value or "") != (self.before[name] or "")
        }


def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a deal as of the address's moment; 404 for one that is not there or not to be seen."""
    look = looking(request)
    try:
        story = inspection.story(look.pipe, key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    deal = story.deal
    now = not look.at_words and not look.known_words
    told = coaching.about_deal(look.pipe, deal)
    shown = {entry.activity.id for entry in story.story if entry.activity}
    entries: list[Any] = [*story.story, *(each for each in told if each.talk.id not in shown)]
    past = signals.past(look.pipe, deal.id)
    entries += [Stood(episode.raised_at, episode, rule) for episode, rule in past]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    only = odds.only_of_story(look, story, request.GET.get("about", ""))
    play = playbook.playbook(look.pipe, deal)
    values = {
        **on_deal(look, deal),
        "guide": _guide(request),
        "play": play,
        "current": play.of(deal.stage_id),
        "skipped": {each.at: each.lacking for each in playbook.skipped(look.pipe, deal)},
        "look": look,
        "story": story,
        "entries": only.entries if only else entries,
        "only": only,
        "ridden": {each.talk.id: each for each in told if each.talk.id in shown},
        "guidance": _guidance(look.pipe, deal),
        "guides": now and may_guide(look.pipe, deal),
        "deal": deal,
        "course": said.of_deal(look.pipe, deal),
        "form": Changing(look, deal) if now else None,
        "questions": [q for q in look.pipe.questions() if q.deal_id == deal.id] if now else [],
        "sent": writing.of_deal(deal.key) if now else [],
    }
    return render(request, "deal.html", values)


@dataclass(frozen=True, slots=True)
class Stood:
    """A time that a signal stood, in the deal's story."""

    at: datetime
    episode: Episode
    rule: Rule


def _guide(request: HttpRequest) -> str:
    """What guidance begins with: what to do about the signal that the address names."""
    rule = signals.rules().get(request.GET.get("guide", ""))
    return rule.to_do if rule else ""


def _guidance(pipe: Pipeline, deal: DealState) -> list[coaching.Followed]:
    """Guidance on the deal: what is open comes first."""
    found = coaching.followed(pipe, pipe.leading.guidance(deals=[deal.id]))
    return sorted(found, key=lambda each: each.outcome != "open")


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change a deal's next step, close date or stage, or note something; services hear of it."""
    look, deal = _seen(request, key)
    form = Changing(look, deal, request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{field.replace('_', ' ').capitalize()}: {errors[0]}")
        return redirect("deal", key=key)
    changes, note = form.changes(), form.cleaned_data["note"].strip()
    if look.pipe.viewer is None or not (changes or note):
        return redirect("deal", key=key)
    if asked := _asked_first(request, look, deal, form.stages.get(changes.get("stage", ""))):
        return asked
    stated: dict[str, Any] = {name: value or None for name, value in changes.items()}
    if stated.get("stage"):
        stated["status"] = form.stages[stated["stage"]].status
    people.edit(deal, stated, note=note, by=look.pipe.viewer)
    edits = [Edit(deal.key, n, word(v), word(form.before[n])) for n, v in changes.items()]
    if note:
        edits.append(Edit(deal.key, "note", note))
    sent = writing.pass_on(edits, by=look.pipe.viewer.id)
    messages.success(request, "Saved." if not sent else "Saved, and on its way back to the CRM.")
    return redirect("deal", key=key)


def _asked_first(
    request: HttpRequest, look: Looking, deal: DealState, stage: Stage | None
) -> HttpResponse | None:
    """Show what is missing for a move onward, unless that was seen; None lets the move happen."""
    if stage is None or "anyway" in request.POST:
        return None
    lacking = playbook.lacking(look.pipe, deal, stage)
    if not any(each.state == "missing" for each in lacking):
        return None
    said = [(name, value) for name, value in request.POST.items() if name in Changing.base_fields]
    values = {"deal": deal, "stage": stage, "lacking": lacking, "said": said}
    return render(request, "playbook/moving.html", values)


@require_POST
def settle(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Choose between a person's value and the one that the service has by now."""
    look, deal = _seen(request, key)
    row = next((each for each in writing.of_deal(deal.key) if each.pk == number), None)
    if row is None:
        raise Http404("There is no such change here.")
    if request.POST.get("whose") == "ours":
        writing.insist(row)
    else:
        differed = row.state == row.State.DIFFERS
        writing.let_be(row)
        if differed and look.pipe.viewer is not None:
            people.edit(deal, {row.field: row.current}, note="", by=look.pipe.viewer)
    return redirect("deal", key=key)


def _seen(request: HttpRequest, key: str) -> tuple[Looking, DealState]:
    look = looking(request)
    try:
        return look, look.pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error


def word(value: Any) -> str | None:
    """Return a field as a service is told it; None for an empty one."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value else None

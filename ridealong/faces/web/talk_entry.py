"""A conversation in five seconds: with whom, about which deals, its nature, a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ridealong.faces.web import undoing
from ridealong.faces.web.due import day_meant
from ridealong.faces.web.reading import Looking, local, looking
from ridealong.record.leading_states import Employed, Talk
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Member
from ridealong.record.vocabulary import NATURES, TALKS
from ridealong.sources.people import guiding, talking
from ridealong.views import coaching

WHEN = (
    ("now", "Now"),
    ("hour", "An hour ago"),
    ("morning", "This morning"),
    ("yesterday", "Yesterday"),
    ("other", "Another time"),
)
ANOTHER = "another"
"""Instead of the key of a talk on record: it was another one."""


class Entry(forms.Form):
    """What is said of a conversation. Choices are what the viewer may see."""

    whom = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": "With whom?"})
    deal = forms.TypedMultipleChoiceField(coerce=int, required=False)
    about = forms.CharField(required=False, max_length=200)
    nature = forms.MultipleChoiceField(required=False, choices=[(n, n) for n in NATURES])
    line = forms.CharField(required=False, max_length=200)
    when = forms.ChoiceField(required=False, choices=WHEN)
    at = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((t, t) for t in TALKS)])
    minutes = forms.FloatField(required=False, min_value=1, max_value=600)
    same = forms.CharField(required=False)
    guidance = forms.CharField(required=False, max_length=500)
    guidance_deal = forms.IntegerField(required=False)
    guidance_due = forms.CharField(required=False, max_length=60)

    def __init__(self, pipe: Pipeline, people: Sequence[Employed], data: QueryDict) -> None:
        super().__init__(data)
        self.said = data
        self.pipe = pipe
        self.people = {each.id: each for each in people}
        asked = [int(word) for word in self.said.getlist("deal") if word.isdigit()]
        self.deals = {deal.id: deal for deal in pipe.deals_numbered(asked)}
        self.fields["whom"].choices = [(n, e.name) for n, e in self.people.items()]  # type: ignore[attr-defined]
        self.fields["deal"].choices = [(n, d.name) for n, d in self.deals.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        """The numbers of those it was held with, as far as they are chosen."""
        asked = [int(word) for word in self.said.getlist("whom") if word.isdigit()]
        return [number for number in asked if number in self.people]

    def moment(self) -> datetime:
        """Return when it was. Raises ``ValueError`` with a sentence for the user."""
        now = local(self.pipe, self.pipe.at)
        when = self.said.get("when") or "now"
        if when == "hour":
            return now - timedelta(hours=1)
        if when == "morning":
            return min(now, now.replace(hour=9, minute=0, second=0, microsecond=0))
        if when == "yesterday":
            hours = {"hour": 16, "minute": 0, "second": 0, "microsecond": 0}
            return (now - timedelta(days=1)).replace(**hours)  # type: ignore[arg-type]
        if when == "other":
            return self._written(self.said.get("at", ""), now)
        return now

    @staticmethod
    def _written(words: str, now: datetime) -> datetime:
        try:
            moment = datetime.fromisoformat(words).replace(tzinfo=now.tzinfo)
        except ValueError:
            raise ValueError("When was it? Give a day and a time.") from None
        if moment > now:
            raise ValueError("That is still to come: log it once it was held.")
        return moment

    def on_record(self) -> Talk | None:
        """Return the talk that is known already, if any."""
        try:
            return coaching.on_record(self.pipe, self.chosen, self.moment())
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        """Find deals that were only written, the moment, and what guidance is about."""
        said: dict[str, Any] = super().clean() or {}
        self._find_written(said)
        try:
            said["moment"] = self.moment()
        except ValueError as error:
            self.add_error("at", str(error))
        known = self.on_record()
        said["known"] = known if known and said.get("same") == known.key else None
        if known and not said.get("same"):
            self.add_error("same", "Is it this one, which is on record already?")
        if not said.get("nature") and not (said["known"] and said["known"].nature):
            self.add_error("nature", "What was it about? One tap.")
        if said.get("guidance"):
            self._guide(said)
        return said

    def _find_written(self, said: dict[str, Any]) -> None:
        words = said.get("about", "").strip()
        if not words or said.get("deal"):
            return
        found = coaching.open_deals(self.pipe, self.chosen, words)
        if len(found) != 1:
            what = "several deals: tap the one" if found else "no open deal that you may see"
            self.add_error("about", f"“{words}” is {what}.")
            return
        self.deals[found[0].id] = found[0]
        said["deal"] = [found[0].id]

    def _guide(self, said: dict[str, Any]) -> None:
        chosen = said.get("deal") or []
        number = said.get("guidance_deal") or (chosen[0] if len(chosen) == 1 else None)
        deal = self.deals.get(number or 0)
        if deal is None:
            self.add_error("guidance_deal", "Which deal is the guidance for?")
        elif not may_guide(self.pipe, deal):
            self.add_error("guidance_deal", "Guidance is for deals of those below you.")
        try:
            said["due"] = day_meant(said.get("guidance_due", ""), local(self.pipe, self.pipe.at))
        except ValueError as error:
            self.add_error("guidance_due", str(error))
        said["guided"] = deal


def may_guide(pipe: Pipeline, deal: DealState) -> bool:
    """Say whether the viewer leads whoever carries the deal."""
    if pipe.viewer is None:
        return False
    return deal.salesperson_id in {each.id for each in pipe.leading.led_by(pipe.viewer.id)}


def page(request: HttpRequest) -> HttpResponse:
    """Show the entry, or keep what was entered."""
    look, people = _opened(request)
    if request.method == "POST" and not request.POST.get("look"):
        form = Entry(look.pipe, people, request.POST)
        if form.is_valid():
            return _kept(request, look.pipe, form)
        return render(request, "talks/new.html", _values(request, form))
    form = Entry(look.pipe, people, request.POST or request.GET)
    return render(request, "talks/new.html", {**_values(request, form), "fresh": True})


def choosing(request: HttpRequest) -> HttpResponse:
    """Return what depends on with whom it was: a talk on record already, and their deals."""
    look, people = _opened(request)
    form = Entry(look.pipe, people, request.GET)
    return render(request, "talks/choosing.html", _values(request, form))


def _opened(request: HttpRequest) -> tuple[Looking, list[Employed]]:
    look = looking(request)
    return look, coaching.colleagues(look.pipe)


def _values(request: HttpRequest, form: Entry) -> dict[str, Any]:
    pipe, chosen = form.pipe, form.chosen
    words = form.said.get("about", "").strip()
    offered = coaching.open_deals(pipe, chosen, words) if chosen or words else []
    deals = {**form.deals, **{deal.id: deal for deal in offered}}
    viewer = pipe.viewer
    return {
        "form": form,
        "people": list(form.people.values()),
        "chosen": chosen,
        "deals": [(deal, number in form.deals) for number, deal in deals.items()],
        "known": form.on_record(),
        "same": form.said.get("same", ""),
        "natures": coaching.natures(pipe),
        "about_what": form.said.getlist("nature"),
        "when": WHEN,
        "said_when": form.said.get("when") or "now",
        "kinds": TALKS,
        "leads": viewer is not None and bool(pipe.leading.led_by(viewer.id)),
        "back": request.POST.get("back") or request.GET.get("back", ""),
        "at": pipe.at,
    }


def _kept(request: HttpRequest, pipe: Pipeline, form: Entry) -> HttpResponse:
    viewer, said = pipe.viewer, form.cleaned_data
    if viewer is None:
        raise Http404("Nobody is signed in.")
    statements: list[undoing.Statement] = []
    with transaction.atomic():
        key, name = _said(viewer, form, said)
        statements.append(("activity", key, name))
        guided = said.get("guided")
        if guided is not None and said["guidance"]:
            carried = form.people[guided.salesperson_id]
            given = guiding.give(
                guided,
                by=viewer,
                to=carried.key,
                text=said["guidance"],
                due=said["due"],
                activity=key,
            )
            statements.append(("guidance", given, ""))
    names = ", ".join(form.people[number].name for number in said["whom"])
    words = f"Kept: your conversation with {names}."
    undoing.offer(request, words, statements, by=viewer.id)
    return redirect(undoing.back(request, reverse("talk", args=[key])))


def _said(viewer: Member, form: Entry, said: dict[str, Any]) -> tuple[str, str]:
    """Keep it, as the talk on record where it is one; return its key and the statement's name."""
    nature = {name: 1 / len(said["nature"]) for name in said["nature"]}
    known: Talk | None = said["known"]
    already = form.pipe.deals_numbered(known.deals) if known else []
    deals = list(dict.fromkeys([*(d.key for d in already), *_keys(form, said["deal"])]))
    kind = said["kind"] or coaching.guessed(len(said["whom"]), said["nature"], len(deals))
    if known is None:
        key = talking.log(
            by=viewer,
            others=[form.people[number].key for number in said["whom"]],
            at=said["moment"],
            talk=kind,
            nature=nature,
            deals=deals,
            line=said["line"],
            minutes=said["minutes"],
        )
        return key, ""
    return known.key, talking.say_how(
        known,
        by=viewer,
        kind=said["kind"] or known.talk or kind,
        nature=nature or known.nature,
        deals=deals,
        line=said["line"],
        minutes=said["minutes"],
    )


def _keys(form: Entry, numbers: Sequence[int]) -> list[str]:
    return [form.deals[number].key for number in numbers]

"""The next 1:1 of a leader and a salesperson: prepared, ticked through, and kept as it was held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.sources.people import attending, guiding, talking
from ridealong.views.coaching import NATURE_OF, Agenda, Item, ItemKind, agenda

NEAR = timedelta(hours=2)
"""A 1:1 in the calendar so near is the one that is held."""
PARTS: tuple[tuple[ItemKind, str], ...] = (
    ("asked", "What you put on it"),
    ("guidance", "What you agreed"),
    ("changed", "What changed since you spoke"),
    ("both", "Deals that need you both"),
    ("praise", "Praise"),
    ("coach", "Coach"),
)


class Finish(forms.Form):
    """What is entered at the end: how long it was, a line, and new guidance."""

    minutes = forms.FloatField(min_value=1, max_value=600, initial=30, required=False)
    line = forms.CharField(max_length=200, required=False, label="In a line")
    guidance = forms.CharField(max_length=500, required=False, label="New guidance")
    guidance_deal = forms.ChoiceField(required=False, label="On")
    guidance_due = forms.DateField(
        required=False, label="By", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, made: Agenda, data: Any = None) -> None:
        super().__init__(data)
        deals = {item.deal.key: item.deal.name for item in made.items if item.deal}
        self.fields["guidance_deal"].choices = [("", "a deal"), *deals.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse guidance without a deal."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("guidance") and not said.get("guidance_deal"):
            self.add_error("guidance_deal", "Which deal is it about?")
        return said


def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show the agenda of the viewer and somebody below them, or of the viewer and their leader."""
    look = looking(request)
    made = _prepared(look.pipe, number)
    leads = look.pipe.viewer is not None and look.pipe.viewer.id == made.leader.id
    form = Finish(made, request.POST or None)
    if request.method == "POST":
        if not leads:
            raise Http404("Only the leader keeps a 1:1.")
        # The points as they were when the page was opened, whatever happened since.
        opened = _opened(request, look.pipe)
        made = _prepared(look.pipe.moved(opened), number)
        form = Finish(made, request.POST)
        if form.is_valid():
            return _held(request, look.pipe, made, form.cleaned_data)
    values = {
        "look": look,
        "agenda": made,
        "parts": _parts(made, leads=leads),
        "form": form,
        "leads": leads and not look.at_words,
    }
    return render(request, "agenda.html", values)


def _parts(made: Agenda, *, leads: bool) -> list[tuple[ItemKind, str, tuple[Item, ...]]]:
    """The points under their titles; the salesperson reads who put on it what is asked."""
    theirs = {} if leads else {"asked": f"What {made.leader.name} put on it"}
    return [
        (name, theirs.get(name, title), made.of(name)) for name, title in PARTS if made.of(name)
    ]


def _prepared(pipe: Pipeline, number: int) -> Agenda:
    viewer = pipe.viewer
    if viewer is None:
        raise Http404("There is nobody to prepare it for.")
    leading = pipe.leading
    if number == viewer.id:
        me = leading.employed.get(number)
        leader = leading.employed.get(me.leader_id or 0) if me else None
        if me is None or leader is None:
            raise Http404("You report to nobody: there is no 1:1 to prepare.")
        return agenda(pipe, leader, me)
    me = leading.employed.get(viewer.id)
    member = next((each for each in leading.led_by(viewer.id) if each.id == number), None)
    if me is None or member is None:
        raise Http404("There is nobody of that number below you.")
    return agenda(pipe, me, member)


def _opened(request: HttpRequest, pipe: Pipeline) -> datetime:
    try:
        opened = datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return pipe.at
    if opened.tzinfo is None or not timedelta(0) <= pipe.at - opened <= timedelta(days=1):
        return pipe.at
    return opened


def _held(request: HttpRequest, pipe: Pipeline, made: Agenda, said: dict[str, Any]) -> HttpResponse:
    viewer = pipe.viewer
    if viewer is None:
        raise Http404("Nobody is signed in.")
    ticked = set(request.POST.getlist("item"))
    covered = [item for item in made.items if item.id in ticked]
    key = _kept(viewer, made, covered, said, pipe.at)
    _settled(request, viewer, made)
    for item in covered:
        if item.kind == "asked":
            attending.attend(
                by=viewer,
                member=made.member.key,
                deal=item.deal.key if item.deal else "",
                state="",
            )
    if said["guidance"]:
        guiding.give(
            pipe.deal(said["guidance_deal"]),
            by=viewer,
            to=made.member.key,
            text=said["guidance"],
            due=said["guidance_due"],
            activity=key,
        )
    messages.success(request, f"Kept: your 1:1 with {made.member.name}.")
    return redirect("talk", key=key)


def _kept(
    viewer: Member, made: Agenda, covered: Sequence[Item], said: dict[str, Any], at: datetime
) -> str:
    """Keep the conversation, as the one in the calendar where that is now; return its key."""
    discussed = [item.deal.key for item in covered if item.deal]
    if said["guidance"]:
        discussed.append(said["guidance_deal"])
    deals = list(dict.fromkeys(discussed))
    points = [
        {"what": item.kind, "text": item.text, "deal": item.deal.key if item.deal else None}
        for item in covered
    ]
    nature = _nature(covered)
    planned = made.planned
    if planned is not None and abs(planned.at - at) <= NEAR:
        talking.say_how(
            planned,
            by=viewer,
            kind="one_on_one",
            nature=nature,
            deals=deals,
            line=said["line"],
            minutes=said["minutes"],
            covered=points,
        )
        return planned.key
    return talking.log(
        by=viewer,
        others=[made.member.key],
        at=at,
        talk="one_on_one",
        nature=nature,
        deals=deals,
        line=said["line"] or f"1:1 with {made.member.name}",
        minutes=said["minutes"],
        covered=points,
    )


def _nature(covered: Sequence[Item]) -> dict[str, float]:
    counts = Counter(NATURE_OF[item.kind] for item in covered)
    return {name: count / len(covered) for name, count in counts.items()}


def _settled(request: HttpRequest, viewer: Member, made: Agenda) -> None:
    for item in made.of("guidance"):
        outcome = request.POST.get(f"outcome:{item.id}", "")
        if item.guidance is not None and outcome in {"followed", "not_followed", "overtaken"}:
            guiding.settle(item.guidance.given, outcome, by=viewer)

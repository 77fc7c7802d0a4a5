"""Editing the playbook. What was done last can be undone, whatever it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ridealong.faces.web.reading import looking
from ridealong.record.leading_states import Criterion
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Member
from ridealong.sources.people import playing
from ridealong.views.coaching import playbook
from ridealong.views.coaching.criteria import rules
from ridealong.views.coaching.playing import ELEMENTS, Written

EDITORS = frozenset({"owner", "leader", "admin"})


class Wanted(forms.Form):
    """An exit criterion as the page edits it."""

    text = forms.CharField(max_length=200, label="What must be so")
    stage = forms.ChoiceField(label="Before it leaves")
    rule = forms.ChoiceField(required=False, label="Shown by")
    element = forms.ChoiceField(required=False, label="MEDDPICC")

    def __init__(self, book: Written, data: Any = None, chosen: Criterion | None = None) -> None:
        keys = {stage.id: stage.key for stage, _ in book.stages}
        before = said(keys[chosen.stage_id], chosen, chosen.position) if chosen else {}
        super().__init__(data, initial=before)
        looked_for = [(name, rule.title) for name, rule in rules().items()]
        for name, choices in {
            "stage": [(stage.key, stage.name) for stage, _ in book.stages],
            "rule": [("", "A person says so"), *looked_for],
            "element": [("", "None"), *ELEMENTS.items()],
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def may_edit(member: Member | None) -> bool:
    """Say whether a member may edit the playbook; salespeople read it."""
    return member is not None and member.role in EDITORS


def _editing(request: HttpRequest) -> tuple[Pipeline, Written]:
    pipe = looking(request).pipe
    if not may_edit(pipe.viewer):
        raise PermissionDenied("Only leaders, owners and admins may do this.")
    return pipe, playbook.written(pipe)


def _found(book: Written, number: int) -> tuple[str, list[Criterion], Criterion]:
    """Return a criterion with its stage's key and the criteria there."""
    for stage, criteria in book.stages:
        for each in criteria:
            if each.id == number:
                return stage.key, list(criteria), each
    raise Http404("There is no such criterion.")


@require_POST
def use_default(request: HttpRequest) -> HttpResponse:
    """Begin with the default playbook, while there is none."""
    _, book = _editing(request)
    if book.total:
        raise Http404("There is a playbook already.")
    keys = playing.use_default([stage.key for stage, _ in book.stages])
    _keep(request, f"{len(keys)} criteria are there.", added=keys)
    return redirect("playbook")


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a criterion at the end of its stage."""
    _, book = _editing(request)
    form = _form(request, book)
    if form is not None:
        key = playing.set_criterion(**form, position=_last(book, form["stage"]) + 1)
        _keep(request, f"“{form['text']}” is added.", added=[key])
    return redirect("playbook")


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a criterion; one that goes to another stage goes to its end."""
    _, book = _editing(request)
    stage, _, before = _found(book, number)
    form = _form(request, book)
    if form is not None:
        stays = form["stage"] == stage
        position = before.position if stays else _last(book, form["stage"]) + 1
        playing.set_criterion(**form, position=position, key=before.key)
        _keep(request, f"“{form['text']}” is saved.", before=[(stage, before)])
    return redirect("playbook")


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Move a criterion up or down within its stage."""
    _, book = _editing(request)
    stage, criteria, moved = _found(book, number)
    place = criteria.index(moved)
    to = place + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(criteria):
        criteria.insert(to, criteria.pop(place))
        other = [(n, each) for n, each in enumerate(criteria, start=1) if each.position != n]
        for position, each in other:
            _state(stage, each, position)
        _keep(request, f"“{moved.text}” is moved.", before=[(stage, each) for _, each in other])
    return redirect("playbook")


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a criterion out."""
    _, book = _editing(request)
    stage, _, gone = _found(book, number)
    playing.remove_criterion(gone.key)
    _keep(request, f"“{gone.text}” is taken out.", before=[(stage, gone)])
    return redirect("playbook")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Bring back how it was before what was done last."""
    _editing(request)
    kept = request.session.pop("playbook_undo", {"added": [], "before": []})
    for key in kept["added"]:
        playing.remove_criterion(key)
    for before in kept["before"]:
        playing.set_criterion(**before)
    return redirect("playbook")


def _form(request: HttpRequest, book: Written) -> dict[str, Any] | None:
    """Return what the form says, None where that is nothing; then the page says why."""
    form = Wanted(book, request.POST)
    if form.is_valid():
        return dict(form.cleaned_data)
    for field, errors in form.errors.items():
        messages.error(request, f"{form.fields[field].label}: {errors[0]}")
    return None


def _last(book: Written, key: str) -> int:
    criteria: Sequence[Criterion] = next(cs for stage, cs in book.stages if stage.key == key)
    return max((each.position for each in criteria), default=0)


def said(stage: str, criterion: Criterion, position: int) -> dict[str, Any]:
    """Return a criterion as it is stated, at that position of the stage with that key."""
    return {
        "stage": stage,
        "text": criterion.text,
        "position": position,
        "element": criterion.element,
        "rule": criterion.rule,
        "key": criterion.key,
    }


def _state(stage: str, criterion: Criterion, position: int) -> None:
    playing.set_criterion(**said(stage, criterion, position))


def _keep(
    request: HttpRequest,
    done: str,
    *,
    added: Sequence[str] = (),
    before: Iterable[tuple[str, Criterion]] = (),
) -> None:
    """Keep what undoes it for this browser."""
    request.session["playbook_done"] = done
    request.session["playbook_undo"] = {
        "added": list(added),
        "before": [said(stage, each, each.position) for stage, each in before],
    }

"""The rules of signals: what each looks for, its numbers, and what other numbers would have done.

Everybody reads them; owners and admins set them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.reading import looking
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.record.signals import RuleSet
from ridealong.sources.people import ruling
from ridealong.views import signals
from ridealong.views.signals import Choice, Dismissal, Preview, Rule, Setting

EDITORS = frozenset({"owner", "admin"})
SHOWN = 30


class Numbers(forms.Form):
    """A rule's numbers, each within its bounds."""

    def __init__(self, rule: Rule, values: Mapping[str, float], data: Any = None) -> None:
        super().__init__(data)
        for each in rule.settings:
            self.fields[each.name] = forms.FloatField(
                label=each.words.capitalize(),
                min_value=each.lowest,
                max_value=each.highest,
                initial=number(values[each.name]),
                help_text=f"{number(each.lowest)} to {number(each.highest)}; "
                f"{number(each.default)} by default",
                widget=forms.NumberInput(attrs={"step": "any" if _fine(each) else "1"}),
            )


def _fine(setting: Setting) -> bool:
    return not float(setting.default).is_integer()


def number(value: float) -> str:
    """Return a number as one writes it: without a fraction where it has none."""
    return f"{value:g}"


def page(request: HttpRequest) -> HttpResponse:
    """List the rules."""
    pipe = looking(request).pipe
    settings = pipe.signals.settings()
    counts = pipe.signals.count_shown(Choice().wanted())
    tried = pipe.signals.trial("signals")
    lines = [
        {
            "rule": rule,
            "off": _is_off(rule, settings),
            "numbers": _numbers(rule, settings),
            "count": counts.get(rule.name, 0),
            "choice": Choice(rule=rule.name),
            "lift": _lift(tried, rule),
        }
        for rule in signals.rules().values()
    ]
    values = {"lines": lines, "can_edit": _may_edit(pipe), "tried_at": tried[0] if tried else None}
    return render(request, "signals/rules.html", values)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """Show one rule; what a run that was asked for found of other numbers, or how far it is."""
    pipe = looking(request).pipe
    rule = _rule(name)
    settings = pipe.signals.settings()
    present = signals.values_of(rule, settings)
    can_edit = _may_edit(pipe)
    run = _run(request, rule) if can_edit else None
    form = Numbers(rule, {**present, **(run.plan["values"] if run else {})})
    whole = pipeline.open(EVERYTHING) if can_edit else pipe
    tried = pipe.signals.trial("signals")
    values = {
        "rule": rule,
        "off": _is_off(rule, settings),
        "numbers": _numbers(rule, settings),
        "can_edit": can_edit,
        "form": form,
        "run": run,
        "seen": _seen(pipe, run),
        "at": pipe.at,
        "dismissed": _told(pipe, rule),
        "dismissals": len(signals.dismissals(whole, rule)),
        "offer": signals.offer(whole, rule, present) if can_edit else None,
        "present": present,
        "count": pipe.signals.count_shown(Choice(rule=name).wanted()).get(name, 0),
        "choice": Choice(rule=name),
        "lift": _lift(tried, rule),
        "tried_at": tried[0] if tried else None,
    }
    return render(request, "signals/rule.html", values)


@require_POST
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """Have a worker look at the last quarter with the numbers of the form."""
    pipe, rule, form = _editing(request, name)
    if form is None:
        return redirect("rule", name=name)
    plan = {"rule": rule.name, "values": form}
    said = ",".join(f"{value:g}" for value in form.values())
    subject = f"preview:{rule.name}:{said}"[:80]
    viewer = pipe.viewer.id if pipe.viewer else None
    run = starting.start("preview", plan=plan, subject=subject, started_by=viewer)
    return redirect(f"{reverse('rule', args=[name])}?run={run.pk}#preview")


@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Set a rule's numbers, and whether it is looked for; every deal is judged anew then."""
    pipe, rule, form = _editing(request, name)
    if form is None or pipe.viewer is None:
        return redirect("rule", name=name)
    changed = {s.name: form[s.name] for s in rule.settings if form[s.name] != s.default}
    off = "on" not in request.POST
    said = ruling.set_rule(rule.name, changed, off=off)
    words = f"“{rule.title}” is {'switched off' if off else 'set'}: deals are looked at anew."
    undoing.offer(request, words, [("rule", rule.name, said)], by=pipe.viewer.id)
    return redirect("rule", name=name)


def _editing(request: HttpRequest, name: str) -> tuple[Pipeline, Rule, dict[str, float] | None]:
    """Return the rule and the numbers of the form; None where one makes no sense."""
    pipe, rule = looking(request).pipe, _rule(name)
    if not _may_edit(pipe):
        raise PermissionDenied("Only owners and admins set rules.")
    form = Numbers(rule, signals.values_of(rule, pipe.signals.settings()), request.POST)
    if form.is_valid():
        return pipe, rule, dict(form.cleaned_data)
    for field, errors in form.errors.items():
        messages.error(request, f"{form.fields[field].label}: {errors[0]}")
    return pipe, rule, None


def _may_edit(pipe: Pipeline) -> bool:
    return pipe.viewer is not None and pipe.viewer.role in EDITORS


def _rule(name: str) -> Rule:
    rule = signals.rules().get(name)
    if rule is None:
        raise Http404("There is no such rule.")
    return rule


def _is_off(rule: Rule, settings: Mapping[str, RuleSet]) -> bool:
    return rule.name in settings and settings[rule.name].off


def _numbers(rule: Rule, settings: Mapping[str, RuleSet]) -> list[tuple[Setting, str, bool]]:
    """Return each of a rule's settings, its number, and whether somebody changed it."""
    values = signals.values_of(rule, settings)
    return [(s, number(values[s.name]), values[s.name] != s.default) for s in rule.settings]


def _lift(tried: tuple[datetime, Mapping[str, Any]] | None, rule: Rule) -> Mapping[str, Any] | None:
    """What the last back-test said of a rule; None where it has not been tried."""
    rules = tried[1]["rules"] if tried else ()
    return next((each for each in rules if each["name"] == rule.name), None)


def _run(request: HttpRequest, rule: Rule) -> Run | None:
    asked = request.GET.get("run", "")
    if not asked.isdigit():
        return None
    run = Run.objects.filter(pk=int(asked), kind="preview").first()
    if run is None or run.plan["rule"] != rule.name:
        raise Http404("There is no such preview.")
    return run


def _seen(pipe: Pipeline, run: Run | None) -> dict[str, Any] | None:
    """What the run found, and which of the deals the viewer may see."""
    if run is None or run.state != Run.State.DONE or run.report is None:
        return None
    found: Preview = signals.preview_from(run.report)
    return {
        "found": found,
        "most": max([1, *(n for week in found.weeks for n in (week.present, week.other))]),
        "raised": sum(week.present for week in found.weeks),
        "otherwise": sum(week.other for week in found.weeks),
        "spared": pipe.deals_numbered(found.spared),
        "added": pipe.deals_numbered(found.added),
    }


def _told(pipe: Pipeline, rule: Rule) -> list[dict[str, Any]]:
    """Who dismissed signals of the rule, on which of the deals that the viewer may see, and why."""
    found: list[Dismissal] = signals.dismissals(pipe, rule)[:SHOWN]
    deals = {deal.id: deal for deal in pipe.deals_numbered(sorted({each.deal for each in found}))}
    names = {number: each.name for number, each in pipe.leading.employed.items()}
    return [
        {"name": names.get(each.member, "Somebody"), "deal": deals[each.deal], "said": each}
        for each in found
        if each.deal in deals
    ]

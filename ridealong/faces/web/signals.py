"""Signals where they show: a page of all that stand, a deal's own, and Today's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ridealong.faces.web.reading import Looking, looking
from ridealong.faces.web.talk_entry import may_guide
from ridealong.record.pipeline import NotVisible
from ridealong.record.states import DealState
from ridealong.views import signals
from ridealong.views.signals import Choice, Notice

PER_PAGE = 40
ON_TODAY = 10
WAITS = (("tomorrow", "Tomorrow"), ("3 days", "In 3 days"), ("a week", "In a week"))
NOTHING_NEW = 204
"""What a page that asks again is told: htmx then leaves it as it is, focus and forms included."""


def page(request: HttpRequest) -> HttpResponse:
    """List the signals that the address asks for; asked again by the open page, only if changed."""
    look = looking(request)
    problem = look.problem
    try:
        choice = Choice.from_query(request.GET.dict())
    except ValueError as error:
        choice, problem = Choice(), str(error)
    counts = signals.counted(look.pipe, choice)
    total = sum(each.count for each in counts)
    asked = request.GET.get("page", "")
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, int(asked)), pages) if asked.isdigit() else 1
    found = signals.notices(look.pipe, choice, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    values = {
        **_live(look, found, total),
        "choice": choice,
        "counts": counts,
        "problem": problem,
        "page": number,
        "pages": pages,
        "rules": list(signals.rules().values()),
        "salespeople": [m for m in look.pipe.members() if m.active],
        "narrowed": choice != Choice(),
        "named": True,
    }
    return _answer(request, "signals/page.html", values)


def of_deal(request: HttpRequest, key: str) -> HttpResponse:
    """Return the signals of a deal, for its open page; nothing where nothing changed."""
    look = looking(request)
    try:
        deal = look.pipe.deal(key)
    except NotVisible as error:
        raise Http404(str(error)) from error
    return _answer(request, "signals/of_deal.html", on_deal(look, deal))


def on_deal(look: Looking, deal: DealState) -> dict[str, Any]:
    """Return what a deal's page shows of signals."""
    away = signals.put_away(look.pipe, deal.id)
    found = signals.notices(look.pipe, deals=[deal.id])
    return {
        **_live(look, found, len(found), away),
        "away": away,
        "deal": deal,
        "guides": not look.times and may_guide(look.pipe, deal),
        "live": reverse("deal-signals", args=[deal.id]),
        "back": reverse("deal", args=[deal.id]),
    }


def on_today(request: HttpRequest) -> HttpResponse:
    """Return Today's signals, for the open page; nothing where nothing changed."""
    return _answer(request, "signals/of_today.html", of_today(looking(request), request))


def of_today(look: Looking, request: HttpRequest) -> dict[str, Any]:
    """Return what Today shows of signals: the new ones first, a few, and how many there are."""
    found = signals.notices(look.pipe, limit=ON_TODAY)
    total = sum(each.count for each in signals.counted(look.pipe))
    own = look.pipe.viewer is not None and look.pipe.viewer.role == "salesperson"
    by_rule = own or request.GET.get("group") == "rule"
    group = "" if own else "?group=rule" if by_rule else ""
    return {
        **_live(look, found, total),
        "groups": _grouped(found, by_rule=by_rule),
        "by_rule": by_rule,
        "by_salesperson": not by_rule,
        "own": own,
        "live": reverse("today-signals") + group,
        "back": reverse("today") + group,
    }


def _grouped(found: Sequence[Notice], *, by_rule: bool) -> list[tuple[str, str, list[Notice]]]:
    """Return (name, address of all of it, its notices), in the order in which each comes first."""
    groups: dict[tuple[str, str], list[Notice]] = {}
    for each in found:
        if by_rule:
            name, choice = each.rule.title, Choice(rule=each.rule.name)
        else:
            name = each.deal.salesperson or "Nobody's"
            choice = Choice(salesperson=str(each.deal.salesperson_id or ""))
        address = f"{reverse('signals')}?{urlencode(choice.query())}"
        groups.setdefault((name, address), []).append(each)
    return [(*group, members) for group, members in groups.items()]


def _live(
    look: Looking, found: Sequence[Notice], total: int, away: Sequence[Notice] = ()
) -> dict[str, Any]:
    return {
        "look": look,
        "notices": found,
        "total": total,
        "version": f"{signals.version([*found, *away])}-{total}",
        # What is past is looked at; nothing can be done about it any more.
        "acting": not look.times,
        "waits": WAITS,
        "at": look.pipe.at,
    }


def _answer(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    if request.GET.get("version") == values["version"]:
        return HttpResponse(status=NOTHING_NEW)
    return render(request, template, values)

"""What a member does about signals: told by forms, and by the page that showed them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ridealong.faces.web import undoing
from ridealong.faces.web.reading import looking
from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import SignalState
from ridealong.record.states import DealState, Member
from ridealong.sources.people import responding

WAITS = {"tomorrow": timedelta(days=1), "3 days": timedelta(days=3), "a week": timedelta(days=7)}
SAID = {"snoozed": "Put off.", "dismissed": "Dismissed.", "acted": "Done."}
MOST = 200
LONGEST = 200


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Keep which signals the page in fact showed to the deal's salesperson or a leader of theirs.

    Each is said as its deal's number, its own, and since when it stands. Without a script a form
    says it, and leads on.
    """
    pipe = looking(request).pipe
    said = [parts for each in request.POST.getlist("signal")[:MOST] if (parts := _parts(each))]
    numbers = {deal for deal, _, _ in said}
    standing = {(s.id, s.raised_at): s for s in pipe.signals.standing(deals=numbers)}
    shown = [standing[key] for _, *rest in said if (key := (rest[0], rest[1])) in standing]
    if pipe.viewer is not None:
        responding.saw(_unseen(pipe, pipe.viewer, shown), by=pipe.viewer)
    if "back" in request.POST:
        return redirect(undoing.back(request, reverse("signals")))
    return HttpResponse(status=204)


def _parts(words: str) -> tuple[int, int, datetime] | None:
    deal, _, rest = words.partition(":")
    number, _, raised = rest.partition(":")
    try:
        return int(deal), int(number), datetime.fromisoformat(raised)
    except ValueError:
        return None


def _unseen(pipe: Pipeline, viewer: Member, shown: list[SignalState]) -> list[SignalState]:
    """Those of deals that the viewer carries or leads, which they have not seen yet."""
    if not shown:
        return []
    deals = {deal.id: deal for deal in pipe.deals_numbered(sorted({s.deal_id for s in shown}))}
    carried = {d.salesperson_id or 0 for d in deals.values()}
    led = {n for n in carried if viewer.id in {n, *(e.id for e in pipe.leading.above(n))}}
    known = {
        (each.signal_id, each.raised_at)
        for each in pipe.signals.responses({s.id for s in shown})
        if each.member_id == viewer.id and each.did == "seen"
    }
    return [
        each
        for each in shown
        if (each.id, each.raised_at) not in known
        and each.deal_id in deals
        and deals[each.deal_id].salesperson_id in led
    ]


@require_POST
def respond(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Put a signal off, dismiss it with a reason, call it acted upon; or take such a word back."""
    pipe = looking(request).pipe
    deal = _deal(pipe, key)
    address = undoing.back(request, reverse("deal", args=[deal.id]))
    standing = {each.id: each for each in pipe.signals.standing(deals=[deal.id])}
    signal = standing.get(number)
    if pipe.viewer is None:
        raise Http404("Nobody is signed in.")
    if signal is None or request.POST.get("raised") != signal.raised_at.isoformat():
        messages.success(request, "It is cleared already: there is nothing to do about it.")
        return redirect(address)
    doing = request.POST.get("doing", "")
    if doing == "back":
        return _bring_back(request, pipe, signal, address)
    wait = WAITS.get(request.POST.get("until", ""))
    reason = " ".join(request.POST.get("reason", "").split())[:LONGEST]
    if doing not in SAID or (doing == "snoozed" and wait is None):
        raise Http404("There is nothing of that kind to do.")
    if doing == "dismissed" and not reason:
        messages.error(request, "Why is it not worth knowing? Write it in a line.")
        return redirect(address)
    until = pipe.at + wait if wait and doing == "snoozed" else None
    said = responding.respond(signal, doing, by=pipe.viewer, until=until, reason=reason)
    undoing.offer(request, SAID[doing], [("response", *said)], by=pipe.viewer.id)
    return redirect(address)


def _bring_back(
    request: HttpRequest, pipe: Pipeline, signal: SignalState, address: str
) -> HttpResponse:
    """Whoever sees the deal may bring back what was dismissed; what one put off, oneself."""
    viewer = pipe.viewer.id if pipe.viewer else 0
    key = request.POST.get("response", "")
    found = next((each for each in pipe.signals.responses([signal.id]) if each.key == key), None)
    if found is None or (found.did != "dismissed" and found.member_id != viewer):
        raise Http404("There is no such response here.")
    name = responding.take_back(key)
    undoing.offer(request, "It is back.", [("response", key, name)], by=viewer)
    return redirect(address)


def _deal(pipe: Pipeline, key: str) -> DealState:
    found = pipe.deals_numbered([int(key)]) if key.isdigit() else []
    if not found:
        raise Http404("There is no such deal here.")
    return found[0]

"""What cannot wait for the next digest: noticed here, told at once or when quiet hours end.

There is no storm: of what an import brought with its past nobody hears but by digest, and so it is
where more than ``STORM`` come to one member at a time; ``AN_HOUR`` are told at once within an hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from ridealong.record import pipeline, watchable
from ridealong.record.directory import organisation
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.record.signals import SignalState
from ridealong.record.states import Member
from ridealong.telling import journal
from ridealong.telling.journal import Episode
from ridealong.telling.models import Looked, Preference
from ridealong.telling.preferring import hours, preference, told_by_mail
from ridealong.views import signals
from ridealong.views.signals import Item, News

STORM = 5
AN_HOUR = 3
FRESH = timedelta(days=1)
"""How long after an import its deals are told of by digest only."""
_STEP = timedelta(hours=1)
_NAMED = 20


def look(now: datetime) -> int:
    """Note for members what was raised since the last look and cannot wait; return for how many.

    Several workers may look at the same time: one of them notes it.
    """
    until = journal.complete_until(now)
    names = {name for name, rule in signals.rules().items() if rule.urgent}
    looked, _ = Looked.objects.get_or_create(pk=1, defaults={"until": until})
    if looked.until >= until or not names:
        return 0
    pipe = pipeline.open(EVERYTHING, now)
    since = max(looked.until, until - FRESH)
    states = pipe.signals.standing(rules=names, since=since, until=until)
    if not states and until - looked.until < _STEP:
        return 0
    came = watchable.brought_in({state.deal_id for state in states}, now - FRESH)
    states = [state for state in states if state.deal_id not in came]
    with transaction.atomic():
        rows = Looked.objects.filter(pk=1, until=looked.until)
        if not rows.update(until=until):
            return 0
        return sum(_note(member, states, now) for member in _concerned(pipe, states))


def _concerned(pipe: Pipeline, states: Iterable[SignalState]) -> list[Member]:
    """Return whose deals, or whose team's, those are."""
    numbers = {state.deal_id for state in states}
    if not numbers:
        return []
    members = {each.id: each for each in told_by_mail()}
    leaders = {each.id: each.reports_to for each in pipe.members()}
    wanted = {each.id for each in members.values() if each.role == "owner"}
    for deal in pipe.deals_numbered(sorted(numbers)):
        above = deal.salesperson_id
        while above is not None and above not in wanted:
            wanted.add(above)
            above = leaders.get(above)
    return [members[number] for number in sorted(wanted & members.keys())]


def _note(member: Member, states: list[SignalState], now: datetime) -> bool:
    """Note what a member is to be told at once, and when that is."""
    wanted = Preference.objects.select_for_update().get(pk=preference(member).pk)
    if not wanted.at_once:
        return False
    pipe = pipeline.open(member.id, now)
    seen = {deal.id for deal in pipe.deals_numbered(sorted({s.deal_id for s in states}))}
    items = signals.concerning(pipe, [s for s in states if s.deal_id in seen], None)
    if not items or len(items) > STORM:
        return False
    wanted.urgent += journal.as_plain(item.episode for item in items)
    wanted.urgent_at = hours(wanted, organisation().time_zone).free_from(now)
    wanted.save(update_fields=["urgent", "urgent_at"])
    return True


def still_urgent(pipe: Pipeline, episodes: Iterable[Episode]) -> tuple[News, int]:
    """Return what of these a member is to be told now, and of how many more their digest tells.

    What was cleared, settled or told meanwhile is left out.
    """
    asked = set(episodes)
    if pipe.viewer is None or not asked:
        return News(()), 0
    me, since = pipe.viewer.id, min(raised for _, raised in asked)
    names = {name for name, rule in signals.rules().items() if rule.urgent}
    states = pipe.signals.standing(rules=names, since=since)
    states = [each for each in states if (each.id, each.raised_at) in asked]
    last = journal.last_digest(me)
    told = journal.told_at_once(me, since)
    items: list[Item] = [
        item
        for item in signals.concerning(pipe, states, since)
        if item.episode not in told and not (last and item.signal.raised_at < last.until)
    ]
    left = max(0, AN_HOUR - journal.at_once_within(me, timedelta(hours=1), pipe.at))
    found = signals.sorted_by_deal(pipe, items[:left], named=_NAMED)
    return found, len(items) - len(items[:left])

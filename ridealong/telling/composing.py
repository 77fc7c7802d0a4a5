"""What one webhook is told: which signals, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from ridealong.lib.again import Refused
from ridealong.record import pipeline
from ridealong.record.directory import organisation
from ridealong.record.pipeline import NotAMember, Pipeline
from ridealong.record.tree import below
from ridealong.telling import messages
from ridealong.telling.journal import Episode
from ridealong.telling.models import Webhook
from ridealong.views import signals
from ridealong.views.signals import Item


def opened(hook: Webhook) -> Pipeline:
    """Open what whose webhook it is may see. Raises ``Refused`` where they have left."""
    try:
        return pipeline.open(hook.member_id)
    except NotAMember as error:
        raise Refused("Whose webhook it is, is no member any more: remove it.") from error


def told_of(hook: Webhook, pipe: Pipeline, *, since: datetime, until: datetime) -> list[Item]:
    """Return the signals raised in ``[since, until)`` that a webhook is told of."""
    states = pipe.signals.standing(rules=hook.rules or None, since=since, until=until)
    items = signals.concerning(pipe, states, since)
    if hook.about is None:
        return earliest_first(items)
    leaders = {member.id: member.reports_to for member in pipe.members()}
    wanted = {hook.about} | below(hook.about, leaders)
    deals = {
        deal.id
        for deal in pipe.deals_numbered(sorted({item.signal.deal_id for item in items}))
        if deal.salesperson_id in wanted
    }
    return earliest_first(item for item in items if item.signal.deal_id in deals)


def standing(pipe: Pipeline, episodes: set[Episode]) -> messages.Told:
    """Return those of these signals that are still to be told, the earliest first."""
    raised = [moment for _, moment in episodes]
    first, after = min(raised), max(raised) + timedelta(microseconds=1)
    states = pipe.signals.standing(since=first, until=after)
    states = [each for each in states if (each.id, each.raised_at) in episodes]
    return signals.with_deals(pipe, earliest_first(signals.concerning(pipe, states, first)))


def earliest_first(items: Iterable[Item]) -> list[Item]:
    """Return signals in the order in which they are told."""
    return sorted(items, key=lambda item: (item.signal.raised_at, item.signal.key))


def body(hook: Webhook, told: messages.Told, number: str) -> dict[str, Any]:
    """Return the message that tells it. ``number``: its id."""
    address = settings.RIDEALONG_ADDRESS
    if hook.kind == Webhook.Kind.SLACK:
        return messages.slack(told, address=address)
    return messages.generic(told, number=number, company=organisation().name, address=address)


def test_body(hook: Webhook) -> dict[str, Any]:
    """Return the message that shows that it is reached."""
    name = organisation().name
    if hook.kind == Webhook.Kind.SLACK:
        return messages.slack_test(company=name)
    return messages.generic_test(number="test", company=name)

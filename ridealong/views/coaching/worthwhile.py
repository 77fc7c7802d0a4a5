"""Why a leader's presence at a meeting is worth it: each reason with what it weighs.

The weights are ours, not measured: a first meeting with whoever has the money outweighs any other
single reason, and no single other one is enough by itself (``riding.WORTH``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from ridealong.record.leading_states import Ahead
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.inspection.wording import day, span, total, when

SOON = timedelta(days=45)
STUCK = timedelta(days=60)
NEW = timedelta(days=90)
SILENT = timedelta(days=30)
POWER = frozenset(
    {"economic_buyer", "economic_decision_maker", "decision_maker", "executive_sponsor"}
)
"""Roles of those who have the money, as CRMs call them."""
_READ = 300
"""How many of a deal's activities are read to tell whether somebody was met before."""


@dataclass(frozen=True)
class Reason:
    """One reason. ``kind``: value, close, power, pushed, stuck, new or untouched.

    ``words``: a part of a sentence, without a capital or a full stop.
    """

    kind: str
    weight: float
    words: str


@dataclass(frozen=True)
class Known:
    """What is known of all meetings at once. ``usual``: the median worth of their deals.

    ``discussed``: when the leader last spoke about each deal; ``new``: members who are new.
    """

    pipe: Pipeline
    usual: Decimal
    discussed: Mapping[int, datetime]
    new: frozenset[int]


def known(pipe: Pipeline, deals: Sequence[DealState]) -> Known:
    """Read what the reasons of all these deals' meetings need."""
    values = [deal.value for deal in deals if deal.value]
    leader = pipe.viewer.id if pipe.viewer else None
    return Known(
        pipe,
        median(values) if values else Decimal(0),
        pipe.leading.last_discussed([deal.id for deal in deals], leader),
        _new(pipe),
    )


def _new(pipe: Pipeline) -> frozenset[int]:
    """Return who was not here three months ago; nobody where the record does not go so far."""
    before = pipe.moved(pipe.at - NEW, pipe.known).leading.employed
    return frozenset(pipe.leading.employed.keys() - before.keys()) if before else frozenset()


def reasons(known: Known, deal: DealState, meeting: Ahead) -> tuple[Reason, ...]:
    """Return why joining is worth it, the weightiest first."""
    found = [
        *_value(known, deal),
        *_close(known, deal),
        *_power(known, deal, meeting),
        *_standstill(known, deal),
        *_people(known, deal),
    ]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def _value(known: Known, deal: DealState) -> Iterator[Reason]:
    if deal.value and known.usual and deal.value >= known.usual:
        weight = min(1.75, float(deal.value / known.usual) / 2)
        worth = total(deal.value, known.pipe.organisation.currency)
        yield Reason("value", weight, f"{worth} at stake")


def _close(known: Known, deal: DealState) -> Iterator[Reason]:
    if deal.close_date is None:
        return
    today = known.pipe.at.astimezone(known.pipe.organisation.time_zone).date()
    left = deal.close_date - today
    if left < timedelta(0):
        yield Reason("close", 1.0, f"its close date, {day(deal.close_date)}, has passed")
    elif left <= SOON:
        yield Reason("close", 1.5 * (1 - left / (SOON * 2)), f"decided by {day(deal.close_date)}")


def _power(known: Known, deal: DealState, meeting: Ahead) -> Iterator[Reason]:
    there = [key for key in meeting.contacts if has_power(deal.contacts.get(key, ""))]
    if not there:
        return
    past = known.pipe.activities(deal, limit=_READ)
    met = {
        key
        for activity in past
        if activity.at <= known.pipe.at and activity.kind in {"meeting", "phone_call"}
        if activity.two_way
        for key in activity.contacts
    }
    names = {each.key: each for each in known.pipe.contacts(deal, there)}
    first = [key for key in there if key not in met]
    for key in (first or there)[:1]:
        who = names[key].name if key in names else "somebody"
        role = (deal.contacts[key]).replace("_", " ").lower()
        if first:
            yield Reason("power", 2.5, f"the first meeting with {who}, the {role}")
        else:
            yield Reason("power", 0.75, f"{who}, the {role}, is there")


def has_power(role: str) -> bool:
    """Say whether a role, as CRMs call it, is of those who have the money."""
    return role.strip().lower().replace(" ", "_").replace("-", "_") in POWER


def _standstill(known: Known, deal: DealState) -> Iterator[Reason]:
    if deal.pushes >= 2:
        yield Reason("pushed", min(1.5, 0.5 * deal.pushes), f"pushed {deal.pushes} times")
    standing = known.pipe.at - deal.stage_since
    if standing >= STUCK and deal.stage:
        yield Reason("stuck", 1.0, f"in {deal.stage} for {span(standing)}")


def _people(known: Known, deal: DealState) -> Iterator[Reason]:
    if deal.salesperson_id in known.new:
        yield Reason("new", 1.0, f"{deal.salesperson} is new here")
    last = known.discussed.get(deal.id)
    if last is None:
        yield Reason("untouched", 0.75, "you have not spoken about it yet")
    elif known.pipe.at - last >= SILENT:
        zone = known.pipe.organisation.time_zone
        yield Reason(
            "untouched", 0.75, f"you last spoke about it {when(last, known.pipe.at, zone)}"
        )


def sentence(reasons: Sequence[Reason]) -> str:
    """Return the weightiest reasons as one sentence; "" without any."""
    words = "; ".join(reason.words for reason in reasons[:3])
    return f"{words[:1].upper()}{words[1:]}." if words else ""

"""What of the signals is news for whoever looks, deal by deal: raised since then, and standing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import SignalState
from ridealong.record.states import DealState
from ridealong.views.signals.rule import Rule
from ridealong.views.signals.rulebook import rules

Topic = Literal["urgent", "to_do", "good"]
TOPICS: tuple[Topic, ...] = ("urgent", "to_do", "good")
Episode = tuple[int, datetime]
"""A signal's number, and since when it stands."""


@dataclass(frozen=True, slots=True)
class Item:
    """A signal and the rule that raised it."""

    signal: SignalState
    rule: Rule

    @property
    def episode(self) -> Episode:
        """Return which time of it this is."""
        return self.signal.id, self.signal.raised_at


@dataclass(frozen=True, slots=True)
class DealNews:
    """The news of one deal, what cannot wait first."""

    deal: DealState
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The news on one topic: the most valuable ``deals`` first, ``more`` of which are not named.

    ``items``: of how many signals it speaks, those of deals not named among them.
    """

    topic: Topic
    deals: tuple[DealNews, ...]
    more: int
    items: int

    @property
    def count(self) -> int:
        """Return of how many deals it speaks."""
        return len(self.deals) + self.more


@dataclass(frozen=True, slots=True)
class News:
    """What is news, topic by topic; no part without a deal."""

    parts: tuple[Part, ...]

    def part(self, topic: Topic) -> Part | None:
        """Return the news on one topic."""
        return next((part for part in self.parts if part.topic == topic), None)

    @property
    def items(self) -> int:
        """Return of how many signals it speaks."""
        return sum(part.items for part in self.parts)

    @property
    def named(self) -> tuple[Episode, ...]:
        """Return the signals that it names."""
        deals = (deal for part in self.parts for deal in part.deals)
        return tuple(item.episode for deal in deals for item in deal.items)


def news(
    pipe: Pipeline,
    *,
    since: datetime | None,
    until: datetime,
    told: Collection[Episode] = frozenset(),
    named: int = 12,
) -> News:
    """Return what was raised in ``[since, until)``, stands, and was not told.

    Without what the viewer dismissed, snoozed or acted upon. ``named``: deals of a topic at most.
    """
    states = pipe.signals.standing(since=since, until=until)
    items = [item for item in concerning(pipe, states, since) if item.episode not in told]
    return sorted_by_deal(pipe, items, named=named)


def concerning(pipe: Pipeline, states: Iterable[SignalState], since: datetime | None) -> list[Item]:
    """Return those signals that the viewer is to hear of; all were raised from ``since`` on."""
    known, viewer = rules(), pipe.viewer
    settled = _settled(pipe, since)
    role = viewer.role if viewer else "owner"
    return [
        Item(state, known[state.rule])
        for state in states
        if state.rule in known
        and not (known[state.rule].audience == "leader" and role == "salesperson")
        and (state.id, state.raised_at) not in settled
    ]


def with_deals(pipe: Pipeline, items: Sequence[Item]) -> list[tuple[Item, DealState]]:
    """Return each signal with its deal, in the order given."""
    read = pipe.deals_numbered(sorted({item.signal.deal_id for item in items}))
    deals = {deal.id: deal for deal in read}
    return [(item, deals[item.signal.deal_id]) for item in items if item.signal.deal_id in deals]


def _settled(pipe: Pipeline, since: datetime | None) -> frozenset[Episode]:
    """Return what the viewer has done something about, so that it is no news to them."""
    if pipe.viewer is None:
        return frozenset()
    said = pipe.signals.responses(since=since, by=pipe.viewer.id)
    return frozenset(
        (each.signal_id, each.raised_at)
        for each in said
        if each.did in {"dismissed", "acted"}
        or (each.did == "snoozed" and each.until is not None and each.until > pipe.at)
    )


def sorted_by_deal(pipe: Pipeline, items: Iterable[Item], *, named: int) -> News:
    """Sort signals by topic and deal, so that each deal is spoken of once but for good news."""
    whole: dict[int, list[Item]] = {}
    for item in items:
        whole.setdefault(item.signal.deal_id, []).append(item)
    topics: dict[Topic, dict[int, list[Item]]] = {topic: {} for topic in TOPICS}
    for deal, its in whole.items():
        for topic, some in _by_topic(its).items():
            topics[topic][deal] = some
    value = _values(pipe, whole)
    parts = (_part(pipe, topic, has, value, named) for topic, has in topics.items() if has)
    return News(tuple(part for part in parts if part.deals))


def _by_topic(items: Iterable[Item]) -> Mapping[Topic, list[Item]]:
    """A deal that cannot wait is told with all that is wrong with it."""
    found: dict[Topic, list[Item]] = {}
    ordered = sorted(items, key=lambda item: (not item.rule.urgent, item.rule.title))
    hurries = any(item.rule.urgent for item in ordered)
    for item in ordered:
        good: Topic = "urgent" if item.rule.urgent else "good"
        bad: Topic = "urgent" if hurries else "to_do"
        found.setdefault(good if item.rule.good else bad, []).append(item)
    return found


def _values(pipe: Pipeline, deals: Collection[int]) -> Callable[[int], Decimal]:
    """Return what says a deal's worth; where deals are few, without reading all that are open."""
    few = len(deals) <= 100
    read = pipe.deals_numbered(sorted(deals)) if few else pipe.open_standings()
    worth = {deal.id: deal.value or Decimal(0) for deal in read}
    return lambda number: worth.get(number, Decimal(0))


def _part(
    pipe: Pipeline,
    topic: Topic,
    deals: Mapping[int, list[Item]],
    value: Callable[[int], Decimal],
    named: int,
) -> Part:
    first = sorted(deals, key=lambda number: (-value(number), number))[:named]
    shown = tuple(DealNews(deal, tuple(deals[deal.id])) for deal in pipe.deals_numbered(first))
    return Part(topic, shown, len(deals) - len(first), sum(len(its) for its in deals.values()))

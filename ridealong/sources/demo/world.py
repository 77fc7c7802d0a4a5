"""What every part of the simulation shares: chance, the calendar of what is to come, the people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from ridealong.sources.demo.buyers import Buyer
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.ledger import Ledger
from ridealong.sources.demo.staff import COACH, SELLERS, Colleague
from ridealong.sources.demo.truth import Conversation, Guidance
from ridealong.sources.demo.workdays import local_day, moment, workday

Action = Callable[[date], None]


@dataclass(slots=True)
class World:
    """The simulated company at work. ``today`` is the first day that is not simulated.

    ``earliest``: nothing is entered in the CRM before that any more. ``under_way``: the deals that
    are open, and those that ended on that day; most are over, and are not gone through every time.
    """

    rng: Random
    today: date
    start: date
    ledger: Ledger
    buyers: list[Buyer]
    deals: list[Deal] = field(default_factory=list)
    under_way: list[Deal] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)
    guidance: list[Guidance] = field(default_factory=list)
    agenda: dict[date, list[Action]] = field(default_factory=dict)
    earliest: datetime = datetime(1, 1, 1, tzinfo=UTC)

    def on(self, day: date, action: Action) -> None:
        """Let something happen on the first workday from ``day`` on."""
        self.agenda.setdefault(workday(day), []).append(action)

    def later(self, day: date, workdays: int, action: Action) -> None:
        """Let something happen so many workdays, at least one, after ``day``."""
        self.on(workday(day, max(1, workdays)), action)

    def run(self, day: date) -> None:
        """Let the day's actions happen, in the order in which they were planned."""
        self.set_under_way()
        for action in self.agenda.pop(day, []):
            action(day)

    def begin(self, deal: Deal) -> None:
        """Add a deal that begins."""
        self.deals.append(deal)
        self.under_way.append(deal)

    def set_under_way(self) -> None:
        """Note which deals are open, in the order in which they began."""
        self.under_way = [deal for deal in self.deals if deal.is_open]

    def chance(self, probability: float) -> bool:
        """Say yes with that probability."""
        return self.rng.random() < probability

    def hour(self, start: float = 8.5, end: float = 17.5) -> float:
        """Return an hour of the day, to the minute."""
        return self.rng.uniform(start, end)

    def morning(self, day: date) -> datetime:
        """Return a moment before a day's talks begin."""
        return moment(day, self.hour(7.2, 7.5))

    def evening(self, day: date) -> datetime:
        """Return a moment after a day's talks."""
        return moment(day, self.hour(17.6, 19))

    def joined(self, seller: Colleague) -> date:
        """Return the day from which a salesperson works here."""
        if seller.joined is None:
            return self.start
        return workday(self.today - timedelta(days=seller.joined))

    def left(self, seller: Colleague) -> date:
        """Return the day from which a salesperson no longer works here."""
        if seller.left is None:
            return date.max
        return workday(self.today - timedelta(days=seller.left))

    def at_work(self, seller: Colleague, day: date) -> bool:
        """Say whether a salesperson works here on that day."""
        return self.joined(seller) <= day < self.left(seller)

    def sellers(self, day: date, leader: Colleague | None = None) -> list[Colleague]:
        """Return the salespeople of that day, of one leader or of all."""
        return [
            seller
            for seller in SELLERS
            if self.at_work(seller, day) and (leader is None or seller.leader == leader.key)
        ]

    def open_deals(self, seller: Colleague | None = None) -> Iterator[Deal]:
        """Go through the deals that are open, of one salesperson or of all."""
        deals = self.under_way
        if seller is not None:
            deals = [deal for deal in deals if deal.seller is seller]
        return (deal for deal in deals if deal.is_open)

    def coached(self, deal: Deal) -> bool:
        """Say whether the deal's salesperson works for the leader who coaches."""
        return deal.seller.leader == COACH.key

    def learned(self, deal: Deal, at: datetime) -> datetime:
        """Return when a talk held at ``at`` is written down: the sooner, the better led."""
        hours = self.rng.expovariate(1 / (3 if self.coached(deal) else 15))
        noted = at + timedelta(hours=min(47.5, 0.1 + hours))
        local = noted.hour
        if local < 5:  # nobody writes at night
            noted += timedelta(hours=6 - local)
        return min(noted, at + timedelta(hours=48))

    def later_today(self, at: datetime) -> datetime:
        """Return a moment some minutes later, still on the same day."""
        soon = at + timedelta(minutes=self.rng.randint(6, 90))
        latest = moment(local_day(at), 21.5)
        return min(soon, max(latest, at + timedelta(minutes=1)))

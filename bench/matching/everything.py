"""What is about no deal at all."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.matching import wording
from bench.matching.companies import DAYS, SALESPEOPLE, START, Person
from bench.matching.conversations import Conversations


class Everything(Conversations):
    """A whole mailbox: besides the deals there are newsletters, vendors, services and teams."""

    def without_deals(self) -> None:
        """Write what is about no deal at all."""
        for _ in range(550):
            self._bulk()
        for _ in range(300):
            self._vendor()
        for _ in range(50):
            self._service()
        for _ in range(60):
            self._partner_at_large()
        for _ in range(200):
            self._forecast()
        for person in SALESPEOPLE:
            self._team_series(person)

    def _any_time(self) -> datetime:
        return START + timedelta(hours=self.chance.randint(0, DAYS * 24))

    def _one(self) -> frozenset[str]:
        return frozenset([self.chance.choice(SALESPEOPLE)])

    def _bulk(self) -> None:
        company = self.chance.choice(self.customers)
        title = self.chance.choice(wording.BULK).format(company=company.short)
        text = f"{wording.body(self.chance, '')} Read how {company.name} works today."
        if self.chance.random() < 0.85:
            text += self.chance.choice([" Unsubscribe here.", " Newsletter abbestellen."])
        box = self.chance.choice(["newsletter", "news", "noreply", "events", "hello", "julia.pohl"])
        # One in twenty is the newsletter of a customer.
        own = self.chance.random() < 0.05
        host = company.domains[0] if own else f"media-{self.chance.randint(1, 40)}.example"
        sender = Person("", f"{box}@{host}", "")
        label = (None, False, "newsletter")
        self._add((self._any_time(), "mail"), (title, text), (self._one(), [sender]), label)

    def _vendor(self) -> None:
        number = self.chance.randint(1000, 9999)
        title = self.chance.choice(wording.OFFERS).format(number=number)
        cue = self.chance.choice(sorted(wording.PRODUCTS)) if self.chance.random() < 0.05 else ""
        person = self.chance.choice(wording.FIRST).lower()
        host = self.chance.choice([f"vendor-{self.chance.randint(1, 60)}.example", "gmail.com"])
        words = (title, wording.body(self.chance, cue))
        sender = Person("", f"{person}@{host}", "")
        label = (None, False, "vendor")
        self._add((self._any_time(), "mail"), words, (self._one(), [sender]), label)

    def _service(self) -> None:
        """A customer writes about something that is no deal."""
        company = self.chance.choice(self.customers)
        person = self.chance.choice(company.people)
        title = self.chance.choice(wording.SERVICE).format(number=self.chance.randint(100, 9999))
        words = (title, self._signed(wording.body(self.chance, ""), person, company.name))
        label = (None, False, "service")
        self._add((self._any_time(), "mail"), words, (self._one(), [person]), label)

    def _partner_at_large(self) -> None:
        people = self.chance.choice(sorted(self.partners.items()))[1]
        words = (self.chance.choice(wording.SUBJECTS), wording.body(self.chance, ""))
        label = (None, False, "partner at large")
        self._add((self._any_time(), "mail"), words, (self._one(), people[:1]), label)

    def _forecast(self) -> None:
        """Colleagues go through several deals at once."""
        some = self.chance.sample(self.deals, self.chance.randint(2, 5))
        title = self.chance.choice(["Forecast", "Pipeline this week", "Deal review", "Team call"])
        if self.chance.random() < 0.3:
            title += ": " + ", ".join(deal.company.short for deal in some)
        text = "\n".join(f"{deal.candidate.name} ({deal.company.name})" for deal in some)
        members = frozenset(self.chance.sample(SALESPEOPLE, 3))
        kind = self.chance.choice(["mail", "meeting"])
        self._add((self._any_time(), kind), (title, text), (members, []), (None, False, "forecast"))

    def _team_series(self, person: str) -> None:
        for week in range(DAYS // 7):
            at = START + timedelta(days=7 * week, hours=1)
            members, label = frozenset([person, "manager"]), (None, False, "team")
            words, series = ("1:1 target review", ""), f"one-to-one-{person}"
            self._add((at, "meeting"), words, (members, []), label, series=series)

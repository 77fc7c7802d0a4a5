"""What every conversation is made of: people, moments and words."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.matching import wording
from bench.matching.companies import DAYS, SALESPEOPLE, START, Company, Deal, Person
from bench.matching.labelled import Labelled
from ridealong.sources.matching.weighing import Heard

PARTNERS = [f"{name}.example" for name in ("brightpath", "consultry", "vierwerk", "loomis-partner")]


@dataclass(frozen=True, slots=True)
class Scene:
    """One conversation: about what, by whom, and whether it says so."""

    deal: Deal
    people: list[Person]
    members: frozenset[str]
    cue: str
    title: str
    thread: str


def _staff(domain: str, first: int) -> list[Person]:
    names = list(zip(wording.FIRST[first:], wording.LAST, strict=False))[:2]
    return [Person(f"{one} {two}", f"{one}.{two}@{domain}".lower(), "") for one, two in names]


class Desk:
    """Keeps what was written so far, and knows who could write what to whom."""

    def __init__(self, chance: random.Random, customers: list[Company], made: list[Deal]) -> None:
        self.chance = chance
        self.customers = customers
        self.deals = made
        self.labelled: list[Labelled] = []
        self.partners = {domain: _staff(domain, first) for first, domain in enumerate(PARTNERS)}
        self.threads: dict[str, tuple[str, str]] = {}

    def _add(
        self,
        when: tuple[datetime, str],
        words: tuple[str, str],
        people: tuple[frozenset[str], list[Person]],
        label: tuple[Deal | None, bool, str],
        *,
        thread: str = "",
        series: str = "",
    ) -> None:
        (at, kind), (members, outsiders), (deal, ambiguous, shape) = when, people, label
        heard = Heard(
            key=f"activity-{len(self.labelled)}",
            at=at,
            kind=kind,
            title=words[0],
            text=words[1],
            members=members,
            outsiders=frozenset(self._written_from(person) for person in outsiders),
            thread=thread,
            series=series,
        )
        truth = deal.candidate.deal if deal else None
        self.labelled.append(Labelled(heard, truth, ambiguous, shape))

    def _written_from(self, person: Person) -> str:
        private = person.private and self.chance.random() < 0.015
        return person.private if private else person.address

    def _moment(self, deal: Deal) -> datetime:
        """Return a time in the life of the deal, at times just before or after it."""
        first = deal.candidate.opened
        last = deal.candidate.closed or START + timedelta(days=DAYS)
        draw = self.chance.random()
        if draw < 0.03:
            return first - timedelta(hours=self.chance.randint(1, 12 * 24))
        if draw < 0.06 and deal.candidate.closed:
            return last + timedelta(hours=self.chance.randint(1, 25 * 24))
        first = max(first, START)
        return first + (last - first) * self.chance.random()

    def _members(self, deal: Deal) -> frozenset[str]:
        who = deal.candidate.salesperson
        if self.chance.random() < 0.06:
            who = self.chance.choice(SALESPEOPLE)
        also = [f"presales-{self.chance.randint(1, 3)}"] if self.chance.random() < 0.2 else []
        return frozenset([who, *also])

    def _said(self, deal: Deal) -> str:
        if self.chance.random() > 0.6:
            return ""
        return wording.misspelt(self.chance, self.chance.choice(deal.cues))

    def _named(self, company: Company) -> str:
        return wording.misspelt(self.chance, company.short)

    def _scene(self, deal: Deal) -> Scene:
        cue = self._said(deal)
        people = self.chance.sample(deal.people, self.chance.randint(1, 2))
        if self.chance.random() < 0.08:
            people = [self.chance.choice(deal.company.people)]
        title = wording.subject(self.chance, cue, self._named(deal.company))
        thread = f"thread-{len(self.labelled)}"
        # Some look for the last mail of a partner and answer that, whatever it was about.
        number, old = self.threads.get(deal.company.key, ("", ""))
        if number != deal.candidate.deal and old and self.chance.random() < 0.05:
            thread = old
        else:
            self.threads[deal.company.key] = (deal.candidate.deal, thread)
        return Scene(deal, people, self._members(deal), cue, title, thread)

    def _rivals(self, deal: Deal, at: datetime) -> list[Deal]:
        return [
            other
            for other in self.deals
            if other is not deal
            and other.company is deal.company
            and other.candidate.opened <= at
            and (other.candidate.closed is None or at < other.candidate.closed)
        ]

    def _unclear(self, deal: Deal, at: datetime, people: list[Person], told: bool) -> bool:
        """Say whether neither the words nor the records of people tell which deal is meant."""
        if told:
            return False
        ours, addresses = deal.candidate.contacts, {person.address for person in people}
        return any(
            ours & addresses == rival.candidate.contacts & addresses
            and rival.candidate.salesperson == deal.candidate.salesperson
            for rival in self._rivals(deal, at)
        )

    def _signed(self, text: str, person: Person, company: str) -> str:
        if self.chance.random() < 0.3:
            return text
        return f"{text}\n\n{person.name}\n{company if self.chance.random() < 0.8 else ''}"

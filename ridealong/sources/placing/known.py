"""What the record knows that tells where an activity belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ridealong.record import directory, placeable
from ridealong.record.placeable import Lifetime, Unplaced
from ridealong.sources.matching.domains import company_domain
from ridealong.sources.matching.given import Candidate, Heard
from ridealong.sources.matching.placements import Placements
from ridealong.sources.matching.weighing import Matcher

_MATCHED_KIND = {"email": "mail"}


class Known:
    """The deals there are, and where threads, series and people were placed before."""

    def __init__(self, *, since: datetime) -> None:
        members = directory.members()
        self._ours = {member.email.lower() for member in members if member.email}
        company = directory.organisation()
        self.zone = company.time_zone
        stated = {domain.lower() for domain in company.email_domains}
        self._own_domains = frozenset(
            stated or {domain for address in self._ours if (domain := company_domain(address))}
        )
        lives = list(placeable.lifetimes(since))
        self._companies = {life.deal: life.company for life in lives}
        domains = _domains(lives)
        self.placements = Placements()
        self.matcher = Matcher(
            (_candidate(life, domains.get(life.company, set())) for life in lives),
            own_domains=self._own_domains,
            # It grows with what is learned.
            placed=self.placements.placed,
        )

    def is_ours(self, address: str) -> bool:
        """Say whether an address is a colleague's."""
        return address in self._ours or company_domain(address) in self._own_domains

    def among_colleagues(self, activity: Unplaced) -> bool:
        """Say whether nobody else took part, as far as addresses and recorders tell."""
        return all(
            self.is_ours(person["email"]) if person.get("email") else person.get("ours", True)
            for person in activity.people
        )

    def heard(self, activity: Unplaced) -> Heard:
        """Return an activity as it is matched."""
        addresses = {person["email"] for person in activity.people if person.get("email")}
        return Heard(
            key=activity.key,
            at=activity.at,
            kind=_MATCHED_KIND.get(activity.kind, activity.kind),
            title=activity.title,
            text=activity.text,
            members=frozenset(activity.members),
            outsiders=frozenset(each for each in addresses if not self.is_ours(each)),
            thread=activity.thread,
            series=activity.series,
        )

    def contacts(self, addresses: Iterable[str]) -> list[str]:
        """Return the keys of those who are on record, in order."""
        found = placeable.contacts_with(addresses)
        return sorted({key for key, _ in found.values()})

    def company_of(self, deal: str) -> str:
        """Return the key of a deal's company, "" without one."""
        return self._companies.get(deal, "")

    def learn_of(self, batch: Sequence[Unplaced]) -> None:
        """Read where the threads, series and people of these activities were placed before."""
        heard = [self.heard(activity) for activity in batch]
        threads = {each.thread for each in heard if each.thread}
        series = {each.series for each in heard if each.series}
        people = {address for each in heard for address in each.outsiders}
        ties = [f"thread:{name}"[:300] for name in threads]
        ties += [f"series:{name}"[:300] for name in series]
        ties += [f"person:{address}"[:300] for address in people]
        placed = placeable.placed(ties, [activity.number for activity in batch])
        by_kind: dict[str, dict[str, dict[str, tuple[int, bool]]]] = {}
        for tie, deals in placed.items():
            kind, _, name = tie.partition(":")
            by_kind.setdefault(kind, {})[name] = deals
        self.placements.seed(
            threads={name: _most(deals) for name, deals in by_kind.get("thread", {}).items()},
            series={name: _most(deals) for name, deals in by_kind.get("series", {}).items()},
            contacts={
                name: {deal: count for deal, (count, _) in deals.items()}
                for name, deals in by_kind.get("person", {}).items()
            },
        )


def _most(deals: dict[str, tuple[int, bool]]) -> str:
    """What a person, or the source itself, said counts before what was found most often."""
    return max(deals, key=lambda deal: (deals[deal][1], deals[deal][0], deal))


def _domains(lives: Iterable[Lifetime]) -> dict[str, set[str]]:
    """The domains of each company: its own, and those that its people write from."""
    found: dict[str, set[str]] = {}
    for life in lives:
        own = found.setdefault(life.company, set())
        if life.domain:
            own.add(life.domain.lower())
        own.update(domain for _, email in life.contacts if (domain := company_domain(email)))
    return found


def _candidate(life: Lifetime, domains: set[str]) -> Candidate:
    return Candidate(
        deal=life.deal,
        name=life.name,
        company=life.company,
        company_name=life.company_name,
        domains=frozenset(domains),
        salesperson=life.salesperson,
        product=life.product,
        opened=life.opened,
        closed=life.closed,
        contacts=frozenset(email for _, email in life.contacts),
    )

"""Finding the deals that come into question, among very many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from ridealong.sources.matching.domains import company_domain, registrable
from ridealong.sources.matching.given import Candidate
from ridealong.sources.matching.telling import Marks
from ridealong.sources.matching.words import Saying, company_words

BEFORE = timedelta(days=14)
AFTER = timedelta(days=30)
# A first word this long may stand for a company's whole name.
_SHORT_NAME = 5
# What more companies are called says nothing.
_ALIKE = 5


def live(candidate: Candidate, at: datetime) -> bool:
    """Say whether an activity of that time can be about the deal."""
    if at < candidate.opened - BEFORE:
        return False
    return candidate.closed is None or at < candidate.closed + AFTER


class Index:
    """Deals by company, and companies by address, domain and name."""

    def __init__(self, candidates: Iterable[Candidate], own_domains: frozenset[str]) -> None:
        self.deals = {each.deal: each for each in candidates}
        self.marks = {key: Marks(each) for key, each in self.deals.items()}
        self.company_names = _names(self.deals.values())
        self._by_company: defaultdict[str, list[Candidate]] = defaultdict(list)
        self._by_address: defaultdict[str, list[Candidate]] = defaultdict(list)
        by_domain: defaultdict[str, set[str]] = defaultdict(set)
        near_domain: defaultdict[str, set[str]] = defaultdict(set)
        for each in self.deals.values():
            self._by_company[each.company].append(each)
            for address in each.contacts:
                self._by_address[address.lower()].append(each)
                near_domain[company_domain(address.lower())].add(each.company)
            for domain in each.domains:
                by_domain[company_domain(domain)].add(each.company)
        self.own = {registrable(domain) for domain in own_domains}
        own = self.own | {""}
        self._by_domain = {key: found for key, found in by_domain.items() if key not in own}
        self._near = {
            key: found
            for key, found in near_domain.items()
            if key not in own and key not in by_domain
        }
        self._phrases = _phrases(self.company_names)

    def open_at(self, company: str, at: datetime) -> list[Candidate]:
        """Return the company's deals that an activity of that time can be about."""
        return [each for each in self._by_company[company] if live(each, at)]

    def of_contact(self, address: str) -> list[Candidate]:
        """Return the deals that a person is on."""
        return self._by_address.get(address, [])

    def of_domain(self, address: str) -> set[str]:
        """Return the companies that the domain of an address belongs to."""
        return self._by_domain.get(company_domain(address), set())

    def near_domain(self, address: str) -> set[str]:
        """Return the companies of known people with the same domain, where it is no company's."""
        return self._near.get(company_domain(address), set())

    def named(self, said: Saying) -> dict[str, bool]:
        """Return the companies whose names stand there; True for a name of several words."""
        found: dict[str, bool] = {}
        beginnings = {word for word in said.each if word in self._phrases}
        for at, first in enumerate(said.said):
            if first not in beginnings:
                continue
            for phrase, companies in self._phrases[first]:
                if said.said[at : at + len(phrase)] != phrase:
                    continue
                several = len(phrase) > 1
                # Everyday words are companies' names too, but nobody writes those small.
                if several or said.plain[at][:1].isupper():
                    found.update({each: found.get(each, False) or several for each in companies})
                break
        return found


def _names(candidates: Iterable[Candidate]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in candidates:
        # The smallest one, so that the order of deals does not matter.
        names[each.company] = min(names.get(each.company, each.company_name), each.company_name)
    return names


def _phrases(names: dict[str, str]) -> dict[str, list[tuple[tuple[str, ...], list[str]]]]:
    """Return companies by their names, and names by their first words, the longest first."""
    companies: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for company, name in names.items():
        phrase = company_words(name)
        companies[phrase].append(company)
        if len(phrase) > 1 and len(phrase[0]) >= _SHORT_NAME:
            companies[phrase[:1]].append(company)
    phrases: defaultdict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
    for phrase, found in companies.items():
        if phrase and len(found) <= _ALIKE:
            phrases[phrase[0]].append((phrase, found))
    for each in phrases.values():
        each.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return dict(phrases)

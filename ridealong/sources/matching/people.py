"""What those who take part say about the deal, by who they are."""

from __future__ import annotations

from ridealong.sources.matching.domains import company_domain
from ridealong.sources.matching.finding import live
from ridealong.sources.matching.gathered import Gathered
from ridealong.sources.matching.given import Candidate, Placed

# What each speaks for a deal in itself. What counts against other deals is less: lists of contacts
# have gaps, and people write about a second deal, too.
_CONTACT, _CONTACT_AGAINST, _CONTACT_AGAINST_FEW = 3.2, 2.0, 1.4
_WRITTEN_DOWN = 2
_LEARNED = 0.6
_DOMAIN = 3.2
_SHARED_DOMAIN = 2.0
_KNOWN_PERSON = 2.4
_WROTE_BEFORE, _WROTE_FROM_HOME = 1.5, 2.4
_NEAR_DOMAIN = 1.8


class People:
    """Adds what speaks for deals and companies by the people outside."""

    def __init__(self, gathered: Gathered, placed: Placed) -> None:
        self._gathered = gathered
        self._index = gathered.index
        self._at = gathered.heard.at
        self._members = gathered.heard.members
        self._placed = placed
        self._counted: dict[str, float] = {}

    def add(self, address: str) -> None:
        """Add what one person tells."""
        on = self._index.of_contact(address)
        now = [each for each in on if live(each, self._at)]
        for candidate in now:
            why, case = f"{address} is on the deal", self._gathered.case(candidate)
            if len(now) == 1:
                case.add(_CONTACT, why, self._against(candidate))
            else:
                case.add(_CONTACT / 2, why, _CONTACT_AGAINST / 2)
        learned = self._learned(address)
        self._company(address, {each.company for each in on}, learned)
        for deal in learned:
            self._wrote_before(address, self._index.deals[deal], learned)

    def _against(self, candidate: Candidate) -> float:
        """Return what it tells against other deals of the company that somebody is on this one.

        Nobody can be missing on a deal whose people nobody wrote down.
        """
        others = self._index.open_at(candidate.company, self._at)
        unwritten = any(len(each.contacts) < _WRITTEN_DOWN for each in others)
        return _CONTACT_AGAINST_FEW if unwritten else _CONTACT_AGAINST

    def _learned(self, address: str) -> dict[str, int]:
        found = self._placed.by_contact.get(address, {})
        return {deal: found[deal] for deal in sorted(found) if deal in self._index.deals}

    def _company(self, address: str, on: set[str], learned: dict[str, int]) -> None:
        """Find out which company a person is from, by the best that is known."""
        found, domain = self._index.of_domain(address), company_domain(address)
        before = {self._index.deals[deal].company for deal in learned}
        if found:
            points = _DOMAIN if len(found) == 1 else _SHARED_DOMAIN
            self._gathered.from_company(found, points, f"{domain} is the domain of {{}}")
            return
        if len(on) == 1:
            self._gathered.from_company(on, _KNOWN_PERSON, f"{address} is known from {{}}")
        elif len(before) == 1 and not on and self._own(before):
            most = _WROTE_BEFORE if domain else _WROTE_FROM_HOME
            points = most * (1 - 0.7 ** sum(learned.values()))
            self._gathered.from_company(before, points, f"{address} wrote about {{}} before")
        if len(near := self._index.near_domain(address)) == 1:
            self._gathered.from_company(near, _NEAR_DOMAIN, f"People of {{}} write from {domain}")

    def _own(self, companies: set[str]) -> bool:
        """Say whether one of their salespeople takes part."""
        return any(
            each.salesperson in self._members
            for company in companies
            for each in self._index.open_at(company, self._at)
        )

    def _wrote_before(self, address: str, candidate: Candidate, learned: dict[str, int]) -> None:
        if not live(candidate, self._at) or not self._concerns(address, candidate):
            return
        times = learned[candidate.deal]
        points = _LEARNED * times / sum(learned.values()) * (1 - 0.6**times)
        # What several people wrote together is not more than what one of them did.
        more = points - self._counted.get(candidate.deal, 0.0)
        if more > 0:
            self._counted[candidate.deal] = points
            self._gathered.case(candidate).add(more, f"{address} wrote about the deal before")

    def _concerns(self, address: str, candidate: Candidate) -> bool:
        """Say whether what somebody wrote before counts.

        Partners write about one customer after another, each time to its own salesperson.
        """
        own = candidate.salesperson in self._members
        return own or candidate.company in self._index.of_domain(address)

"""What speaks for each deal and each company, as it comes together for one activity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ridealong.sources.matching.finding import Index
from ridealong.sources.matching.given import Candidate, Heard


@dataclass(slots=True)
class Case:
    """What speaks for one deal: in itself, and where deals are compared."""

    candidate: Candidate
    support: float = 0.0
    points: float = 0.0
    why: list[str] = field(default_factory=list)

    def add(self, support: float, why: str, points: float | None = None) -> None:
        """Add evidence; it counts the same in both ways unless points are given."""
        self.support += support
        self.points += support if points is None else points
        self.why.append(why)


class Gathered:
    """The cases so far.

    ``companies`` has what speaks for a company, all of whose deals share it; ``known`` are those
    that somebody who takes part is from.
    """

    def __init__(self, index: Index, heard: Heard) -> None:
        self.index = index
        self.heard = heard
        self.cases: dict[str, Case] = {}
        self.companies: defaultdict[str, float] = defaultdict(float)
        self.company_why: dict[str, str] = {}
        self.known: set[str] = set()

    def case(self, candidate: Candidate) -> Case:
        """Return the case of a deal."""
        return self.cases.setdefault(candidate.deal, Case(candidate))

    def from_company(self, companies: set[str], points: float, why: str) -> None:
        """Note that somebody is from one of the companies; the best evidence of each counts."""
        for company in companies:
            self.known.add(company)
            if points > self.companies[company]:
                self.companies[company] = points
                self.company_why[company] = why.format(self.index.company_names[company])

    def mentioned(self, company: str, points: float) -> None:
        """Note that a company is named."""
        # People mention other companies; whoever writes is from their own.
        outside = bool(self.known) and company not in self.known
        self.companies[company] += points / 2 if outside else points
        self.company_why.setdefault(company, f"{self.index.company_names[company]} is named")

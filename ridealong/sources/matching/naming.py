"""What is said about the deal: names, products and numbers in the title and the text."""

from __future__ import annotations

from collections import defaultdict

from ridealong.sources.matching.gathered import Case, Gathered
from ridealong.sources.matching.telling import told
from ridealong.sources.matching.words import Saying, company_words

_NAMED = 2.2
_NAMED_BY_ONE_WORD = 1.0
_FULLY_NAMED = 5.0


def add_companies(gathered: Gathered, title: Saying, text: Saying) -> None:
    """Add the companies that are named, and with all that speaks for them, their deals."""
    found = gathered.index.named(text)
    for company, several in gathered.index.named(title).items():
        found[company] = found.get(company, False) or several
    for company, several in found.items():
        gathered.mentioned(company, _NAMED if several else _NAMED_BY_ONE_WORD)
    for company, points in gathered.companies.items():
        for candidate in gathered.index.open_at(company, gathered.heard.at):
            gathered.case(candidate).add(points, gathered.company_why[company])


def add_told(gathered: Gathered, title: Saying, text: Saying) -> None:
    """Add what tells the deals of each company apart."""
    by_company: defaultdict[str, list[Case]] = defaultdict(list)
    for case in gathered.cases.values():
        by_company[case.candidate.company].append(case)
    for cases in by_company.values():
        marks = [gathered.index.marks[case.candidate.deal] for case in cases]
        for case, (points, by) in zip(cases, told(marks, title, text), strict=True):
            if by:
                # Words tell deals apart; that it is about the company must be known already.
                support = min(max(points, 0.0), case.support)
                case.add(support, f"“{by}” is in the title or the text", points)
            else:
                case.points += points


def add_inside(gathered: Gathered, title: Saying) -> None:
    """Add deals that colleagues name in full; nothing less counts among themselves."""
    for company, several in gathered.index.named(title).items():
        if several:
            gathered.from_company({company}, _NAMED, "{} is named")
        for candidate in gathered.index.open_at(company, gathered.heard.at):
            name = gathered.index.marks[candidate.deal].full
            if title.names(name) and name != company_words(candidate.company_name):
                gathered.case(candidate).add(_FULLY_NAMED, "The title names deal and company")

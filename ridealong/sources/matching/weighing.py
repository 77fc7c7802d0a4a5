"""Which deal an activity belongs to: all evidence together, and whether it is enough."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ridealong.sources.matching.evidence import evidence, strength
from ridealong.sources.matching.finding import Index
from ridealong.sources.matching.gathered import Case, Gathered
from ridealong.sources.matching.given import Candidate, Heard, Match, Placed
from ridealong.sources.matching.placements import Placements

__all__ = ["THRESHOLD", "Candidate", "Heard", "Match", "Matcher", "Placed", "Placements"]

# bench/matching says what this costs and brings.
THRESHOLD = 0.85
CLEAR = 0.94
"""So sure a match makes its thread or series clear: what was left of it is looked at again."""
_SHOWN = 5


class Matcher:
    """Places activities at deals, or leaves them where too little speaks for one deal."""

    def __init__(
        self, candidates: Iterable[Candidate], *, own_domains: frozenset[str], placed: Placed
    ) -> None:
        self._index = Index(candidates, own_domains)
        self._placed = placed

    def match(self, heard: Heard) -> Match:
        """Return where the activity belongs."""
        gathered = evidence(self._index, self._placed, heard)
        cases = sorted(gathered.cases.values(), key=lambda each: each.candidate.deal)
        weighed = sorted(_weighed(cases), key=lambda each: (-each[0], each[1].candidate.deal))
        shown = tuple((case.candidate.deal, round(sure, 3)) for sure, case in weighed[:_SHOWN])
        if weighed and weighed[0][0] >= THRESHOLD:
            best = weighed[0][1]
            why = tuple(dict.fromkeys(best.why))
            return Match(best.candidate.deal, shown[0][1], why, shown, best.candidate.company)
        company = _company(gathered, cases)
        why = _left(gathered, cases, company)
        return Match(None, shown[0][1] if shown else 0.0, why, shown, company)


def _weighed(cases: list[Case]) -> list[tuple[float, Case]]:
    """Return how sure each case is: how strong in itself, and how much stronger than others."""
    top = max((case.points for case in cases), default=0.0)
    odds = [math.exp(case.points - top) for case in cases]
    total = math.fsum(odds)
    return [
        (strength(case.support) * odd / total, case) for case, odd in zip(cases, odds, strict=True)
    ]


def _company(gathered: Gathered, cases: list[Case]) -> str | None:
    """Return the one company it is about, by who takes part or else by what is placed there."""
    companies = gathered.known or {case.candidate.company for case in cases}
    return next(iter(companies)) if len(companies) == 1 else None


def _left(gathered: Gathered, cases: list[Case], company: str | None) -> tuple[str, ...]:
    """Say why nothing was placed."""
    if company is None:
        return ("Too little says which company it is about",)
    name = gathered.index.company_names[company]
    by = gathered.company_why.get(company)
    known = (by,) if by else ()
    rivals = sum(case.candidate.company == company for case in cases)
    if rivals > 1:
        return (*known, f"It could be about {rivals} deals of {name}")
    if rivals or not gathered.heard.outsiders:
        return (*known, "Too little says which deal it is about")
    return (*known, f"{name} had no deal then")

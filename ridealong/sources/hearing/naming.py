"""Which deals are discussed: by the names of companies and deals, as people say them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ridealong.sources.hearing.mentioning import Mention, mentions
from ridealong.sources.hearing.wording import lists
from ridealong.sources.matching.words import Saying, company_words, folded

# How many sentences after a company's name are still about it.
_REACH = 6
# Words this long are known by their beginning: “service” in “Servicevertrag”.
_LONG = 5


@dataclass(frozen=True)
class Deal:
    """A deal that may be discussed."""

    key: str
    name: str
    company: str

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What it is called beside its company, in the order in which it stands."""
        return _own_words(self.name, self.company)


@lru_cache(maxsize=10_000)
def _own_words(name: str, company: str) -> tuple[str, ...]:
    kept = {*folded(company), *company_words(company), *lists()["names"]["empty"]}
    return tuple(word for word in folded(name) if word not in kept)


def discussed(deals: Iterable[tuple[str, str, str]], said: Sequence[str]) -> dict[str, str]:
    """Return the keys of the deals that are discussed, each with the words that named it.

    One of several deals at a company needs words of its own, near the company's name or else
    anywhere; where nothing tells them apart, none is said to be discussed.
    """
    every = [Deal(*each) for each in deals]
    sayings = [Saying.of(sentence) for sentence in said]
    by_company: defaultdict[str, list[Deal]] = defaultdict(list)
    for deal in every:
        by_company[deal.company].append(deal)
    by_own = {deal.key: words for deal in every if (words := _own_name(deal, every, sayings))}
    named = mentions(by_company, sayings)
    found = dict(by_own)
    for company, its in by_company.items():
        found.update(_of_company(its, company, named, sayings))
    return {deal.key: found[deal.key] for deal in every if deal.key in found}


def _of_company(
    deals: list[Deal], company: str, named: list[Mention], said: Sequence[Saying]
) -> dict[str, str]:
    """Return the deals of one company that its mentions are about."""
    own = [mention for mention in named if mention.company == company]
    if not own:
        return {}
    if len(deals) == 1:
        return {deals[0].key: own[0].words}
    found: dict[str, str] = {}
    for mention in own:
        for saying in said[mention.at : _end(mention, named)]:
            for key, words in _told_apart(deals, [saying]):
                found.setdefault(key, f"{mention.words}, {words}")
    return found or {key: f"{own[0].words}, {words}" for key, words in _told_apart(deals, said)}


def _end(mention: Mention, named: list[Mention]) -> int:
    """Return where the talk comes to another company."""
    others = (m.at for m in named if m.at > mention.at and m.company != mention.company)
    return min(next(others, mention.at + _REACH), mention.at + _REACH)


def _told_apart(deals: list[Deal], said: Sequence[Saying]) -> Iterator[tuple[str, str]]:
    """Go through the deals of which most own words are there, that no other of them has."""
    heard = {deal.key: _heard(deal, deals, said) for deal in deals}
    most = max(len(words) for words in heard.values())
    for key, words in heard.items():
        if most and len(words) == most:
            yield key, " ".join(words)


def _heard(deal: Deal, rivals: list[Deal], said: Sequence[Saying]) -> list[str]:
    """Return which words of its own name are there; for want of own ones, its whole name is."""
    shared = {word for other in rivals if other is not deal for word in other.own}
    own = [word for word in dict.fromkeys(deal.own) if word not in shared] or list(deal.own)
    heard = [word for word in own if any(_there(word, saying) for saying in said)]
    return heard if shared.isdisjoint(own) or heard == own else []


def _there(word: str, saying: Saying) -> bool:
    if word.isdecimal() or len(word) < _LONG:
        return word in saying.each
    return saying.has(word) or any(each.startswith(word) for each in saying.each)


def _own_name(deal: Deal, every: list[Deal], said: Sequence[Saying]) -> str:
    """Return what a deal is called beside its company, where one sentence has all of it.

    Everyday words alone name no deal, and neither does what another deal is called, too.
    """
    own = set(deal.own)
    everyday = lists()["names"]["everyday"]
    if len(own) < 2 or all(word in everyday or len(word) < _LONG for word in own):
        return ""
    if any(own <= set(other.own) for other in every if other is not deal):
        return ""
    return " ".join(deal.own) if any(own <= saying.each for saying in said) else ""

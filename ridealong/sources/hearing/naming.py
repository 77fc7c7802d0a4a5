"""Which deals are discussed: by the names of companies and deals, as people say them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ridealong.sources.hearing.wording import lists
from ridealong.sources.matching.words import Saying, alike, company_words, folded

# How many sentences after a company's name are still about it.
_REACH = 6
_FIRST_WORD = 4


@dataclass(frozen=True)
class Deal:
    """A deal that may be discussed."""

    key: str
    name: str
    company: str

    @cached_property
    def company_words(self) -> tuple[str, ...]:
        """The company's name without its legal form."""
        return company_words(self.company)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What the deal is called beside its company, in the order in which it stands."""
        company = set(folded(self.company))
        return tuple(word for word in folded(self.name) if word not in company)


@dataclass(frozen=True)
class Mention:
    """A company's name in a sentence."""

    at: int
    company: str
    words: str


def discussed(deals: Iterable[tuple[str, str, str]], said: Sequence[str]) -> dict[str, str]:
    """Return the keys of the deals that are discussed, each with the words that named it."""
    every = [Deal(*each) for each in deals]
    sayings = [Saying.of(sentence) for sentence in said]
    by_company: defaultdict[str, list[Deal]] = defaultdict(list)
    for deal in every:
        by_company[deal.company].append(deal)
    mentions = list(_mentions(by_company, sayings))
    found: dict[str, str] = {}
    for company, its in by_company.items():
        found.update(
            _told_apart(its, [m for m in mentions if m.company == company], mentions, sayings)
        )
    for deal in every:
        words = "" if deal.key in found else _by_own_name(deal, every, sayings)
        if words:
            found[deal.key] = words
    return {deal.key: found[deal.key] for deal in every if deal.key in found}


def _told_apart(
    deals: list[Deal], mentions: list[Mention], others: list[Mention], said: Sequence[Saying]
) -> Iterator[tuple[str, str]]:
    """Go through the company's deals that its mentions are about."""
    if not mentions:
        return
    if len(deals) == 1:
        yield deals[0].key, mentions[0].words
        return
    for mention in mentions:
        ends = [m.at for m in others if m.at > mention.at and m.company != mention.company]
        end = min([*ends, mention.at + _REACH, len(said)])
        for deal, words in _named_among(deals, said[mention.at : max(end, mention.at + 1)]):
            yield deal.key, f"{mention.words}, {words}"


def _named_among(deals: list[Deal], said: Sequence[Saying]) -> Iterator[tuple[Deal, str]]:
    """Go through the deals that words of their own name tell from the company's others."""
    heard = {deal.key: _heard(deal, deals, said) for deal in deals}
    most = max(len(words) for words in heard.values())
    for deal in deals:
        if most and len(heard[deal.key]) == most:
            yield deal, " ".join(heard[deal.key])


def _heard(deal: Deal, rivals: list[Deal], said: Sequence[Saying]) -> list[str]:
    shared = {word for other in rivals if other is not deal for word in other.own}
    own = [word for word in deal.own if word not in shared]
    return [word for word in own if any(saying.has(word) for saying in said)]


def _mentions(by_company: Mapping[str, list[Deal]], said: Sequence[Saying]) -> Iterator[Mention]:
    firsts: defaultdict[str, set[str]] = defaultdict(set)
    for company, its in by_company.items():
        firsts[its[0].company_words[0]].add(company)
    common = _common()
    names = [(company, its[0].company_words) for company, its in by_company.items()]
    for at, saying in enumerate(said):
        for company, name in names:
            alone = len(firsts[name[0]]) == 1
            words = _named(name, saying, alone=alone, common=common)
            if words:
                yield Mention(at, company, words)


def _named(name: tuple[str, ...], saying: Saying, *, alone: bool, common: frozenset[str]) -> str:
    """Return the words that name a company, as they stand, or ""."""
    for start, word in enumerate(saying.said):
        if not alike(name[0], word):
            continue
        end = start + len(name)
        whole = saying.said[start:end]
        if len(name) > 1 and len(whole) == len(name) and all(map(alike, name, whole)):
            return " ".join(saying.plain[start:end])
        if not alone or len(name[0]) < _FIRST_WORD or not saying.plain[start][:1].isupper():
            continue
        if name[0] not in common or _stands_as_a_name(saying, start):
            return saying.plain[start]
    return ""


def _stands_as_a_name(saying: Saying, start: int) -> bool:
    """Say whether an everyday word is meant as a name: “at Next”, but not “the Target”."""
    return start > 0 and saying.said[start - 1] in lists()["names"]["before"]


def _by_own_name(deal: Deal, every: list[Deal], said: Sequence[Saying]) -> str:
    """Return what a deal is called without its company, where it is called in full."""
    common = _common()
    telling = [word for word in deal.own if word not in common and len(word) > 2]
    if len(deal.own) < 2 or not telling:
        return ""
    if any(set(deal.own) <= set(other.own) for other in every if other is not deal):
        return ""
    for saying in said:
        if all(saying.has(word) for word in deal.own):
            return " ".join(deal.own)
    return ""


def _common() -> frozenset[str]:
    return frozenset(lists()["names"]["common"])

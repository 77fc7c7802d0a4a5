"""Companies as people mention them: seldom by the whole name; everyday words are names, too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ridealong.sources.hearing.wording import lists
from ridealong.sources.matching.words import Saying, alike, company_words

_SHORTEST = 3
# A word alone must be this long to be known although it is misspelt.
_FOR_SLIPS = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A company's name in a sentence: which sentence, and the words as they stand."""

    at: int
    company: str
    words: str


@dataclass(frozen=True, slots=True)
class _Name:
    """Words that stand for a company; one alone must look like a name where it stands."""

    company: str
    words: tuple[str, ...]


def mentions(companies: Iterable[str], said: Sequence[Saying]) -> list[Mention]:
    """Return where which companies are mentioned, in the order in which they are."""
    names = _names(sorted(set(companies)))
    return [
        Mention(at, *found) for at, saying in enumerate(said) for found in _found(names, saying)
    ]


def _names(companies: Sequence[str]) -> dict[str, list[_Name]]:
    """Return what each company is called, by the first letter, longer names first."""
    called = {company: _called(company) for company in companies}
    shared = Counter(words for names in called.values() for words in names)
    found: defaultdict[str, list[_Name]] = defaultdict(list)
    for company, names in called.items():
        for words in names:
            if shared[words] == 1:
                found[words[0][0]].append(_Name(company, words))
    for some in found.values():
        some.sort(key=lambda name: (-len(name.words), name.words))
    return dict(found)


@lru_cache(maxsize=10_000)
def _called(company: str) -> frozenset[tuple[str, ...]]:
    """Return the whole name, and what is left of it without words that many names have."""
    whole = company_words(company)
    if not whole:
        return frozenset()
    own = [n for n, word in enumerate(whole) if word not in _list("usual") and len(word) > 1]
    if not own:
        return frozenset({whole})
    first, last = own[0], own[-1] + 1
    while first > 0 and first + 1 < last and whole[first] in _list("particles"):
        first += 1  # “Rhône” of “Librairies du Rhône”, but “Van Houten”
    names = {whole, whole[first:last], whole[first : min(last, first + 2)]}
    if len(whole[first]) >= _SHORTEST and whole[first] not in _list("particles"):
        names.add(whole[first : first + 1])
    return frozenset(names)


def _found(names: dict[str, list[_Name]], saying: Saying) -> Iterator[tuple[str, str]]:
    # Who types everything small writes names so, too.
    small = not any(word[:1].isupper() for word in saying.plain)
    start = 0
    while start < len(saying.said):
        name = _at(names, saying, start, small=small)
        if name is None:
            start += 1
            continue
        end = start + len(name.words)
        yield name.company, " ".join(saying.plain[start:end])
        start = end


def _at(names: dict[str, list[_Name]], saying: Saying, start: int, *, small: bool) -> _Name | None:
    its = names.get(saying.said[start][0], ())
    exact = [name for name in its if name.words == saying.said[start : start + len(name.words)]]
    for name in exact or [name for name in its if _nearly(name, saying, start)]:
        if len(name.words) > 1 or _looks_like_a_name(saying, start, small=small):
            return name
    return None


def _nearly(name: _Name, saying: Saying, start: int) -> bool:
    there = saying.said[start : start + len(name.words)]
    if len(there) < len(name.words) or there[0] in _list("everyday"):
        return False
    if len(there) == 1 and len(there[0]) < _FOR_SLIPS:
        return False
    return all(map(alike, name.words, there))


def _looks_like_a_name(saying: Saying, start: int, *, small: bool) -> bool:
    """Say whether one word is meant as a name: “at Next” or “Kessler”, not “Next we …”."""
    everyday = saying.said[start] in _list("everyday")
    if not saying.plain[start][:1].isupper() and (everyday or not small):
        return False
    return not everyday or (start > 0 and saying.said[start - 1] in _list("before"))


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(lists()["names"][name])

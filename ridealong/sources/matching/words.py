"""Names and numbers in what people write."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

# What stands far below is quoted from earlier mails.
_READ = 2000
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"20[0-9]{2}")
_DIGITS = 2
_FORMS_WORDS = """
gmbh mbh ag kg kgaa ohg ug eg ev se co cie ltd limited plc llc llp lp inc incorporated corp
corporation company sa sas sarl sl srl spa bv nv ab as asa aps oy oyj kft sro doo
"""
_FORMS = frozenset(_FORMS_WORDS.split())
_NUMBERS = {
    **dict.fromkeys(("i", "one", "first", "eins", "erste", "ersten", "erster"), 1),
    **dict.fromkeys(("ii", "two", "second", "zwei", "zweite", "zweiten", "zweiter"), 2),
    **dict.fromkeys(("iii", "three", "third", "drei", "dritte", "dritten", "dritter"), 3),
    **dict.fromkeys(("iv", "four", "fourth", "vier", "vierte", "vierten", "vierter"), 4),
}
_LONG_ENOUGH_FOR_SLIPS = 5
_LONG_ENOUGH_FOR_ENDINGS = 3
_ENDINGS = frozenset(("s", "es", "e", "n", "en", "er"))


def words(text: str) -> list[str]:
    """Return the words of a text as they stand."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text without regard to case."""
    return tuple(word.casefold() for word in words(text))


def company_words(name: str) -> tuple[str, ...]:
    """Return a company's name without its legal form."""
    kept = list(folded(name))
    while len(kept) > 1 and (kept[-1] in _FORMS or len(kept[-1]) == 1):
        kept.pop()
    return tuple(kept)


def number(word: str) -> int | None:
    """Return the number or year that a word stands for: 2 for "2", "II" and "second"."""
    if not word.isdecimal():
        return _NUMBERS.get(word)
    return int(word) if len(word) <= _DIGITS or _YEAR.fullmatch(word) else None


def numbered(said: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    """Return what carries a number: ("phase", 2) for "phase 2", "Phase II", "second phase"."""
    counts = [number(word) for word in said]
    found: set[tuple[str, int]] = set()
    for at, count in enumerate(counts):
        if count is not None:
            beside = [near for near in (at - 1, at + 1) if 0 <= near < len(said)]
            found.update((said[near], count) for near in beside if counts[near] is None)
    return frozenset(found)


def years(said: tuple[str, ...]) -> frozenset[str]:
    """Return the years among the words."""
    return frozenset(word for word in said if _YEAR.fullmatch(word))


def alike(word: str, other: str) -> bool:
    """Say whether two words are the same, whatever its ending, forgiving a slip in a long one."""
    if word == other:
        return True
    if len(word) >= _LONG_ENOUGH_FOR_ENDINGS and other.startswith(word):
        return other[len(word) :] in _ENDINGS
    if len(word) < _LONG_ENOUGH_FOR_SLIPS or abs(len(other) - len(word)) > 1:
        return False
    # People seldom slip in the first letter, and other words differ there.
    return word[0] == other[0] and OSA.distance(word, other, score_cutoff=1) <= 1


@dataclass(frozen=True, slots=True)
class Saying:
    """A title or a text, taken apart once and asked many times."""

    plain: tuple[str, ...]
    said: tuple[str, ...]
    each: frozenset[str]
    joined: frozenset[str]
    numbered: frozenset[tuple[str, int]]

    @classmethod
    def of(cls, text: str) -> Saying:
        """Take a text apart."""
        plain = tuple(words(text[:_READ]))
        said = tuple(word.casefold() for word in plain)
        pairs = frozenset(a + b for a, b in pairwise(said))
        return cls(plain, said, frozenset(said), pairs, numbered(said))

    def has(self, word: str) -> bool:
        """Say whether a word is there, forgiving one slip in a long one."""
        if word in self.each or word in self.joined:
            return True
        return any(alike(word, other) for other in self.each)

    def names(self, phrase: tuple[str, ...]) -> bool:
        """Say whether the words stand there one after another, or written as one."""
        if not phrase:
            return False
        if len(phrase) > 1 and "".join(phrase) in self.each:
            return True
        first, length = phrase[0], len(phrase)
        if first not in self.each:
            return False
        starts = (at for at, word in enumerate(self.said) if word == first)
        return any(self.said[at : at + length] == phrase for at in starts)

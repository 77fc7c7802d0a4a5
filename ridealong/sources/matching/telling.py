"""Telling the deals of one company apart by what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ridealong.sources.matching.given import Candidate
from ridealong.sources.matching.words import Saying, alike, company_words, folded, numbered, years

_PHRASE = 4.0
_NUMBER = 4.0
_WORD = 3.4
_MOST = 6.0
_OTHER_NUMBER = -2.0
_IN_TITLE = 1.25
# Texts are full of words, numbers and above all years that are about something else.
_IN_TEXT = 0.8
_YEAR_IN_TEXT = 0.3
# Words that stand in the name of any deal and tell nothing.
_EMPTY_WORDS = """
the a an and or of for to in on at with by from de der die das und für mit von zu im am deal
project projekt new neu opportunity x
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())

# A word or a year alone, words one after another, or a number of something.
Mark = tuple[str, ...] | tuple[str, int]


@dataclass(frozen=True)
class Marks:
    """What in the names of a deal can tell it from others."""

    candidate: Candidate

    @cached_property
    def full(self) -> tuple[str, ...]:
        """The words of its whole name."""
        return folded(self.candidate.name)

    @cached_property
    def numbers(self) -> frozenset[tuple[str, int]]:
        """What carries a number in its name."""
        return numbered(self.full)

    @cached_property
    def all(self) -> frozenset[Mark]:
        """Every mark."""
        company = set(company_words(self.candidate.company_name))
        product = folded(self.candidate.product)
        named = {each for each in (*self.full, *product) if len(each) > 2 and not each.isdecimal()}
        named -= company | _EMPTY
        marks: set[Mark] = {(word,) for word in named}
        marks |= {(year,) for year in years(self.full)} | self.numbers
        # A renewal is called by its product, too.
        marks |= {(product[-1], int(year)) for year in years(self.full) if product}
        marks |= {pair for pair in pairwise(self.full) if named.issuperset(pair)}
        marks |= {phrase for phrase in (product, self.full) if len(phrase) > 1}
        return frozenset(marks)


def told(rivals: Sequence[Marks], title: Saying, text: Saying) -> list[tuple[float, str]]:
    """Return for each deal of one company how much the words speak for it, and by which of them.

    What all of them share says nothing about one of them, unless there is just one.
    """
    shared = Counter(mark for marks in rivals for mark in marks.all)
    heard = {mark: _heard(mark, title, text) for mark in shared}
    return [_weighed(marks, heard, shared, len(rivals), title) for marks in rivals]


def _weighed(
    marks: Marks,
    heard: dict[Mark, float],
    shared: Counter[Mark],
    rivals: int,
    title: Saying,
) -> tuple[float, str]:
    points, best, by = 0.0, 0.0, ""
    for mark in sorted(marks.all, key=str):
        if not heard[mark] or (rivals > 1 and shared[mark] == rivals):
            continue
        worth = heard[mark] / shared[mark]
        points += worth
        if worth > best:
            best, by = worth, " ".join(str(part) for part in mark)
    points = min(points, _MOST)
    if rivals > 1 and any(_another(mark, title) for mark in marks.numbers):
        points += _OTHER_NUMBER
    return points, by


def _another(mark: tuple[str, int], said: Saying) -> bool:
    """Say whether the same thing is there with another number only."""
    found = {count for word, count in said.numbered if word == mark[0]}
    return bool(found) and mark[1] not in found


def _heard(mark: Mark, title: Saying, text: Saying) -> float:
    if _there(mark, title):
        return _worth(mark) * _IN_TITLE
    if not _there(mark, text):
        return 0.0
    if _several(mark):
        return _worth(mark)
    return _worth(mark) * (_YEAR_IN_TEXT if _is_year(mark) else _IN_TEXT)


def _is_year(mark: Mark) -> bool:
    return len(mark) == 1 and mark[0].isdecimal()


def _several(mark: Mark) -> bool:
    return len(mark) > 1 and not isinstance(mark[-1], int)


def _worth(mark: Mark) -> float:
    if _several(mark):
        return _PHRASE
    return _NUMBER if isinstance(mark[-1], int) or _is_year(mark) else _WORD


def _there(mark: Mark, said: Saying) -> bool:
    if isinstance(mark[-1], int):
        return any(count == mark[1] and alike(word, mark[0]) for word, count in said.numbered)
    phrase = tuple(_texts(mark))
    return said.has(phrase[0]) if len(phrase) == 1 else said.names(phrase)


def _texts(mark: Mark) -> Iterator[str]:
    return (part for part in mark if isinstance(part, str))

"""The word lists, ``words.toml``, and finding their phrases quickly."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ridealong.sources.hearing.sentences import folded_words

_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for something; a word that ends in ``*`` stands for all that begin so."""

    about: str
    words: tuple[str, ...]
    weight: float

    def at(self, words: tuple[str, ...], start: int) -> bool:
        """Say whether the words stand there one after another."""
        if start + len(self.words) > len(words):
            return False
        for n, cue in enumerate(self.words, start):
            if words[n] != cue and not (cue.endswith("*") and words[n].startswith(cue[:-1])):
                return False
        return True


class Cues:
    """Cues by their first word, or by how it begins."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._by_word: defaultdict[str, list[Cue]] = defaultdict(list)
        self._by_beginning: defaultdict[str, list[Cue]] = defaultdict(list)
        # The longest first, so that what is part of one does not count beside it.
        for cue in sorted(cues, key=lambda cue: (-len(cue.words), cue.words, cue.about)):
            first = cue.words[0]
            if first.endswith("*"):
                self._by_beginning[first[:-1][:_BEGINNING]].append(cue)
            else:
                self._by_word[first].append(cue)

    def found(self, words: tuple[str, ...]) -> Iterator[Cue]:
        """Go through the cues among words; a part of a longer one of the same does not count."""
        covered: dict[str, int] = {}
        for start, word in enumerate(words):
            begins = self._by_beginning.get(word[:_BEGINNING], ())
            for cue in (*self._by_word.get(word, ()), *begins):
                if covered.get(cue.about, 0) <= start and cue.at(words, start):
                    covered[cue.about] = start + len(cue.words)
                    yield cue


@cache
def lists() -> dict[str, Any]:
    """Return the word lists as they stand."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def cues(part: str) -> Cues:
    """Return the cues of one part of the lists: natures, titles or kinds."""
    return Cues(_cues(lists()[part]))


def _cues(part: dict[str, dict[str, list[str]]]) -> Iterator[Cue]:
    for about, by_weight in part.items():
        for weight, phrases in by_weight.items():
            for phrase in phrases:
                yield Cue(about, _cue_words(phrase), float(weight))


def _cue_words(phrase: str) -> tuple[str, ...]:
    return tuple(
        word + "*" * (n == len(part_words) - 1 and part.endswith("*"))
        for part in phrase.split()
        for part_words in [folded_words(part)]
        for n, word in enumerate(part_words)
    )

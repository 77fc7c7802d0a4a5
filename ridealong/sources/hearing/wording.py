"""The word lists, ``words.toml``, and finding their phrases quickly."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
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
        return all(_fits(cue, words[start + n]) for n, cue in enumerate(self.words))


class Cues:
    """Cues by the first letters of their first word."""

    def __init__(self, cues: Iterator[Cue]) -> None:
        self._by_beginning: defaultdict[str, list[Cue]] = defaultdict(list)
        for cue in cues:
            self._by_beginning[cue.words[0].rstrip("*")[:_BEGINNING]].append(cue)
        for some in self._by_beginning.values():
            some.sort(key=lambda cue: (-len(cue.words), cue.words))

    def found(self, words: tuple[str, ...]) -> Iterator[Cue]:
        """Go through the cues among words; a part of a longer one of the same does not count."""
        covered: dict[str, int] = {}
        for start, word in enumerate(words):
            for cue in self._by_beginning.get(word[:_BEGINNING], ()):
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


def _fits(cue: str, word: str) -> bool:
    return word.startswith(cue[:-1]) if cue.endswith("*") else word == cue

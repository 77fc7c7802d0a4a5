"""The word lists, ``words.toml``, and finding their phrases."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ridealong.sources.hearing.sentences import folded_words

_BEGINNING = 3

Phrase = tuple[str, ...]


@cache
def lists() -> dict[str, Any]:
    """Return the word lists as they stand."""
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def told_by(part: str, words: Phrase) -> Iterator[str]:
    """Go through what the phrases among words tell; ``part``: natures or kinds."""
    phrases = _phrases(part)
    for start, word in enumerate(words):
        for phrase, told in phrases.get(word[:_BEGINNING], ()):
            if _stands(phrase, words[start : start + len(phrase)]):
                yield told


@cache
def _phrases(part: str) -> Mapping[str, list[tuple[Phrase, str]]]:
    """Return the phrases and what they tell, by the first letters of their first word."""
    found: defaultdict[str, list[tuple[Phrase, str]]] = defaultdict(list)
    for told, phrases in lists()[part].items():
        for phrase in phrases:
            words = folded_words(phrase)
            ending = (f"{words[-1]}*",) if phrase.endswith("*") else words[-1:]
            found[words[0][:_BEGINNING]].append(((*words[:-1], *ending), told))
    return found


def _stands(phrase: Phrase, words: Phrase) -> bool:
    """Say whether a phrase is these words; an asterisk stands for any ending."""
    if len(phrase) != len(words):
        return False
    last, there = phrase[-1], words[-1]
    ends = there.startswith(last[:-1]) if last.endswith("*") else there == last
    return ends and phrase[:-1] == words[:-1]

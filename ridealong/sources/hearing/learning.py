"""Weights of words for each nature, learned from examples: a complement naive Bayes.

It is linear: what a word adds to a nature is one number, so that what speaks for a nature can be
shown exactly.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from ridealong.sources.hearing.sentences import Sentence, folded_words, sentences

_SMOOTHING = 0.3
# Beginnings of words stand for all their forms, in every language.
_BEGINNING = 4
# A customer's presence tells a ride-along, not what is said.
_BY_FORM = "ride_along"

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A talk and its nature in shares; ``speakers``: the first names that begin its lines."""

    title: str
    text: str
    speakers: frozenset[str]
    nature: Mapping[str, float]


def features(sentence: Sentence) -> Iterator[str]:
    """Go through what is told by a sentence: words, their beginnings, and pairs of them."""
    yield from sentence.words
    yield from (f"{word[:_BEGINNING]}…" for word in sentence.words if len(word) > _BEGINNING)
    end = "?" if sentence.asks else "."
    for one, other in pairwise(("", *sentence.words, end)):
        yield f"{one} {other}"


@cache
def shipped() -> Weights:
    """Return the weights learned from the examples that come with Ridealong."""
    text = files(__package__).joinpath("examples.toml").read_text(encoding="utf-8")
    return learned(example(talk) for talk in tomllib.loads(text)["talk"])


def example(talk: Mapping[str, object]) -> Example:
    """Return an example as it stands in a file."""
    who = str(talk.get("who", "Eva, Tom"))
    speakers = frozenset(folded_words(name)[0] for name in who.split(", "))
    nature: object = talk["nature"]
    if not isinstance(nature, Mapping):
        raise TypeError("A nature is shares by name")
    return Example(str(talk["title"]), str(talk["text"]), speakers, nature)


def learned(examples: Iterable[Example]) -> Weights:
    """Return, by feature, how much it speaks for each nature; what speaks against is below 0."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in examples:
        said = {name for sentence in _sentences(each) for name in features(sentence)}
        for nature, share in each.nature.items():
            if nature != _BY_FORM:
                counts[nature].update(dict.fromkeys(said, share))
    return _weighed(counts)


def _sentences(of: Example) -> Iterator[Sentence]:
    yield from sentences(of.title)
    yield from sentences(of.text, of.speakers)


def _weighed(counts: Mapping[str, Mapping[str, float]]) -> Weights:
    every: Counter[str] = Counter()
    for some in counts.values():
        every.update(some)
    whole = sum(every.values()) + _SMOOTHING * len(every)
    others = {nature: whole - sum(some.values()) for nature, some in counts.items()}
    found: dict[str, dict[str, float]] = {}
    for name, count in every.items():
        # The rarer a feature is where the talk was about something else, the more it says.
        rest = {
            nature: math.log((count - some.get(name, 0.0) + _SMOOTHING) / others[nature])
            for nature, some in counts.items()
        }
        mean = sum(rest.values()) / len(rest)
        found[name] = {nature: mean - each for nature, each in rest.items()}
    return found

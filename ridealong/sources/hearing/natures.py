"""How much of a talk was about what: sentence by sentence, with the words that say so."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ridealong.sources.hearing.learning import Weights, features
from ridealong.sources.hearing.sentences import Sentence
from ridealong.sources.hearing.wording import told_by

# How far a sentence speaks for those beside it.
_BESIDE = (0.9, 0.8, 0.7, 0.5, 0.3)
# The title counts like so many words: much beside a line of notes, little beside a transcript.
_TITLE_WORDS = 9.0
# Long sentences are about more than the words that tell, but not much more.
_LENGTH = 0.6
# What a phrase of the lists says.
_PHRASE = 8.0
_SHARPNESS = 0.8
# What else the talk is about says what a sentence that may mean this or that means.
_REST = 0.005
_LEAST = 0.06
# Where no sentence says more than this, nothing can be said.
_TELLS = 1.0

Scores = Mapping[str, float]


@dataclass(slots=True)
class Told:
    """How much speaks for each nature, and the sentences that do, with what each adds."""

    weight: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    sentences: defaultdict[str, list[tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def shares(self) -> dict[str, float]:
        """Return shares adding up to 1, the largest first; what is hardly there is left out."""
        whole = sum(self.weight.values())
        kept = {name: each for name, each in self.weight.items() if each >= _LEAST * whole > 0}
        return in_shares(kept)


def in_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights as shares in hundredths that add up to 1, the largest first."""
    whole = sum(weights.values())
    order = sorted(weights, key=lambda name: (-weights[name], name))
    found = {name: round(weights[name] / whole, 2) for name in order}
    if found:
        found[order[0]] = round(found[order[0]] + 1 - sum(found.values()), 2)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def told(title: Sequence[Sentence], text: Sequence[Sentence], weights: Weights) -> Told:
    """Gather what the title and each sentence of the text speak for.

    Read twice: how much of the talk is about what decides where a sentence by itself does not.
    """
    said = [_scores(each, weights) for each in (*title, *text)]
    if max((score for scores in said for score in scores.values()), default=0.0) < _TELLS:
        return Told()
    masses = [_TITLE_WORDS] * len(title) + [len(each.words) ** _LENGTH for each in text]
    beside = _with_neighbours(said)
    first = _divided(beside, masses, {})
    whole = sum(first.values()) or 1.0
    found = Told(_divided(beside, masses, {name: each / whole for name, each in first.items()}))
    for sentence, scores, mass in zip((*title, *text), said, masses, strict=True):
        for name, score in scores.items():
            if score > 0:
                found.sentences[name].append((score * mass, sentence.text))
    return found


def _scores(sentence: Sentence, weights: Weights) -> Scores:
    scores: defaultdict[str, float] = defaultdict(float)
    for feature in set(features(sentence)):
        for name, weight in weights.get(feature, {}).items():
            scores[name] += weight
    for name in told_by("natures", sentence.words):
        scores[name] += _PHRASE
    return dict(scores)


def _with_neighbours(said: Sequence[Scores]) -> list[Scores]:
    """Return what each sentence says, with what those before and after it add."""
    found: list[Scores] = []
    for at, own in enumerate(said):
        scores = defaultdict(float, own)
        for distance, part in enumerate(_BESIDE, 1):
            for near in (at - distance, at + distance):
                if 0 <= near < len(said):
                    for name, score in said[near].items():
                        scores[name] += part * score
        found.append(scores)
    return found


def _divided(
    said: Sequence[Scores], masses: Sequence[float], known: Scores
) -> defaultdict[str, float]:
    """Divide the mass of each sentence among what it speaks for."""
    weight: defaultdict[str, float] = defaultdict(float)
    for scores, mass in zip(said, masses, strict=True):
        top = max(scores.values(), default=0.0)
        odds = {
            name: math.exp(_SHARPNESS * (score - top))
            * (_REST + known.get(name, 0.0) if known else 1)
            for name, score in scores.items()
        }
        whole = sum(odds.values())
        for name, odd in odds.items():
            weight[name] += mass * odd / whole
    return weight

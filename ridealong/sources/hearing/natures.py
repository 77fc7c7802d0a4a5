"""How much of a talk was about what: sentence by sentence, with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ridealong.sources.hearing.sentences import Sentence
from ridealong.sources.hearing.wording import cues

# What one sentence says at most, and how far it speaks for those beside it.
_MOST = 4.0
_BESIDE = (0.45, 0.2)
# The title counts like so many words: much beside a line of notes, little beside a transcript.
_TITLE_WORDS = 9.0
# Long sentences are about more than the words that tell, but not much more.
_LENGTH = 0.6
_SHARPNESS = 1.6
_LEAST = 0.06


@dataclass(slots=True)
class Told:
    """How much speaks for each nature, and the sentences that do, with what each adds."""

    weight: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    sentences: defaultdict[str, list[tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    evidence: float = 0.0

    def shares(self) -> dict[str, float]:
        """Return shares adding up to 1, the largest first; what is hardly there is left out."""
        whole = sum(self.weight.values())
        kept = {name: each for name, each in self.weight.items() if each >= _LEAST * whole > 0}
        return in_shares(kept)


def in_shares(weights: dict[str, float]) -> dict[str, float]:
    """Return weights as shares in hundredths that add up to 1, the largest first."""
    whole = sum(weights.values())
    order = sorted(weights, key=lambda name: (-weights[name], name))
    found = {name: round(weights[name] / whole, 2) for name in order}
    if found:
        found[order[0]] = round(found[order[0]] + 1 - sum(found.values()), 2)
    return found


def told(title: Sequence[Sentence], text: Sequence[Sentence]) -> Told:
    """Gather what the title and each sentence of the text speak for."""
    found = Told()
    for sentence in title:
        _add(found, sentence, _scores(sentence, "titles", "natures"), _TITLE_WORDS)
    said = [_scores(sentence, "natures") for sentence in text]
    for at, sentence in enumerate(text):
        _add(found, sentence, _with_neighbours(said, at), len(sentence.words) ** _LENGTH, said[at])
    return found


def _scores(sentence: Sentence, *parts: str) -> dict[str, float]:
    scores: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        for cue in cues(part).found(sentence.words):
            scores[cue.about] = min(_MOST, scores[cue.about] + cue.weight)
    return dict(scores)


def _with_neighbours(said: Sequence[dict[str, float]], at: int) -> dict[str, float]:
    """Return what a sentence says, with what those before and after it add."""
    scores = defaultdict(float, said[at])
    for distance, part in enumerate(_BESIDE, 1):
        for near in (at - distance, at + distance):
            if 0 <= near < len(said):
                for name, score in said[near].items():
                    scores[name] += part * score
    return scores


def _add(
    found: Told,
    sentence: Sentence,
    scores: dict[str, float],
    mass: float,
    own: dict[str, float] | None = None,
) -> None:
    """Divide the mass of a sentence among what it speaks for."""
    sharp = {name: score**_SHARPNESS for name, score in scores.items()}
    whole = sum(sharp.values())
    for name, score in sharp.items():
        found.weight[name] += mass * score / whole
    for name, score in (scores if own is None else own).items():
        found.evidence += score
        found.sentences[name].append((score * mass, sentence.text))

"""How much of a talk was about what: sentence by sentence, with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ridealong.sources.hearing.sentences import Sentence
from ridealong.sources.hearing.wording import cues

# What one sentence says at most, and how far it speaks for those beside it.
_MOST = 4.0
_BESIDE = (0.45, 0.25, 0.1)
# The title counts like so many words: much beside a line of notes, little beside a transcript.
_TITLE_WORDS = 9.0
# Long sentences are about more than the words that tell, but not much more.
_LENGTH = 0.6
_SHARPNESS = 1.6
# A sentence of which little is known counts for little.
_DOUBT = 1.0
# What else the talk is about says what a sentence that may mean this or that means.
_REST = 0.12
_LEAST = 0.06
# A short question with nothing open about it asks how far something is.
_SHORT, _CLOSED = 7, 1.2

Scores = Mapping[str, float]


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


def in_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights as shares in hundredths that add up to 1, the largest first."""
    whole = sum(weights.values())
    order = sorted(weights, key=lambda name: (-weights[name], name))
    found = {name: round(weights[name] / whole, 2) for name in order}
    if found:
        found[order[0]] = round(found[order[0]] + 1 - sum(found.values()), 2)
    return found


def told(title: Sequence[Sentence], text: Sequence[Sentence]) -> Told:
    """Gather what the title and each sentence of the text speak for.

    Read twice: how much of the talk is about what decides where a sentence by itself does not.
    """
    said = [_of_title(each) for each in title] + [_of_text(each) for each in text]
    masses = [_TITLE_WORDS] * len(title) + [len(each.words) ** _LENGTH for each in text]
    # The title is beside nothing.
    beside = said[: len(title)] + _with_neighbours(said[len(title) :])
    first = _divided(beside, masses, {})
    whole = sum(first.values()) or 1.0
    found = Told(_divided(beside, masses, {name: each / whole for name, each in first.items()}))
    for sentence, scores, mass in zip((*title, *text), said, masses, strict=True):
        for name, score in scores.items():
            found.evidence += score
            found.sentences[name].append((score * mass, sentence.text))
    return found


def _of_title(sentence: Sentence) -> Scores:
    return _scores(sentence, "titles", "natures")


def _of_text(sentence: Sentence) -> Scores:
    if not sentence.asks:
        return _scores(sentence, "natures")
    scores = _scores(sentence, "natures", "questions")
    return scores or ({"status_check": _CLOSED} if len(sentence.words) <= _SHORT else {})


def _scores(sentence: Sentence, *parts: str) -> Scores:
    scores: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        for cue in cues(part).found(sentence.words):
            scores[cue.about] = min(_MOST, scores[cue.about] + cue.weight)
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
        sharp = {
            name: (score * (_REST + known.get(name, 0.0) if known else 1.0)) ** _SHARPNESS
            for name, score in scores.items()
        }
        whole = sum(sharp.values())
        strength = sum(scores.values())
        for name, score in sharp.items():
            weight[name] += mass * strength / (strength + _DOUBT) * score / whole
    return weight

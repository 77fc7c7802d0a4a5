"""Precision and recall.

Precision is right placements / placements; an ambiguous activity that is placed counts, too.
Recall is right placements / activities that have a deal. It is reported twice: ``recall``
leaves out the activities flagged as ambiguous, which nobody could place; ``honest_recall``
has them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.matching.labelled import Labelled, Mailboxes
from bench.matching.mailboxes import OWN
from ridealong.sources.matching.weighing import CLEAR, Match, Matcher, Placements


@dataclass(frozen=True, slots=True)
class Judged:
    """An activity and where it was placed."""

    labelled: Labelled
    match: Match


@dataclass(frozen=True, slots=True)
class Score:
    """The counts that precision and recall are made of."""

    activities: int
    placed: int
    right: int
    right_and_clear: int
    with_deal: int
    ambiguous: int

    @classmethod
    def of(cls, results: Sequence[Judged]) -> Score:
        """Count."""
        placed = [each for each in results if each.match.deal is not None]
        right = [each for each in placed if each.match.deal == each.labelled.truth]
        return cls(
            activities=len(results),
            placed=len(placed),
            right=len(right),
            right_and_clear=sum(not each.labelled.ambiguous for each in right),
            with_deal=sum(each.labelled.truth is not None for each in results),
            ambiguous=sum(each.labelled.ambiguous for each in results),
        )

    @property
    def precision(self) -> float:
        """How many placements are right."""
        return self.right / self.placed if self.placed else 1.0

    @property
    def recall(self) -> float:
        """How many of those that somebody could place were placed right."""
        clear = self.with_deal - self.ambiguous
        return self.right_and_clear / clear if clear else 1.0

    @property
    def honest_recall(self) -> float:
        """How many of all that have a deal were placed right."""
        return self.right / self.with_deal if self.with_deal else 1.0


def judged(given: Mailboxes) -> list[Judged]:
    """Match everything in order of time, as ``sources.placing`` does.

    What is placed teaches what follows; what was left of its thread or series is looked at again.
    """
    placements = Placements()
    matcher = Matcher(given.candidates, own_domains=OWN, placed=placements.placed)
    results: dict[str, Judged] = {}
    left: dict[str, list[Labelled]] = {}

    def place(labelled: Labelled) -> Match:
        heard = labelled.heard
        match = matcher.match(heard)
        results[heard.key] = Judged(labelled, match)
        if match.deal is not None:
            placements.learn(heard, match.deal)
        return match

    for labelled in given.activities:
        name = labelled.heard.thread or labelled.heard.series
        match = place(labelled)
        if match.deal is None:
            left.setdefault(name, []).append(labelled)
        elif name and match.sure >= CLEAR:
            left[name] = [each for each in left.get(name, ()) if place(each).deal is None]
    return list(results.values())

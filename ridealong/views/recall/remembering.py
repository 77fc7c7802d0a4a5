"""What is likely still known of what was once answered: FSRS, replayed from the answers.

Nothing of it is stored: the same answers up to a moment give the same memory, as of any moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from fsrs import Card as Memorised
from fsrs import Rating, Scheduler

from ridealong.record.recalled import Answered
from ridealong.views.recall.asking import Card

# One look a day: no steps of minutes, no chance.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of one fact. ``stands_on``, ``words``: the fact as it was answered last.

    ``due``: when it is to be asked again; ``times``: how often it was answered as it is.
    """

    stands_on: str
    words: str
    due: datetime
    last: datetime
    times: int
    memorised: Memorised

    def likely(self, at: datetime) -> float:
        """Return how likely the fact is still known, from 0 to 1."""
        return float(_SCHEDULER.get_card_retrievability(self.memorised, at.astimezone(UTC)))


def memories(answers: Iterable[Answered]) -> Mapping[Card, Memory]:
    """Return what is known by card, from answers in order of time.

    Where the fact had changed, what was known of the old one does not count for the new.
    """
    found: dict[Card, Memory] = {}
    for answer in answers:
        card = (answer.deal_id, answer.question)
        before = found.get(card)
        if before is not None and before.stands_on != answer.stands_on:
            before = None
        found[card] = _answered(before, answer)
    return found


def _answered(before: Memory | None, answer: Answered) -> Memory:
    at = answer.at.astimezone(UTC)
    # Given a number and a moment, so that it does not look at the clock.
    memorised = Memorised(card_id=0, due=at) if before is None else before.memorised
    memorised, _ = _SCHEDULER.review_card(memorised, Rating(answer.rating), at)
    return Memory(
        stands_on=answer.stands_on,
        words=answer.words,
        due=memorised.due,
        last=at,
        times=1 if before is None else before.times + 1,
        memorised=memorised,
    )

"""Two minutes a day: which questions, in which order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ridealong.views.recall.asking import Askable, Card, Question, put
from ridealong.views.recall.studying import Study

SESSION = 10
NEW_A_DAY = 8
PER_DEAL = 2
PER_KIND = 3
SECONDS = 13
"""What a question takes, roughly."""
STREAK_DAYS = 14

State = Literal["changed", "due", "new"]


@dataclass(frozen=True, slots=True)
class Item:
    """A question of today. ``before``: the answer it had, where that has changed."""

    question: Question
    state: State
    before: str = ""


@dataclass(frozen=True, slots=True)
class Drill:
    """What is asked today. ``days``: on which of the last days something was answered."""

    at: datetime
    items: tuple[Item, ...]
    done: int
    days: tuple[bool, ...]

    @property
    def minutes(self) -> int:
        """Return about how long it takes."""
        return math.ceil(len(self.items) * SECONDS / 60)

    @property
    def days_done(self) -> int:
        """Return on how many of the last days something was answered."""
        return sum(self.days)


def drill(found: Study, *, more: bool = False) -> Drill:
    """Return today's questions, without those answered; ``more``: a whole session again."""
    scene = found.scene
    answered = [each for each in found.answers if scene.day(each.at) == found.today]
    left = SESSION if more else max(0, SESSION - len(answered))
    new_left = SESSION if more else max(0, NEW_A_DAY - _first_today(found))
    changed = _sorted(found, (a for a in found.askables if _state(found, a) == "changed"))
    # What changed is told at once, however much was answered today.
    chosen = [(one, "changed") for one in changed[:SESSION]]
    chosen += _asked(found, max(0, left - len(chosen)), new_left)
    by_kind: dict[str, list[Askable]] = {}
    for one in found.askables:
        by_kind.setdefault(one.kind.name, []).append(one)
    seed = found.today.isoformat()
    items = tuple(
        Item(put(one, by_kind, seed=seed), state, _before(found, one, state))  # type: ignore[arg-type]
        for one, state in chosen
    )
    return Drill(scene.at, items, len(answered), tuple(_days(found)))


def _asked(found: Study, left: int, new_left: int) -> list[tuple[Askable, State]]:
    """What is due, then what was never asked; of one deal not too much at once."""
    chosen: list[tuple[Askable, State]] = []
    of_deal: Counter[int] = Counter()
    of_kind: Counter[str] = Counter()
    states: Sequence[State] = ("due", "new")
    for state in states:
        taken = 0
        for one in _sorted(found, (a for a in found.askables if _state(found, a) == state)):
            if len(chosen) == left or (state == "new" and taken == new_left):
                break
            if of_deal[one.deal.id] == PER_DEAL or of_kind[one.kind.name] == PER_KIND:
                continue
            of_deal[one.deal.id] += 1
            of_kind[one.kind.name] += 1
            taken += 1
            chosen.append((one, state))
    return chosen


def _state(found: Study, one: Askable) -> State | None:
    """Return why a question is to be asked today, None where it is not."""
    memory = found.memories.get(one.card)
    if memory is None:
        return "new"
    if memory.stands_on != one.stands_on:
        return "changed"
    # By days: who answers in the evening one day and in the morning another waits no day more.
    return "due" if found.scene.day(memory.due) <= found.today else None


def _before(found: Study, one: Askable, state: State) -> str:
    return found.memories[one.card].words if state == "changed" else ""


def _sorted(found: Study, askables: Iterable[Askable]) -> list[Askable]:
    def weight(one: Askable) -> float:
        essential = 1.5 if one.kind.essential else 1.0
        return found.weights[one.deal.id] * one.kind.asked * essential

    return sorted(askables, key=lambda one: (-weight(one), one.card))


def _first_today(found: Study) -> int:
    """How many questions were answered today for the first time."""
    first: dict[Card, datetime] = {}
    for answer in found.answers:
        first.setdefault((answer.deal_id, answer.question), answer.at)
    return sum(found.scene.day(at) == found.today for at in first.values())


def _days(found: Study) -> Iterator[bool]:
    days = {found.scene.day(answer.at) for answer in found.answers}
    for back in range(STREAK_DAYS - 1, -1, -1):
        yield found.today - timedelta(days=back) in days

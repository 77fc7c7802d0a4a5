"""What insights are worked out from: how deals went, what happened on them, what was advised.

Plain values, knowing neither tables nor Django. Times are days since the beginning of 1970 (UTC),
so that they can be reckoned with. People and stages are numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["open", "won", "lost"]


@dataclass(frozen=True, slots=True)
class Step:
    """How a deal stood from ``at`` on, until its next step.

    ``stage``: 0 where nobody said; ``place``: of it among all, so that a larger one is further
    on. ``worth``: in one currency for all deals, None where unknown. ``deciders``: keys of those of
    the buyer who have the money. ``salesperson``: 0 for nobody.
    """

    at: float
    stage: int
    place: int
    status: Status
    salesperson: int
    worth: float | None = None
    pushes: int = 0
    next_step: bool = False
    deciders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done on a deal. ``two_way``: the buyer took part, as ``people``."""

    at: float
    kind: str
    two_way: bool
    inbound: bool = False
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """One deal from its beginning to the moment looked at: steps and happenings, oldest first.

    ``discussed``: when colleagues spoke about it.
    """

    deal: int
    created: float
    steps: tuple[Step, ...]
    happenings: tuple[Happening, ...] = ()
    discussed: tuple[float, ...] = ()

    def at(self, moment: float) -> Step | None:
        """Return how it stood then; None before its first step."""
        found = None
        for step in self.steps:
            if step.at > moment:
                break
            found = step
        return found


@dataclass(frozen=True, slots=True)
class Advised:
    """Guidance on a deal, given ``at``. ``followed``: since when that is known, None if it is not.

    ``aim``: what it asks for, "" where its words say nothing.
    """

    deal: int
    salesperson: int
    at: float
    aim: str
    followed: float | None


@dataclass(frozen=True, slots=True)
class Company:
    """All that is looked at. ``leaders``: whom each salesperson reports to; ``stages``: open ones.

    Who never carried a deal needs no leader here.
    """

    courses: tuple[Course, ...]
    advised: tuple[Advised, ...] = ()
    leaders: Mapping[int, int | None] = field(default_factory=dict)
    stages: tuple[int, ...] = ()

"""What a kind of question is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from ridealong.record.evidence import Happening
from ridealong.record.leading_states import Given
from ridealong.record.states import Contact, DealState, Stage, Touch

Form = Literal["typed", "chosen", "graded"]
"""How it is answered: typed, chosen among options, or said to oneself and graded by oneself."""


@dataclass(frozen=True)
class Matter:
    """One open deal, as questions look at it.

    ``people``: the buyer's people with a role on it. ``moves``: what changed since the moment
    compared with, as words. ``given``: the guidance given last, None for none. ``spoken``: what the
    buyer said or was there for, newest first, None where it was not read.
    """

    deal: DealState
    touch: Touch
    people: Sequence[Contact] = ()
    moves: Sequence[str] = ()
    given: Given | None = None
    spoken: Sequence[Happening] | None = None


@dataclass(frozen=True)
class Scene:
    """What all deals of one reading share.

    ``since``: the moment that changes are compared with, ``since_words``: that as one says it.
    ``calls``: how each deal may be called, the best first; each means this one deal only.
    ``countries``: each deal's company's, "" where it is not known.
    """

    at: datetime
    zone: ZoneInfo
    since: datetime
    since_words: str
    stages: Sequence[Stage]
    matters: Mapping[int, Matter]
    calls: Mapping[int, Sequence[str]]
    countries: Mapping[int, str]

    @property
    def today(self) -> date:
        """The day of the moment looked at, where the company is."""
        return self.day(self.at)

    def day(self, moment: datetime) -> date:
        """Return the day of a moment, where the company is."""
        return moment.astimezone(self.zone).date()

    @cached_property
    def closing_elsewhen(self) -> tuple[str, ...]:
        """What the deals are called that are to close in another month than this one."""
        return tuple(
            calls[0]
            for number, calls in self.calls.items()
            if calls
            and (close := self.matters[number].deal.close_date) is not None
            and month_of(close) != month_of(self.today)
        )


def month_of(day: date) -> str:
    """Return a day's month, such as “2026-11”."""
    return f"{day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Point:
    """What is so about a deal, and how it is asked.

    ``words``: the question, with ``{deal}`` where the deal is called by name. ``answers``: the
    right answer, the fullest wording first; one that the question would give away is not used.
    ``stands_on``: what of it counts: where this differs, the fact has changed. ``told``: the whole
    of it, as it is shown and kept; the answer by default. ``others``: wrong answers to choose
    from, None for the answers on others' deals. ``true_too``: what may not be among the wrong ones.
    ``amount``: what is to be typed. ``place``: where on the deal's page it is seen, "" for the top.
    ``variant``: of which time it is, where each time is a question of its own. ``otherwise``: how
    it is asked where a question that names no deal has too little to choose from.
    """

    words: str
    answers: Sequence[str]
    stands_on: str
    form: Form = "chosen"
    told: str = ""
    others: Sequence[str] | None = None
    true_too: frozenset[str] = field(default=frozenset())
    amount: Decimal | None = None
    place: str = ""
    variant: str = ""
    otherwise: Point | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question. ``find``: pure; None where there is nothing to ask.

    ``asked``: how likely the CEO is to ask it, from 0 to 1: it orders, and says nothing by itself.
    ``essential``: one who knows a deal knows this. ``reads``: it needs what the buyer said.
    """

    name: str
    find: Callable[[Matter, Scene], Point | None]
    asked: float
    essential: bool = False
    reads: bool = False

"""What a rule is given, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from ridealong.record.evidence import Happening
from ridealong.record.states import Contact, DealState

State = Literal["met", "missing", "unknown"]
TALKS = frozenset({"meeting", "phone_call"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a state rests on: ``text``, a sentence of the record's or about it.

    ``activity``, ``number``: key and number of the activity it is from, "" and 0 for none.
    """

    text: str
    activity: str = ""
    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says of a deal; ``unknown`` where the record cannot know."""

    state: State
    evidence: Evidence


@dataclass(frozen=True)
class Case:
    """One deal at one moment, as rules look at it.

    ``people``: the buyer's people that the deal or its activities name, by key, with their role on
    it. ``past``, newest first, and ``planned``, soonest first: its activities. ``flowing``: kinds
    of activities that the record has of its salesperson, around then. ``foresees``: what was
    planned at the moment is known.
    """

    at: datetime
    deal: DealState
    people: Mapping[str, Contact]
    past: tuple[Happening, ...]
    planned: tuple[Happening, ...]
    flowing: frozenset[str]
    foresees: bool = True

    @cached_property
    def talks(self) -> tuple[Happening, ...]:
        """Meetings and phone calls in which the buyer took part, newest first."""
        return tuple(each for each in self.past if each.two_way and each.kind in TALKS)

    @cached_property
    def from_buyer(self) -> tuple[Happening, ...]:
        """What the buyer said or was there for, newest first: their mails, and talks."""
        return tuple(each for each in self.past if each.two_way)

    def shows(self, *kinds: str) -> bool:
        """Say whether the record would show activities of one of these kinds, were there any."""
        return bool(self.flowing.intersection(kinds)) or any(p.kind in kinds for p in self.past)

    def until(self, moment: datetime, deal: DealState, flowing: frozenset[str]) -> Case:
        """Return the same deal at an earlier moment, with its state and what flowed in then.

        What was planned then is not among it: what was later held no longer says since when it was
        planned.
        """
        people = {
            key: replace(person, role=deal.contacts.get(key, ""))
            for key, person in self.people.items()
        }
        past = tuple(each for each in self.past if each.at <= moment)
        return Case(moment, deal, people, past, (), flowing, foresees=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """``title``: what it looks for, in a few words; ``judge`` is pure: the same case, the same."""

    name: str
    title: str
    judge: Callable[[Case], Ruling]


def met(text: str, of: Happening | None = None) -> Ruling:
    """Say that it is met, and where that is seen."""
    if of is None:
        return Ruling("met", Evidence(text))
    return Ruling("met", Evidence(text, of.key, of.id, of.at))


def missing(text: str, of: Happening | None = None) -> Ruling:
    """Say that the record would show it, and does not; ``of``: the last that came near."""
    return Ruling("missing", met(text, of).evidence)


def unknown(text: str) -> Ruling:
    """Say that the record cannot know."""
    return Ruling("unknown", Evidence(text))


def called(happening: Happening) -> str:
    """Name an activity: “Site visit” of the meeting of that title."""
    return f"“{happening.title}”" if happening.title else happening.kind.replace("_", " ")

"""Who of the buyer: who decides, and who is for us."""

from __future__ import annotations

from collections.abc import Sequence

from ridealong.record.states import Contact
from ridealong.views.coaching.criteria.people import has_power, is_champion
from ridealong.views.recall.questions.kind import Kind, Matter, Point, Scene


def decides(matter: Matter, _: Scene) -> Point | None:
    """Somebody whose role on the deal, or title, has the say over the money."""
    return _who("Who decides on {deal}?", [p for p in matter.people if has_power(p)], matter)


def champion(matter: Matter, _: Scene) -> Point | None:
    """Somebody whose role on the deal is champion."""
    return _who(
        "Who is our champion on {deal}?", [p for p in matter.people if is_champion(p)], matter
    )


def _who(words: str, people: Sequence[Contact], matter: Matter) -> Point | None:
    if not people:
        return None
    answer = " and ".join(sorted(person.name for person in people))
    return Point(
        words=words,
        answers=(answer,),
        stands_on=",".join(sorted(person.key for person in people)),
        form="chosen" if len(people) == 1 else "graded",
        told="; ".join(_introduced(person) for person in people),
        # Whoever else is on this deal may decide as well, for all that the record knows.
        true_too=frozenset(person.name for person in matter.people),
    )


def _introduced(person: Contact) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


QUESTIONS = (
    Kind("decides", decides, asked=1.0, essential=True),
    Kind("champion", champion, asked=0.6),
)

"""What a deal may have: each a claim about one moment, from what was so or had happened by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ridealong.insight.courses import Course, Happening, Step

LATELY = 14.0
"""Days that count as lately."""
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Having:
    """One thing a deal may have. ``test(course, step, began, moment)`` says whether it does.

    ``step``: how the deal stands at ``moment``; ``began``: when it came to its stage.
    ``name`` is what it is called; words for people are elsewhere. ``weight``: its part of what may
    go wrong, by how much the field says for it beforehand; all add up to 1.
    """

    name: str
    weight: float
    test: Callable[[Course, Step, float, float], bool]


def _buyer(course: Course, since: float, moment: float) -> list[Happening]:
    return [h for h in course.happenings if since < h.at <= moment and h.two_way]


def _decider(course: Course, step: Step, began: float, moment: float) -> bool:
    del began
    return any(step.deciders.intersection(h.people) for h in _buyer(course, 0.0, moment))


def _several(course: Course, step: Step, began: float, moment: float) -> bool:
    del step, began
    return len({p for h in _buyer(course, 0.0, moment) for p in h.people}) >= SEVERAL


def _met(course: Course, step: Step, began: float, moment: float) -> bool:
    del step
    return any(h.kind == "meeting" for h in _buyer(course, began, moment))


def _heard(course: Course, step: Step, began: float, moment: float) -> bool:
    del step, began
    return bool(_buyer(course, moment - LATELY, moment))


def _wrote(course: Course, step: Step, began: float, moment: float) -> bool:
    del step, began
    recent = (h for h in course.happenings if moment - LATELY < h.at <= moment)
    return any(h.inbound and h.kind == "email" for h in recent)


def _agreed(course: Course, step: Step, began: float, moment: float) -> bool:
    del course, began, moment
    return step.next_step


def _kept(course: Course, step: Step, began: float, moment: float) -> bool:
    del course, began, moment
    return step.pushes == 0


def _discussed(course: Course, step: Step, began: float, moment: float) -> bool:
    del step
    return any(began < at <= moment for at in course.discussed)


HAVINGS = (
    Having("decider", 1 / 4, _decider),
    Having("several", 1 / 4, _several),
    Having("met", 1 / 12, _met),
    Having("heard", 1 / 12, _heard),
    Having("wrote", 1 / 12, _wrote),
    Having("next_step", 1 / 12, _agreed),
    Having("date_kept", 1 / 12, _kept),
    Having("discussed", 1 / 12, _discussed),
)
"""In a fixed order. One more is one more comparison, which every claim pays for."""

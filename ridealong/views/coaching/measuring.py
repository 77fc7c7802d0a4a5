"""How a salesperson's deals move, beside the others of their team: five figures, each shrunk."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ridealong.insight.shrinking import Estimate, mean, share
from ridealong.record.pacing import Course, Paces

Unit = Literal["share", "days", "number"]
FEWEST = 5
"""So many deals of one's own are the least that say anything."""
FEWEST_OTHERS = 3
"""Beside fewer colleagues one would learn of one of them, and nothing of a team."""
_FEW_DAYS = 7
_MONTH = 30.0


@dataclass(frozen=True, slots=True)
class Kind:
    """A figure: what it is called, and what it is of.

    ``value``: what a deal adds, None where it does not count; yes or no for a share. ``better``:
    1 where more is better, -1 where less is. ``first``: puts the deals that show what is amiss
    first. ``title`` is followed by words that say of which deals.
    """

    name: str
    title: str
    of: str
    unit: Unit
    better: int
    value: Callable[[Course], float | None]
    first: Callable[[Course], float]
    advice: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a salesperson beside their team.

    ``count``: of how many of their deals; ``found``: as it stands in them, None without any;
    ``team``: the same of the others together. ``estimate``: shrunk, None where there is too
    little, and then ``lacking`` says what. ``deals``: numbers of the deals counted, those that
    show most what is amiss first.
    """

    kind: Kind
    count: int
    found: float | None
    team: float | None
    estimate: Estimate | None
    lacking: str
    deals: tuple[int, ...] = field(default=())

    @property
    def worse(self) -> float:
        """How much worse than the team, as the logarithm of their ratio; 0 where not surely so."""
        if self.estimate is None or self.team is None:
            return 0.0
        nearest = self.estimate.most if self.kind.better > 0 else self.estimate.least
        if (self.team - nearest) * self.kind.better <= 0:
            return 0.0
        tiny = 1e-3
        return abs(math.log(max(self.estimate.value, tiny) / max(self.team, tiny)))


def _won(course: Course) -> float | None:
    return None if not course.outcome else float(course.outcome == "won")


def _days(course: Course) -> float | None:
    """The middle of a deal's stages, as a logarithm: some take very long."""
    logs = [math.log(max(days, 1 / 24)) for days in course.stage_days]
    return sum(logs) / len(logs) if logs else None


def _stepped(course: Course) -> float | None:
    return None if course.outcome else float(course.next_step)


def _contacts(course: Course) -> float | None:
    if course.outcome or course.days < _FEW_DAYS:
        return None
    return course.contacts / course.days * _MONTH


def _small_first(value: Callable[[Course], float | None]) -> Callable[[Course], float]:
    return lambda course: value(course) or 0.0


def _large_first(value: Callable[[Course], float | None]) -> Callable[[Course], float]:
    return lambda course: -(value(course) or 0.0)


KINDS = (
    Kind(
        "won",
        "Win rate",
        "deals that ended in the last year",
        "share",
        1,
        _won,
        _small_first(_won),
        "Go through the deals that were lost, and find where they turned.",
    ),
    Kind(
        "stage_days",
        "Days in a stage",
        "deals that left a stage in the last year",
        "days",
        -1,
        _days,
        _large_first(_days),
        "Agree on each what lets it leave its stage, and by when.",
    ),
    Kind(
        "pushes",
        "Pushes a deal",
        "deals of the last year",
        "number",
        -1,
        lambda course: float(course.pushes),
        lambda course: -course.pushes,
        "Practise asking the buyer for their own dates, and what has to happen before them.",
    ),
    Kind(
        "next_step",
        "Deals with a next step",
        "open deals",
        "share",
        1,
        _stepped,
        _small_first(_stepped),
        "Practise ending each talk with the buyer with an agreed next step.",
    ),
    Kind(
        "contacts",
        "Contacts a deal and month",
        "open deals; contacts in which the buyer took part, over 90 days",
        "number",
        1,
        _contacts,
        _small_first(_contacts),
        "Plan together whom at the buyer to speak with, and about what.",
    ),
)


def measured(paces: Paces) -> tuple[Measure, ...]:
    """Return each figure of a salesperson's deals beside those of the others."""
    return tuple(_measure(kind, paces) for kind in KINDS)


def weakest(measures: Sequence[Measure]) -> Measure | None:
    """Return the figure that is surely, and by most, worse than the team's; None for none."""
    worst = max(measures, key=lambda each: each.worse, default=None)
    return worst if worst is not None and worst.worse else None


def _measure(kind: Kind, paces: Paces) -> Measure:
    counted = [c for c in sorted(paces.own, key=kind.first) if kind.value(c) is not None]
    own = _values(kind, counted)
    others = [values for each in paces.others if (values := _values(kind, each))]
    beside = [value for values in others for value in values]
    lacking = _lacking(kind, len(own), len(others))
    return Measure(
        kind=kind,
        count=len(own),
        found=_shown(kind, sum(own) / len(own)) if own else None,
        team=_shown(kind, sum(beside) / len(beside)) if len(others) >= FEWEST_OTHERS else None,
        estimate=None if lacking else _estimate(kind, own, others),
        lacking=lacking,
        deals=tuple(course.deal_id for course in counted),
    )


def _values(kind: Kind, courses: Sequence[Course]) -> list[float]:
    return [value for course in courses if (value := kind.value(course)) is not None]


def _lacking(kind: Kind, own: int, others: int) -> str:
    if own < FEWEST:
        return f"too few to say: {own} of at least {FEWEST} {kind.of.split(';')[0]}"
    if others < FEWEST_OTHERS:
        return f"nobody to compare with: it takes {FEWEST_OTHERS} colleagues under the same leader"
    return ""


def _estimate(kind: Kind, own: Sequence[float], others: Sequence[Sequence[float]]) -> Estimate:
    if kind.unit == "share":
        counts = [(int(sum(values)), len(values)) for values in (own, *others)]
        return share(counts[0], counts[1:])
    found = mean(own, others)
    return Estimate(
        *(_shown(kind, v) for v in (found.value, found.low, found.high, found.least, found.most))
    )


def _shown(kind: Kind, value: float) -> float:
    """Return a value as it is said: days from their logarithm; never less than nothing."""
    return math.exp(value) if kind.unit == "days" else max(value, 0.0)

"""Reasons: what carries a deal's odds, in plain words, from exact contributions.

What features add to the log-odds is added up over those that say the same thing, so that three
columns about the last call are one reason. The sum of all is the odds themselves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ridealong.views.forecasting.frame import Learned
from ridealong.views.forecasting.saying import said

SHOWN = 3
GROUPS = {
    **dict.fromkeys(("stage", "place", "moves", "moved_back", "versions"), "stage"),
    **dict.fromkeys(("stage_age", "unchanged", "pace", "stage_share"), "stage_age"),
    "age": "age",
    "close_in": "close_in",
    **dict.fromkeys(("pushes", "pushed_days"), "pushes"),
    **dict.fromkeys(("size", "amount_growth", "amount_changes"), "size"),
    "has_next_step": "has_next_step",
    "category": "category",
    **dict.fromkeys(
        ("has_salesperson", "handed_over", "salesperson_rate", "salesperson_closed"), "person"
    ),
    "open_salesperson": "person",
    **dict.fromkeys(("company_rate", "company_closed"), "company"),
    "weekday": "weekday",
    **dict.fromkeys(("last", "last_before", "last_but_two"), "last"),
    "minutes": "any",
    "n_members": "n_members",
    "n_contacts": "n_contacts",
    **dict.fromkeys(("n_ahead", "ahead_in"), "n_ahead"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that carries the odds. ``about``: which kind of thing, for faces.

    ``text``: what is so, in words. ``effect``: what it adds to the log-odds of winning, against
    the deals learned from; above nothing it speaks for winning. ``activity``: (kind, direction,
    title) of the activities that are its evidence, where some are; the title may be any ("").
    """

    about: str
    text: str
    effect: float
    activity: tuple[str, str, str] | None = None

    @property
    def times(self) -> float:
        """How many times as high the odds are as without it."""
        return math.exp(self.effect)


def group_of(name: str, learned: Learned) -> str:
    """Return what a feature is about.

    Where there is but one kind of activity in a direction, the direction says nothing more.
    """
    about = GROUPS.get(name) or name.split("_", 1)[1]
    alone = [k for k, each in enumerate(learned.words.names) if each[1] == about]
    return f"type_{alone[0]}" if len(alone) == 1 else about


def reasons(
    values: Mapping[str, float],
    added: npt.NDArray[np.float64],
    learned: Learned,
    stages: Mapping[int, str],
) -> tuple[Reason, ...]:
    """Return the three things that carry the odds most, the strongest first.

    ``values`` and ``added``: of one snapshot, the features and what each adds. ``stages``: their
    names, by number.
    """
    sums: dict[str, float] = {}
    for name, effect in zip(learned.names, added, strict=True):
        about = group_of(name, learned)
        sums[about] = sums.get(about, 0.0) + float(effect)
    strongest = sorted(sums, key=lambda about: -abs(sums[about]))[:SHOWN]
    return tuple(
        Reason(about, said(about, values, learned, stages), sums[about], _activity(about, learned))
        for about in strongest
        if abs(sums[about]) > 1e-3
    )


def _activity(about: str, learned: Learned) -> tuple[str, str, str] | None:
    number = about.removeprefix("type_")
    return learned.words.names[int(number)] if number != about else None

"""Reasons: what carries a deal's odds, in plain words, from exact contributions.

What features add to the log-odds is added up over those that say the same thing, so that three
columns about the last call are one reason, and no two reasons say the same in other words. The sum
of all is the odds themselves.
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
    **dict.fromkeys(("stage_age", "unchanged", "pace", "stage_share", "age"), "age"),
    "close_in": "close_in",
    **dict.fromkeys(("pushes", "pushed_days"), "pushes"),
    **dict.fromkeys(("size", "amount_growth", "amount_changes"), "size"),
    "category": "category",
    **dict.fromkeys(
        ("has_salesperson", "handed_over", "salesperson_rate", "salesperson_closed"), "person"
    ),
    "open_salesperson": "person",
    **dict.fromkeys(("company_rate", "company_closed"), "company"),
    "weekday": "weekday",
    "quarter_left": "quarter",
    **dict.fromkeys(("last", "last_before", "last_but_two"), "last"),
    "minutes": "contact",
    "n_members": "n_members",
    "n_contacts": "n_contacts",
    **dict.fromkeys(("has_next_step", "n_ahead", "ahead_in"), "ahead"),
}
CONTACT = frozenset({"any", "two_way", "in"})
"""What is counted of all activities: whether, and how lately, one was in touch."""


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

    Activities that their titles tell apart speak for themselves; of others, mails and meetings are
    one thing: being in touch, or having written to the buyer.
    """
    about = GROUPS.get(name) or name.split("_", 1)[1]
    if about in CONTACT or (about == "last" and not learned.words.titled):
        return "contact"
    if about.startswith("type_"):
        _, direction, title = learned.words.names[int(about.removeprefix("type_"))]
        if not title:
            return "out" if direction == "out" else "contact"
    if about == "out":
        alone = [k for k, each in enumerate(learned.words.names) if each[1] == "out"]
        # Where there is but one kind of it, the direction says nothing more.
        return f"type_{alone[0]}" if len(alone) == 1 and _titled(alone[0], learned) else about
    return about


def _titled(number: int, learned: Learned) -> bool:
    return bool(learned.words.names[number][2])


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

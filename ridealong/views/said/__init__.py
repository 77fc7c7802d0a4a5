"""Said: what Ridealong said at a moment, what came of it, and how near it was.

The door of this view; pages and commands import from here. What is measured is slow to import, and
imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ridealong.views.said.new import HORIZONS, claims_to_say, odds_to_say, ranges_to_say
from ridealong.views.said.reading import (
    Course,
    Landed,
    Point,
    Said,
    SaidOfDeal,
    Stood,
    of_deal,
    said_at,
)
from ridealong.views.said.shape import accuracy_shape, course_shape, said_shape

if TYPE_CHECKING:
    from ridealong.views.said.judging import Accuracy, accuracy

__all__ = ["HORIZONS", "Accuracy", "Course", "Landed", "Point", "Said", "SaidOfDeal", "Stood"]
__all__ += ["accuracy", "accuracy_shape", "claims_to_say", "course_shape", "odds_to_say"]
__all__ += ["of_deal", "ranges_to_say", "said_at", "said_shape"]


def __getattr__(name: str) -> Any:
    if name in {"Accuracy", "accuracy"}:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.judging"), name)
    raise AttributeError(name)

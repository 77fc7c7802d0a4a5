"""How signals say things: days, numbers, and what their normal is from."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path

from ridealong.views.coaching.criteria.rule import called
from ridealong.views.coaching.criteria.wording import WordLists, word_lists
from ridealong.views.inspection.wording import day
from ridealong.views.signals.case import Case
from ridealong.views.signals.norms import ENOUGH, Norm

__all__ = ["basis", "called", "counted", "day", "on", "sentence", "times", "whole", "words"]
_WORDS = Path(__file__).with_name("rules") / "words.toml"


def words() -> WordLists:
    """Return the words that rules look for in what the buyer says."""
    return word_lists(_WORDS)


def on(case: Case, moment: datetime) -> str:
    """Return the day of a moment, in the company's time zone, such as “14 Dec 2026”."""
    return day(moment.astimezone(case.clock.zone).date())


def basis(norm: Norm) -> str:
    """Say from how many won deals a figure is, or that it is a default."""
    if norm.learned:
        return f"from {norm.deals} won deals"
    return f"by default, as fewer than {ENOUGH} won deals are known"


def whole(number: float) -> int:
    """Return a number of days as it is said: a part of a day counts as one."""
    return math.ceil(round(number, 3))


def counted(number: float, noun: str) -> str:
    """Return “1 day”, “9 days”."""
    count = whole(number)
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def times(count: int) -> str:
    """Return how often: “never”, “once”, “twice”, “3 times”."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def sentence(text: str) -> str:
    """Return words with a full stop, where they end with no mark of their own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."

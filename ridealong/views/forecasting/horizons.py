"""Horizons: the moments by which something is or is not won, in the company's days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ridealong.lib.clock import end_of_day
from ridealong.lib.periods import SPANS, period_of
from ridealong.record.pipeline import Pipeline

USUAL = ("week", "month", "quarter", "30d", "60d", "90d", "ever")
EVER = timedelta(days=3651)
"""Later than what the estimators take for ever."""
_DAYS = re.compile(r"([1-9][0-9]{0,3})d")


@dataclass(frozen=True, slots=True)
class Horizon:
    """``name``: week, month, quarter, ever or a number of days (30d). ``until``: its last moment.

    ``days``: how far it is from the moment looked at; periods end with their last day.
    """

    name: str
    until: datetime
    days: float


def horizon(pipe: Pipeline, name: str) -> Horizon:
    """Return a horizon as seen from the moment looked at.

    Raises ``ValueError`` with a sentence for the user.
    """
    found = _DAYS.fullmatch(name)
    if found:
        until = pipe.at + timedelta(days=int(found[1]))
    elif name == "ever":
        until = min(pipe.at, datetime(9000, 1, 1, tzinfo=UTC)) + EVER
    else:
        span = next((each for each in SPANS if each == name), None)
        if span is None:
            raise ValueError(f"“{name}” is no horizon: 7d, 30d, week, month, quarter or ever.")
        zone = pipe.organisation.time_zone
        until = end_of_day(period_of(span, pipe.at.astimezone(zone).date()).last, zone)
    return Horizon(name, until, (until - pipe.at) / timedelta(days=1))


def horizons(pipe: Pipeline, names: Iterable[str] = USUAL) -> tuple[Horizon, ...]:
    """Return several horizons. Raises ``ValueError`` with a sentence for the user."""
    return tuple(horizon(pipe, name) for name in names)

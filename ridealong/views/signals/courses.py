"""How a deal went: its time in each stage, and how its close date was moved out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from ridealong.record.states import DealState

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """An open deal's time in one stage, without a break: over ``[entered, left)``."""

    stage: int
    entered: datetime
    left: datetime

    @property
    def days(self) -> float:
        """Return how long it was."""
        return (self.left - self.entered) / DAY


@dataclass(frozen=True, slots=True)
class Push:
    """That a close date was moved to a later one."""

    was: date
    to: date
    at: datetime

    @property
    def days(self) -> int:
        """Return how far."""
        return (self.to - self.was).days


def spells(versions: Sequence[DealState]) -> list[Spell]:
    """Return the stages that a deal was in and has left, in order."""
    runs = [
        list(run)
        for _, run in groupby(versions, key=lambda each: (each.stage_id, each.status == "open"))
    ]
    return [
        Spell(run[0].stage_id, run[0].valid_from, after[0].valid_from)
        for run, after in pairwise(runs)
        if run[0].stage_id is not None and run[0].status == "open"
    ]


def pushes(versions: Sequence[DealState]) -> list[Push]:
    """Return each time that the close date was moved out, the first one first."""
    return [
        Push(before.close_date, after.close_date, after.valid_from)
        for before, after in pairwise(versions)
        if before.close_date and after.close_date and after.close_date > before.close_date
    ]

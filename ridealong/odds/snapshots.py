"""What estimators are fitted to, and what they are asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
OPEN, WON, LOST = 0, 1, 2
"""How an outcome is written."""
LADDER = (1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0)
"""Horizons, in days, that are learned; between them odds follow a straight line in time."""


EVER = 3650.0
"""Days after which everything has been won or lost."""


@dataclass(frozen=True)
class Snapshots:
    """Things that were open, each at a moment, one a row. All arrays are of one length.

    ``values``: one column a feature (``names``), NaN where it is not known; ``categorical``: names
    of those that are numbers of a kind, not measures; ``seasonal``: of those that count down to a
    day that comes again and again. ``stage``: number of the stage, -1 for none.
    ``thing``: which one it is: rows of one thing are not independent. ``at``: when, in days.
    ``outcome`` and ``after``: what came of it after how many days; of one still open, how long it
    was followed. ``until``: the moment that outcomes are known until.
    """

    names: tuple[str, ...]
    values: npt.NDArray[np.float32]
    categorical: frozenset[str]
    stage: npt.NDArray[np.int64]
    thing: npt.NDArray[np.int64]
    at: Floats
    outcome: npt.NDArray[np.int8]
    after: Floats
    until: float
    seasonal: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.at)

    def where(self, rows: npt.NDArray[np.bool_]) -> Snapshots:
        """Return the rows for which ``rows`` says so."""
        return self.pick(np.flatnonzero(rows))

    def pick(self, rows: npt.NDArray[np.intp]) -> Snapshots:
        """Return the rows with these numbers, in that order."""
        return replace(
            self,
            values=self.values[rows],
            stage=self.stage[rows],
            thing=self.thing[rows],
            at=self.at[rows],
            outcome=self.outcome[rows],
            after=self.after[rows],
        )

    def as_of(self, moment: float) -> Snapshots:
        """Return what was known at an earlier moment: rows from before it, outcomes until it."""
        rows = self.where(self.at < moment)
        ended = rows.at + rows.after <= moment
        return replace(
            rows,
            outcome=np.where(ended, rows.outcome, OPEN).astype(np.int8),
            after=np.minimum(rows.after, moment - rows.at),
            until=moment,
        )

    def full(self, horizon: float) -> npt.NDArray[np.bool_]:
        """Say which rows could be followed as far as ``horizon``, whatever came of them."""
        followed: npt.NDArray[np.bool_] = self.at + horizon <= self.until + 1e-9
        return followed

    def ended(self, outcome: int, horizon: float) -> npt.NDArray[np.bool_]:
        """Say which rows had this outcome within ``horizon`` days."""
        hit: npt.NDArray[np.bool_] = (self.outcome == outcome) & (self.after <= horizon)
        return hit

    @property
    def closed(self) -> int:
        """How many things have ended."""
        return len(np.unique(self.thing[self.outcome != OPEN]))


@dataclass(frozen=True)
class Prediction:
    """Odds by row and horizon; what is neither won nor lost is still open.

    ``low`` and ``high``: an interval that holds the chance of winning, four times in five.
    """

    horizons: Floats
    won: Floats
    lost: Floats
    low: Floats
    high: Floats

    @property
    def open(self) -> Floats:
        """How likely each is still open."""
        rest: Floats = 1.0 - self.won - self.lost
        return rest


def late_share(snapshots: Snapshots, horizon: float) -> float:
    """Return how many of what ends only after ``horizon`` days is won then.

    Drawn to the share of all that ended, as if ten of them had been seen.
    """
    ended = snapshots.outcome != OPEN
    won = snapshots.outcome == WON
    late = ended & (snapshots.after > horizon)
    usual = (won.sum() + 0.5) / (ended.sum() + 1)
    things = len(np.unique(snapshots.thing[late]))
    share = won[late].mean() if late.any() else usual
    return float((things * share + 10 * usual) / (things + 10))


def together(won: Floats, lost: Floats) -> tuple[Floats, Floats]:
    """Return odds at growing horizons that only grow, and by no more than what was still open.

    A row each thing, a column each horizon. Ensembles that know nothing of each other may together
    say more than 1; then each has its share of what was open.
    """
    won, lost = (np.maximum.accumulate(each, axis=1) for each in (won, lost))
    begins = np.zeros((len(won), 1))
    more = [np.diff(np.concatenate([begins, each], axis=1), axis=1) for each in (won, lost)]
    left = np.ones(len(won))
    for place in range(won.shape[1]):
        wanted = more[0][:, place] + more[1][:, place]
        share = np.minimum(1.0, left / np.maximum(wanted, 1e-12))
        for each in more:
            each[:, place] *= share
        left = np.maximum(left - wanted * share, 0.0)
    return more[0].cumsum(axis=1), more[1].cumsum(axis=1)


def settled(horizons: Floats, won: Floats, lost: Floats, late: float) -> tuple[Floats, Floats]:
    """Return odds where for ever nothing stays open: what is left ends as late things do."""
    rest = np.where(horizons >= EVER, 1.0 - won - lost, 0.0)
    return won + late * rest, lost + (1 - late) * rest


def between(horizons: Floats, learned: Floats, odds: Floats) -> Floats:
    """Return odds at ``horizons`` from those at ``learned`` ones, never falling with time.

    ``odds``: a row each thing, a column each learned horizon. Before the first it is a straight
    line from nothing at once; after the last it stays.
    """
    grown = np.maximum.accumulate(odds, axis=1)
    times = np.concatenate([[0.0], learned])
    known = np.concatenate([np.zeros((len(odds), 1)), grown], axis=1)
    place = np.clip(np.searchsorted(times, horizons, side="right") - 1, 0, len(times) - 2)
    share = np.clip((horizons - times[place]) / (times[place + 1] - times[place]), 0.0, 1.0)
    found: Floats = known[:, place] * (1 - share) + known[:, place + 1] * share
    return found

"""Rolling origins: fit to what was known at moments of the past, and see what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ridealong.odds.snapshots import LOST, WON, Floats, Prediction, Snapshots

FEWEST_ROWS = 5
"""Fewer things open at a moment say nothing about it."""
WEEK = 7.0


class Estimator(Protocol):
    """What is fitted to snapshots and says how likely others are won or lost."""

    @property
    def name(self) -> str:
        """Its name."""

    def predict(self, snapshots: Snapshots, horizons: Floats) -> Prediction:
        """Return the odds of each snapshot by each horizon (days)."""


Fitter = Callable[[Snapshots], Estimator]


@dataclass(frozen=True)
class Asked:
    """What was said at a moment of snapshots (``rows``, their numbers): odds of won and of lost."""

    at: float
    rows: npt.NDArray[np.intp]
    won: Floats
    lost: Floats


@dataclass(frozen=True)
class Trial:
    """What was said at past moments by one horizon, and what came; one row a thing and moment.

    ``weekly``: what the same fits say week by week until the next of them was made.
    """

    horizon: float
    origins: tuple[float, ...]
    won: Floats
    lost: Floats
    outcome: npt.NDArray[np.int8]
    rows: Snapshots
    origin: Floats
    weekly: tuple[Asked, ...]

    @property
    def loss(self) -> float:
        """Mean log loss over won, lost and open."""
        said = np.stack([1 - self.won - self.lost, self.won, self.lost], axis=1)
        each = np.clip(said[np.arange(len(said)), self.outcome], 1e-4, 1.0)
        return float(-np.log(each).mean())


def origins(snapshots: Snapshots, horizon: float, most: int, spare: float) -> tuple[float, ...]:
    """Return moments to test at, the latest first, at most ``most``, and not overlapping if it can.

    Of those that snapshots were taken at, with what came known; ``spare``: so much of the past
    (a share) is left to the first one to learn from.
    """
    times = np.unique(snapshots.at)
    first = times[0] + (snapshots.until - times[0]) * spare
    times = times[(times >= first) & (times <= snapshots.until - horizon + 1e-6)]
    if not len(times):
        return ()
    gap = max((times[-1] - times[0]) / max(most, 1), min(horizon, (times[-1] - times[0]) / most))
    chosen = [times[-1]]
    for time in times[::-1]:
        if chosen[-1] - time >= gap - 1e-6 and len(chosen) < most:
            chosen.append(time)
    return tuple(float(time) for time in chosen)


def tried(
    snapshots: Snapshots, fitter: Fitter, horizon: float, moments: Sequence[float]
) -> Trial | None:
    """Fit at each moment to what was known by it, and keep what is said of what was open then.

    None where nothing can be said at any of them.
    """
    first: list[Asked] = []
    weekly: list[Asked] = []
    later = snapshots.until - horizon + 1.0
    for moment in sorted(moments, reverse=True):
        if _at(snapshots, moment).sum() < FEWEST_ROWS:
            continue
        try:
            estimator = fitter(snapshots.as_of(moment))
        except ValueError:
            continue
        weeks = _weeks(snapshots, moment, later)
        said = [_asked(snapshots, estimator, horizon, at) for at in weeks]
        first.append(said[0])
        weekly.extend(said)
        later = moment
    if not first:
        return None
    rows = snapshots.pick(np.concatenate([each.rows for each in first]))
    outcome = np.where(rows.ended(WON, horizon), WON, np.where(rows.ended(LOST, horizon), LOST, 0))
    return Trial(
        horizon=horizon,
        origins=tuple(each.at for each in first),
        won=np.concatenate([each.won for each in first]),
        lost=np.concatenate([each.lost for each in first]),
        outcome=outcome.astype(np.int8),
        rows=rows,
        origin=rows.at,
        weekly=tuple(sorted(weekly, key=lambda each: each.at)),
    )


def _at(snapshots: Snapshots, moment: float) -> npt.NDArray[np.bool_]:
    here: npt.NDArray[np.bool_] = np.abs(snapshots.at - moment) < 1e-6
    return here


def _weeks(snapshots: Snapshots, first: float, end: float) -> list[float]:
    """Moments that snapshots were taken at: the first one, and about every week from it on."""
    times = np.unique(snapshots.at)
    times = times[(times >= first - 1e-6) & (times < end - WEEK / 2)]
    found = [first]
    for time in times:
        if time - found[-1] >= WEEK - 1e-6:
            found.append(float(time))
    return found


def _asked(snapshots: Snapshots, estimator: Estimator, horizon: float, at: float) -> Asked:
    rows = np.flatnonzero(_at(snapshots, at))
    said = estimator.predict(snapshots.pick(rows), np.array([horizon]))
    return Asked(at, rows, said.won[:, 0], said.lost[:, 0])

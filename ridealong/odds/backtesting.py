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


class Estimator(Protocol):
    """What is fitted to snapshots and says how likely others are won or lost."""

    @property
    def name(self) -> str:
        """Its name."""

    def predict(self, snapshots: Snapshots, horizons: Floats) -> Prediction:
        """Return the odds of each snapshot by each horizon (days)."""


Fitter = Callable[[Snapshots], Estimator]


@dataclass(frozen=True)
class Trial:
    """What was said at past moments by one horizon, and what came; one row a thing and moment."""

    horizon: float
    origins: tuple[float, ...]
    won: Floats
    lost: Floats
    outcome: npt.NDArray[np.int8]
    rows: Snapshots
    origin: Floats

    @property
    def loss(self) -> float:
        """Mean log loss over won, lost and open."""
        said = np.stack([1 - self.won - self.lost, self.won, self.lost], axis=1)
        each = np.clip(said[np.arange(len(said)), self.outcome], 1e-4, 1.0)
        return float(-np.log(each).mean())

    def periods(self) -> list[tuple[Floats, Floats]]:
        """Return for each moment the odds of winning, and what was won."""
        hit = (self.outcome == WON).astype(float)
        return [(self.won[here], hit[here]) for here in (self.origin == o for o in self.origins)]


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
    won, lost, kept, used = [], [], [], []
    for moment in moments:
        now = np.abs(snapshots.at - moment) < 1e-6
        if now.sum() < FEWEST_ROWS:
            continue
        try:
            estimator = fitter(snapshots.as_of(moment))
        except ValueError:
            continue
        said = estimator.predict(snapshots.where(now), np.array([horizon]))
        won.append(said.won[:, 0])
        lost.append(said.lost[:, 0])
        kept.append(np.flatnonzero(now))
        used.append(moment)
    if not used:
        return None
    rows = snapshots.pick(np.concatenate(kept))
    outcome = np.where(rows.ended(WON, horizon), WON, np.where(rows.ended(LOST, horizon), LOST, 0))
    return Trial(
        horizon=horizon,
        origins=tuple(used),
        won=np.concatenate(won),
        lost=np.concatenate(lost),
        outcome=outcome.astype(np.int8),
        rows=rows,
        origin=rows.at,
    )

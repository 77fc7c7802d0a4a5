"""Little data: how often deals went from each stage, each stage's figure drawn to that of all.

For every horizon, a stage's shares of won, lost and open have a Dirichlet prior whose mean are the
shares of all stages together, and whose weight is what makes the stages' figures most likely
(empirical Bayes). So a stage that three deals passed says little, and one that hundreds passed
speaks for itself. All rows of one deal together count as one deal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaln

from ridealong.odds.snapshots import (
    LADDER,
    LOST,
    WON,
    Floats,
    Prediction,
    Snapshots,
    between,
    late_share,
    settled,
    together,
)

WEIGHTS = np.geomspace(1.0, 300.0, 24)
"""Deals that the figure of all stages may weigh."""
PRIOR = np.array([0.5, 0.5, 0.5])
"""Of all stages together: nobody knows yet, half a deal for each of won, lost and open."""
INSIDE = 0.8
"""How often the interval is to hold."""


@dataclass(frozen=True)
class Pooled:
    """Shares by stage and learned horizon. ``counts``: parameters of a Dirichlet distribution.

    Shaped (stages, horizons, 3) for won, lost, open; the last stage stands for any other one.
    ``late``: see ``late_share``.
    """

    stages: tuple[int, ...]
    horizons: Floats
    counts: Floats
    late: float
    name: str = "pooled"

    def predict(self, snapshots: Snapshots, horizons: Floats) -> Prediction:
        """Return the odds of each snapshot by each horizon (days)."""
        places = {stage: place for place, stage in enumerate(self.stages)}
        rows = np.array([places.get(int(s), len(self.stages)) for s in snapshots.stage], dtype=int)
        total = self.counts.sum(axis=2)
        shares = together(*(self.counts[:, :, k] / total for k in (0, 1)))
        a, b = self.counts[:, :, 0], total - self.counts[:, :, 0]
        low, high = (betaincinv(a, b, q) for q in ((1 - INSIDE) / 2, (1 + INSIDE) / 2))
        by = [between(horizons, self.horizons, each)[rows] for each in (*shares, low, high)]
        won, lost = settled(horizons, by[0], by[1], self.late)
        return Prediction(horizons, won, lost, np.minimum(by[2], won), np.maximum(by[3], won))

    def usual(self, horizons: Floats) -> Floats:
        """Return how often anything that was open was won by each horizon (days)."""
        every = self.counts[-1:] / self.counts[-1:].sum(axis=2, keepdims=True)
        shares = together(every[:, :, 0], every[:, :, 1])
        won, lost = (between(horizons, self.horizons, each) for each in shares)
        found: Floats = settled(horizons, won, lost, self.late)[0][0]
        return found

    def contributions(self, snapshots: Snapshots, horizon: float) -> tuple[Floats, Floats]:
        """Return what each feature adds to the log-odds of winning, and where they start from.

        Only the stage does; it is the column "stage" where there is one.
        """
        odds = self.predict(snapshots, np.array([horizon])).won[:, 0]
        total = self.counts[-1].sum(axis=1)
        start = between(np.array([horizon]), self.horizons, self.counts[-1:, :, 0] / total)[0, 0]
        added = np.zeros((len(snapshots), len(snapshots.names)))
        if "stage" in snapshots.names:
            added[:, snapshots.names.index("stage")] = logit(odds) - logit(start)
        return added, np.full(len(snapshots), float(logit(start)))


def fit(snapshots: Snapshots) -> Pooled:
    """Fit to what is known. Raises ``ValueError`` with a sentence where nothing has ended."""
    if not snapshots.closed:
        raise ValueError("No deal has been won or lost yet, so there is nothing to learn from.")
    stages = tuple(int(each) for each in np.unique(snapshots.stage[snapshots.stage >= 0]))
    span = snapshots.until - snapshots.at.min()
    horizons = np.array([h for h in LADDER if h <= span] or [span])
    counts = np.stack([_at_horizon(snapshots, stages, h) for h in horizons], axis=1)
    return Pooled(stages, horizons, counts, late_share(snapshots, horizons[-1]))


def _at_horizon(snapshots: Snapshots, stages: tuple[int, ...], horizon: float) -> Floats:
    rows = snapshots.where(snapshots.full(horizon))
    won, lost = rows.ended(WON, horizon), rows.ended(LOST, horizon)
    hit = np.stack([won, lost, ~(won | lost)], axis=1).astype(float)
    found = np.zeros((len(stages), 3))
    for place, stage in enumerate(stages):
        found[place] = _counted(hit, rows, rows.stage == stage)
    everywhere = _counted(hit, rows, np.ones(len(rows), dtype=bool)) + PRIOR
    mean = everywhere / everywhere.sum()
    weight = max(WEIGHTS, key=lambda w: _likelihood(found, w * mean))
    return np.concatenate([found + weight * mean, everywhere[None]])


def _counted(hit: Floats, rows: Snapshots, here: npt.NDArray[np.bool_]) -> Floats:
    """Shares of the rows, as if counted on as many deals as they are of."""
    if not here.any():
        return np.zeros(3)
    counted: Floats = hit[here].mean(axis=0) * len(np.unique(rows.thing[here]))
    return counted


def _likelihood(found: Floats, prior: Floats) -> float:
    n, total = found.sum(axis=1), prior.sum()
    each = gammaln(found + prior).sum(axis=1) - gammaln(prior).sum()
    return float((gammaln(total) - gammaln(n + total) + each).sum())


def logit(odds: Floats | float) -> Floats:
    """Return log-odds."""
    kept = np.clip(odds, 1e-6, 1 - 1e-6)
    found: Floats = np.log(kept / (1 - kept))
    return found

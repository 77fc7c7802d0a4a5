"""Which estimator: decided by a back-test on the data at hand, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ridealong.odds import boosted, pooled
from ridealong.odds.backtesting import Asked, Trial, origins, tried
from ridealong.odds.boosted import Boosted
from ridealong.odds.pooled import Pooled
from ridealong.odds.snapshots import EVER, LADDER, Floats, Snapshots

TRIALS = 4
"""Moments of the past at which both are tried."""
SPARE = 0.4
"""Share of the past that the first of them learns from."""
TESTED = (7.0, 30.0, 90.0)


@dataclass(frozen=True)
class Choice:
    """The estimator chosen. ``told``: sentences on why; ``loss``: its log loss in the back-test.

    ``loss`` None: the past is too short for a back-test. ``weekly``: by horizon (days), what it
    would have said week by week, see ``Trial``; the numbers are of the snapshots fitted to.
    """

    estimator: Boosted | Pooled
    told: tuple[str, ...]
    loss: float | None
    weekly: Mapping[float, tuple[Asked, ...]]


def chosen(snapshots: Snapshots, horizons: Floats | None = None) -> Choice:
    """Fit the estimator that did better on the past. ``horizons``: days asked for, None for all.

    Raises ``ValueError`` with a sentence where nothing has ended.
    """
    simple = pooled.fit(snapshots)
    try:
        ladder = _ladder(snapshots, horizons)
        boosted.enough(snapshots, ladder)
    except ValueError as error:
        asked = LADDER if horizons is None else steps_around(horizons)
        return _simple(snapshots, simple, asked, str(error))
    trials = [_both(snapshots, horizon) for horizon in _tested(snapshots, ladder)]
    pairs = [(trees, stages) for trees, stages in trials if trees and stages]
    if not pairs:
        return _simple(snapshots, simple, ladder, "The past is too short to try trees on it.")
    loss = float(np.mean([trees.loss for trees, _ in pairs]))
    other = float(np.mean([stages.loss for _, stages in pairs]))
    moments = len(pairs[0][0].origins)
    against = (
        f"Tried at {moments} moments of the past, trees missed by {loss:.3f} (log loss) and the "
        f"stages’ own shares by {other:.3f}"
    )
    if loss >= other:
        stages_only = [stages for _, stages in pairs]
        told = (f"{against}: so the stages’ shares are used.",)
        return Choice(simple, told, other, _weekly(stages_only))
    trees = boosted.fit(snapshots, ladder)
    told = (f"{against}: so trees are used.",)
    return Choice(trees, told, loss, _weekly([tried_trees for tried_trees, _ in pairs]))


def _ladder(snapshots: Snapshots, horizons: Floats | None) -> tuple[float, ...]:
    if horizons is None:
        return LADDER
    if (horizons < EVER).all():
        return steps_around(horizons)
    # What becomes of a deal is best told by the longest horizon that can be learned; what tells
    # better is seen at the shortest, too, where the past is too short for others.
    longest = max(boosted.enough(snapshots, LADDER))
    return steps_around(np.append(np.where(horizons >= EVER, longest, horizons), TESTED[0]))


def steps_around(horizons: Floats) -> tuple[float, ...]:
    """Return the learned horizons on either side of those asked for."""
    ladder = np.array(LADDER)
    above = np.clip(np.searchsorted(ladder, horizons), 0, len(ladder) - 1)
    exact = {float(ladder[k]) for k in above}
    below = {
        float(ladder[max(k - 1, 0)])
        for k, h in zip(above, horizons, strict=True)
        if abs(ladder[k] - h) > 1e-9
    }
    return tuple(sorted(exact | below))


def _tested(snapshots: Snapshots, ladder: tuple[float, ...]) -> list[float]:
    span = snapshots.until - snapshots.at.min()
    fitting = [h for h in ladder if h <= span / 3] or [min(ladder)]
    return [h for h in fitting if h in TESTED] or [fitting[-1]]


def _both(snapshots: Snapshots, horizon: float) -> tuple[Trial | None, Trial | None]:
    moments = origins(snapshots, horizon, TRIALS, SPARE)
    trees = tried(snapshots, lambda rows: boosted.fit(rows, (horizon,)), horizon, moments)
    # Both at the same moments: where trees could not be fitted, neither is measured.
    return trees, tried(snapshots, pooled.fit, horizon, trees.origins if trees else ())


def _simple(snapshots: Snapshots, simple: Pooled, ladder: tuple[float, ...], why: str) -> Choice:
    trials = []
    for horizon in _tested(snapshots, ladder):
        moments = origins(snapshots, horizon, TRIALS, SPARE)
        trials.append(tried(snapshots, pooled.fit, horizon, moments))
    found = [trial for trial in trials if trial]
    told = (f"{why} So odds are the shares that went from each stage, drawn to those of all.",)
    loss = float(np.mean([trial.loss for trial in found])) if found else None
    return Choice(simple, told, loss, _weekly(found))


def _weekly(trials: list[Trial]) -> dict[float, tuple[Asked, ...]]:
    return {trial.horizon: trial.weekly for trial in trials}

"""Enough data: gradient-boosted trees (LightGBM), two at each horizon: won by then, lost by then.

Competing risks in discrete time: at each learned horizon one ensemble says how likely something is
won by then, another how likely it is lost; both only grow with time, and what is left is open. The
later part of the past is kept aside to calibrate; then all is used.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ridealong.odds.calibrating import Calibration, calibrated
from ridealong.odds.pooled import logit
from ridealong.odds.seasons import weights
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

if TYPE_CHECKING:
    import lightgbm
    import numpy.typing as npt

    Places = npt.NDArray[np.intp]

PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "min_data_per_group": 50,
    "cat_smooth": 30.0,
    "verbosity": -1,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
}
ROUNDS = 120
LATER = 0.25
"""Share of the time that outcomes are known for which is kept aside to calibrate."""
FEWEST = 40
"""So many things at least must have had an outcome by a horizon for trees to be fitted to it."""
LONGEST = 2 / 3
"""The longest horizon, as a share of the past: before it, enough must have been seen to its end."""
MOST_ROWS = 300_000
MOST_EACH = 40
"""Of more, in all or on average of each thing, chance chooses: trees this small learn no more."""


@dataclass(frozen=True)
class Step:
    """One learned horizon and outcome: trees and how their odds are corrected.

    ``trees`` None: it happened too seldom, and ``share`` is what is known.
    """

    trees: lightgbm.Booster | None
    share: float
    calibration: Calibration

    def odds(self, values: npt.NDArray[np.float32]) -> Floats:
        """Return how likely it is, row by row."""
        if self.trees is None:
            return np.full(len(values), self.share)
        raw = np.asarray(self.trees.predict(values, raw_score=True), dtype=float)
        return self.calibration.odds(raw)


@dataclass(frozen=True)
class Boosted:
    """Trees by outcome and learned horizon. ``late``: see ``late_share``."""

    names: tuple[str, ...]
    horizons: Floats
    won: tuple[Step, ...]
    lost: tuple[Step, ...]
    late: float
    name: str = "boosted"

    def predict(self, snapshots: Snapshots, horizons: Floats) -> Prediction:
        """Return the odds of each snapshot by each horizon (days)."""
        used = _needed(self.horizons, horizons)
        said = (
            np.stack([step.odds(snapshots.values) for step in steps[:used]], axis=1)
            for steps in (self.won, self.lost)
        )
        won, lost = (between(horizons, self.horizons[:used], each) for each in together(*said))
        won, lost = settled(horizons, won, lost, self.late)
        # As if the odds had been counted on as many things as stand behind a leaf.
        wide = 1.28 * np.sqrt(won * (1 - won) / 100)
        return Prediction(horizons, won, lost, np.clip(won - wide, 0, 1), np.clip(won + wide, 0, 1))

    def usual(self, horizons: Floats) -> Floats:
        """Return how often anything that was open was won by each horizon (days)."""
        shares = (np.array([[step.share for step in steps]]) for steps in (self.won, self.lost))
        won, lost = (between(horizons, self.horizons, each) for each in together(*shares))
        found: Floats = settled(horizons, won, lost, self.late)[0][0]
        return found

    def contributions(self, snapshots: Snapshots, horizon: float) -> tuple[Floats, Floats]:
        """Return what each feature adds to the log-odds of winning, and where they start from.

        Exact SHAP values of the trees at the nearest learned horizon.
        """
        step = self.won[int(np.argmin(np.abs(np.log(self.horizons / max(horizon, 1e-3)))))]
        if step.trees is None:
            start = float(logit(step.share))
            return np.zeros(snapshots.values.shape), np.full(len(snapshots), start)
        added = np.asarray(step.trees.predict(snapshots.values, pred_contrib=True), dtype=float)
        slope = step.calibration.slope
        return slope * added[:, :-1], slope * added[:, -1] + step.calibration.intercept


def _needed(learned: Floats, horizons: Floats) -> int:
    """How many of the learned horizons are asked: all up to the last asked for.

    So that a horizon's odds do not depend on which others are asked for with it.
    """
    last = np.searchsorted(learned, horizons.max()) if len(horizons) else 0
    return int(min(last + 1, len(learned)))


@dataclass(frozen=True)
class _Told:
    """What one ensemble learns from: of all rows those at ``places``, and whether it was ``hit``.

    ``weights``: how much each feature counts.
    """

    binned: lightgbm.Dataset
    places: Places
    hit: Floats
    weights: list[float]

    def trees(self, part: npt.NDArray[np.bool_]) -> lightgbm.Booster:
        """Return trees fitted to a part of it."""
        import lightgbm

        places = self.places[part]
        told = self.binned.subset(places.tolist()).construct()
        told.set_label(self.hit[part])
        parameters = {**PARAMETERS, "num_threads": _threads(len(places))}
        return lightgbm.train({**parameters, "feature_contri": self.weights}, told, ROUNDS)


def enough(snapshots: Snapshots, ladder: Sequence[float]) -> list[float]:
    """Return the horizons that trees can be fitted to.

    Raises ``ValueError`` with a sentence where there is none, or this machine cannot fit trees.
    """
    try:
        import lightgbm  # noqa: F401  it is only asked whether it is there
    except OSError as error:
        raise ValueError(
            f"Trees cannot be fitted here: {error}. The package libgomp1 (Debian, Ubuntu) or "
            "libomp (macOS) is missing."
        ) from error
    span = snapshots.until - snapshots.at.min()
    won = {h: _won(snapshots, h) for h in ladder if h <= span * LONGEST}
    found = [h for h, count in won.items() if count >= FEWEST]
    if not found:
        most = max(won.values(), default=0)
        raise ValueError(
            f"Trees need {FEWEST} deals that were won within a horizon; here there are {most}."
        )
    return found


def fit(snapshots: Snapshots, ladder: Sequence[float] = LADDER) -> Boosted:
    """Fit to what is known, at some horizons. Raises ``ValueError`` with a sentence: ``enough``."""
    learned = enough(snapshots, ladder)
    rows = _thinned(snapshots)
    binned = _binned(rows)
    won, lost = (tuple(_step(rows, binned, outcome, h) for h in learned) for outcome in (WON, LOST))
    return Boosted(rows.names, np.array(learned), won, lost, late_share(snapshots, learned[-1]))


def _won(snapshots: Snapshots, horizon: float) -> int:
    hit = snapshots.full(horizon) & snapshots.ended(WON, horizon)
    return len(np.unique(snapshots.thing[hit]))


def _thinned(snapshots: Snapshots) -> Snapshots:
    most = min(MOST_ROWS, MOST_EACH * len(np.unique(snapshots.thing)))
    if len(snapshots) <= most:
        return snapshots
    # Each row with the same chance: what is open for long counts as it will when it is asked about.
    chosen = np.random.default_rng(7).random(len(snapshots)) < most / len(snapshots)
    return snapshots.where(chosen)


def _binned(rows: Snapshots) -> lightgbm.Dataset:
    """All rows as the trees see them: made once, for every horizon and outcome."""
    import lightgbm

    kinds = [place for place, name in enumerate(rows.names) if name in rows.categorical]
    parameters = {**PARAMETERS, "num_threads": _threads(len(rows))}
    nothing = np.zeros(len(rows))
    return lightgbm.Dataset(
        rows.values, nothing, categorical_feature=kinds, params=parameters
    ).construct()


def _step(snapshots: Snapshots, binned: lightgbm.Dataset, outcome: int, horizon: float) -> Step:
    full = snapshots.full(horizon)
    rows = snapshots.where(full)
    hit = rows.ended(outcome, horizon).astype(float)
    share = float((hit.sum() + 0.5) / (len(hit) + 1))
    if (
        len(np.unique(rows.thing[hit > 0])) < FEWEST
        or len(np.unique(rows.thing[hit == 0])) < FEWEST
    ):
        return Step(None, share, Calibration())
    told = _Told(binned, np.flatnonzero(full), hit, weights(snapshots, horizon))
    calibration = _calibration(rows, told, horizon)
    return Step(told.trees(np.ones(len(rows), dtype=bool)), share, calibration)


def _calibration(rows: Snapshots, told: _Told, horizon: float) -> Calibration:
    """Fit to the earlier part of the past alone, and see how its odds held in the later one."""
    cut = rows.until - (rows.until - rows.at.min()) * LATER
    early, late = rows.at + horizon <= cut, rows.at >= cut
    if min(len(np.unique(rows.thing[part & (told.hit > 0)])) for part in (early, late)) < FEWEST:
        return Calibration()
    raw = np.asarray(told.trees(early).predict(rows.values[late], raw_score=True), dtype=float)
    return calibrated(raw, told.hit[late], len(np.unique(rows.thing[late])))


def _threads(rows: int) -> int:
    """Return how many threads to use: more than one only where it is worth it.

    On a machine that is busy, threads that wait for each other cost more than they bring.
    """
    return max(1, os.cpu_count() or 1) if rows > 100_000 else 1

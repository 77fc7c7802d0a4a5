"""How good odds were, held against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ridealong.odds.snapshots import Floats

BINS = 10
DRAWS = 300
INSIDE = (0.05, 0.95)


@dataclass(frozen=True)
class Bin:
    """Odds of about the same height: their mean, how often it came, and how many they are."""

    said: float
    came: float
    count: int


@dataclass(frozen=True)
class Measured:
    """Measures of odds that something is won by a horizon.

    ``brier`` = ``reliability`` - ``resolution`` + ``uncertainty`` (Murphy), up to how much odds
    differ within a bin. ``calibration_error``: mean distance between said and came, bins weighed by
    their count; its interval (nine times in ten) comes from drawing things again, with all their
    rows. ``auc`` None: all came, or none.
    """

    rows: int
    things: int
    came: float
    said: float
    log_loss: float
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    auc: float | None
    calibration_error: float
    calibration_low: float
    calibration_high: float
    bins: tuple[Bin, ...]


def measured(odds: Floats, hit: npt.NDArray[np.bool_], things: npt.NDArray[np.int64]) -> Measured:
    """Measure odds against what came; ``things``: which thing each row is of."""
    from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

    kept = np.clip(odds, 1e-4, 1 - 1e-4)
    bins = binned(odds, hit)
    share = np.array([each.count for each in bins]) / len(odds)
    said, came = (np.array([getattr(each, name) for each in bins]) for name in ("said", "came"))
    base = float(hit.mean())
    low, high = _interval(odds, hit, things)
    return Measured(
        rows=len(odds),
        things=len(np.unique(things)),
        came=base,
        said=float(odds.mean()),
        log_loss=float(log_loss(hit, kept, labels=[False, True])),
        brier=float(brier_score_loss(hit, odds)),
        reliability=float((share * (said - came) ** 2).sum()),
        resolution=float((share * (came - base) ** 2).sum()),
        uncertainty=base * (1 - base),
        auc=float(roc_auc_score(hit, odds)) if 0 < base < 1 else None,
        calibration_error=calibration_error(odds, hit),
        calibration_low=low,
        calibration_high=high,
        bins=bins,
    )


def binned(odds: Floats, hit: npt.NDArray[np.bool_]) -> tuple[Bin, ...]:
    """Return about equally many odds a bin, the lowest first."""
    order = np.argsort(odds, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return tuple(Bin(float(odds[p].mean()), float(hit[p].mean()), len(p)) for p in parts)


def calibration_error(odds: Floats, hit: npt.NDArray[np.bool_]) -> float:
    """Return the mean distance between what was said and what came."""
    bins = binned(odds, hit)
    return sum(each.count * abs(each.said - each.came) for each in bins) / max(len(odds), 1)


def _interval(
    odds: Floats, hit: npt.NDArray[np.bool_], things: npt.NDArray[np.int64]
) -> tuple[float, float]:
    chance = np.random.default_rng(7)
    _, place = np.unique(things, return_inverse=True)
    rows = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place))
    starts = np.concatenate([[0], ends[:-1]])
    errors = []
    for _ in range(DRAWS):
        drawn = chance.integers(0, len(ends), len(ends))
        picked = np.concatenate([rows[starts[d] : ends[d]] for d in drawn])
        errors.append(calibration_error(odds[picked], hit[picked]))
    low, high = np.quantile(errors, INSIDE)
    return float(low), float(high)

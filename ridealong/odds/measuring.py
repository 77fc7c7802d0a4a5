"""How good odds were, held against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from ridealong.odds.allowing import interval
from ridealong.odds.snapshots import Floats

BINS = 10
SURELY = 0.95
"""How often a bin's interval holds the share that would come of very many."""


@dataclass(frozen=True)
class Bin:
    """Odds of about the same height, ``lowest`` to ``highest``: their mean, and how often it came.

    ``count``: rows, of ``things`` things. ``low`` and ``high`` hold what would come of very many
    (``SURELY``, Jeffreys), counting each thing once: its rows are not independent.
    """

    said: float
    came: float
    count: int
    things: int
    lowest: float
    highest: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """Measures of odds that something is won by a horizon.

    ``brier`` = ``reliability`` - ``resolution`` + ``uncertainty`` (Murphy), up to how much odds
    differ within a bin. ``calibration_error``: mean distance between said and came, bins weighed by
    their count; on few things chance alone makes some. ``calibration_low``, ``calibration_high``:
    an interval (nine times in ten) for what it would be on very many. ``auc`` None: all came, or
    none.
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
    bins = binned(odds, hit, things)
    share = np.array([each.count for each in bins]) / len(odds)
    said, came = (np.array([getattr(each, name) for each in bins]) for name in ("said", "came"))
    base = float(hit.mean())
    low, high = interval(odds, hit, things, _parts(odds))
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


def binned(
    odds: Floats, hit: npt.NDArray[np.bool_], things: npt.NDArray[np.int64]
) -> tuple[Bin, ...]:
    """Return about equally many odds a bin, the lowest first."""
    return tuple(_bin(odds[part], hit[part], things[part]) for part in _parts(odds))


def _bin(odds: Floats, hit: npt.NDArray[np.bool_], things: npt.NDArray[np.int64]) -> Bin:
    came, n = float(hit.mean()), len(np.unique(things))
    tails = np.array([(1 - SURELY) / 2, (1 + SURELY) / 2])
    low, high = betaincinv(came * n + 0.5, (1 - came) * n + 0.5, tails)
    return Bin(
        said=float(odds.mean()),
        came=came,
        count=len(odds),
        things=n,
        lowest=float(odds.min()),
        highest=float(odds.max()),
        # At the ends Jeffreys' interval leaves out what was seen.
        low=min(float(low), came),
        high=max(float(high), came),
    )


def _parts(odds: Floats) -> list[npt.NDArray[np.intp]]:
    order = np.argsort(odds, kind="stable")
    return [part for part in np.array_split(order, BINS) if len(part)]


def calibration_error(odds: Floats, hit: npt.NDArray[np.bool_]) -> float:
    """Return the mean distance between what was said and what came."""
    away = sum(abs(float(odds[p].sum()) - float(hit[p].sum())) for p in _parts(odds))
    return away / max(len(odds), 1)

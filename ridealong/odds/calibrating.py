"""Calibration: correcting odds by what came of later things that were kept aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ridealong.odds.snapshots import Floats

TRUST = 150.0
"""So many things have to say that a correction is needed before half of it is made."""


@dataclass(frozen=True)
class Calibration:
    """Log-odds are stretched and shifted: ``slope`` 1 and ``intercept`` 0 leave them."""

    slope: float = 1.0
    intercept: float = 0.0

    def odds(self, raw: Floats) -> Floats:
        """Return odds from log-odds."""
        found: Floats = 1.0 / (1.0 + np.exp(-(self.slope * raw + self.intercept)))
        return found


def calibrated(raw: Floats, hit: Floats, things: int) -> Calibration:
    """Return what corrects log-odds ``raw`` towards what happened (``hit``, 0 or 1).

    Logistic regression (Platt), and of its correction as much as the number of things allows.
    ``things``: of how many things the rows are.
    """
    from sklearn.linear_model import LogisticRegression

    if raw.std() < 1e-6:
        return Calibration()
    found = LogisticRegression(C=1e6).fit(raw[:, None], hit)
    trust = things / (things + TRUST)
    slope = float(np.clip(found.coef_[0, 0], 0.3, 2.0))
    return Calibration(1 + trust * (slope - 1), trust * float(found.intercept_[0]))

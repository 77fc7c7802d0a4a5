"""Where a sum of things that are each so or not, and weigh differently, is likely to be.

With equal weights this is the Poisson binomial distribution; here it is worked out by convolution
on a grid (Y. Hong, Computational Statistics & Data Analysis 59, 2013, section 2.3), to which
weights are rounded so that all of them together stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

GRID = 2000
"""Into so many steps all of the weight is divided."""
LEVEL = 0.95


def interval(weights: Sequence[float], chances: Sequence[float]) -> tuple[float, float]:
    """Return between what the sum is with 95%, of independent things.

    ``weights``: none below 0; ``chances``: of each, from 0 to 1. (0, 0) for no weight at all.
    Raises ``ValueError`` where there are not as many of one as of the other.
    """
    whole = float(sum(weights))
    if whole <= 0:
        return 0.0, 0.0
    places = np.rint(np.cumsum([0.0, *weights]) / whole * GRID).astype(int)
    likely = np.zeros(GRID + 1)
    likely[0] = 1.0
    for step, chance in zip(np.diff(places), chances, strict=True):
        moved = np.roll(likely, step) if step else likely
        likely = likely * (1 - chance) + moved * chance
    up_to = np.cumsum(likely)
    rest = (1 - LEVEL) / 2
    low, high = np.searchsorted(up_to, [rest - 1e-12, 1 - rest - 1e-12])
    return float(low) / GRID * whole, float(min(high, GRID)) / GRID * whole

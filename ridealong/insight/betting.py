"""How much evidence there is for a claim that is looked at again every day, among many claims.

An *e-value* says how much a bet against "there is nothing" would have won: if there is nothing, it
is 1 on average, so that 20 comes at most once in twenty times. It stays so however often one looks
and whenever one stops (Ville's inequality), which a p-value does not.

The bet is a mixture of all sizes of an effect in the expected direction, normal with the spread
``EXPECTED``: H. Robbins, Statistical methods related to the law of the iterated logarithm, Annals
of Mathematical Statistics 41 (1970). The statistic is the sum of each deal's part over the root of
its sum of squares, which leans to caution with few deals: V. de la Peña, A general class of
exponential inequalities, Annals of Probability 27 (1999). Claims tried together are held against
averages of their e-values, over all sets of them: V. Vovk, R. Wang, E-values: calibration,
combination and applications, Annals of Statistics 49 (2021), section 3 and algorithm 1. That holds
the chance of *any* false claim, of all kinds and over all time, under ``1 / ENOUGH``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

EXPECTED = 0.15
"""The spread of effects that are bet on, as a difference of shares."""
ENOUGH = 20.0
"""An adjusted e-value of so much makes a claim: any false one at most once in twenty companies."""
_LARGEST = 500.0


def evidence(effect: float, error: float) -> float:
    """Return the e-value of an effect above 0; 1 where nothing is known of it.

    ``effect``: the difference found; ``error``: its standard error if there is nothing.
    """
    if not math.isfinite(effect) or not math.isfinite(error) or error <= 0:
        return 1.0
    weight = EXPECTED**2 / (EXPECTED**2 + error**2)
    score = effect / error
    log = 0.5 * score**2 * weight + 0.5 * math.log1p(-weight) + math.log(2)
    return math.exp(min(log + float(log_ndtr(score * math.sqrt(weight))), _LARGEST))


def shrunk(effect: float, error: float) -> float:
    """Return the likeliest effect, with effects of the size ``EXPECTED`` taken for usual."""
    return effect * EXPECTED**2 / (EXPECTED**2 + error**2)


def interval(effect: float, error: float, level: float = 0.95) -> tuple[float, float]:
    """Return bounds that hold the effect with ``level``, at all times together."""
    weight = EXPECTED**2 / (EXPECTED**2 + error**2)
    wide = 2 * math.log(1 / (1 - level)) - math.log1p(-weight)
    reach = error * math.sqrt(wide / weight)
    return effect - reach, effect + reach


def adjusted(values: Sequence[float], weights: Sequence[float]) -> NDArray[np.float64]:
    """Return the e-value of each claim after all were tried together, in the order given.

    It is the least weighted average over all sets of claims that hold it. ``weights`` add up to 1
    at most; what is missing is kept for claims yet to come, which have 1.
    """
    kept = max(0.0, 1.0 - math.fsum(weights))
    value = np.array([*values, 1.0])
    weight = np.array([*weights, kept])
    order = np.argsort(value, kind="stable")
    total = np.concatenate([[0.0], np.cumsum((value * weight)[order])])
    whole = np.concatenate([[0.0], np.cumsum(weight[order])])
    place = np.empty(order.size, dtype=int)
    place[order] = np.arange(order.size)
    found = np.zeros(len(values))
    for number in range(len(values)):
        own, mass = value[number] * weight[number], weight[number]
        # Sets of the smallest others: a larger one can only raise the average.
        inside = np.arange(order.size + 1) > place[number]
        sums = np.where(inside, total, total + own)
        masses = np.where(inside, whole, whole + mass)
        found[number] = (sums[masses > 0] / masses[masses > 0]).min() if mass > 0 else 0.0
    return np.minimum(found, np.asarray(values, dtype=float)) if len(values) else found

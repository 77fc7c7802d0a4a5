"""Figures of one among a team, small numbers shrunk towards the others, with intervals.

How far a figure is shrunk is learned from how much the members of the team differ among
themselves. Formulas: A. Gelman et al., Bayesian Data Analysis, 3rd edition, chapter 5: shares as
in 5.3 (binomial counts whose shares come from one beta distribution; its mean, and the root of
its spread, uniform beforehand), means as in 5.4 (equations 5.17 to 5.21, the spread between
members uniform beforehand). What is not known of the team itself is summed over, not set to its
likeliest value, for that makes the intervals of a small team too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, ndtr

Numbers = NDArray[np.float64]
SHOWN = 0.8
"""How likely the value is within the interval that is shown."""
SURE = 0.96
"""How likely it is within the wider interval that a claim needs: five figures are looked at."""
_LEVELS = np.array([(1 - SURE) / 2, (1 - SHOWN) / 2, 0.5, (1 + SHOWN) / 2, (1 + SURE) / 2])
_MEANS, _SPREADS = 60, 16
_FINE = 500
_HALVINGS = 40
_NEGLIGIBLE = 1e-4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure shrunk towards its team's: likeliest half-way, and its intervals.

    ``low`` to ``high`` hold the value with 80%, ``least`` to ``most`` with 96%.
    """

    value: float
    low: float
    high: float
    least: float
    most: float


def share(own: tuple[int, int], others: Sequence[tuple[int, int]]) -> Estimate:
    """Return what share is behind ``own`` (how many, of how many), given the others' counts."""
    hits, tries = (np.array(each, dtype=float) for each in zip(own, *others, strict=True))
    mean = (np.arange(_MEANS) + 0.5) / _MEANS
    # The strength of the beta distribution, by its inverse root.
    strength = ((np.arange(_SPREADS) + 0.5) / _SPREADS) ** -2.0
    a = np.outer(mean, strength).ravel()
    b = np.outer(1 - mean, strength).ravel()
    likely = np.zeros_like(a)
    for hit, tried in zip(hits, tries, strict=True):
        likely += betaln(a + hit, b + tried - hit) - betaln(a, b)
    weights, kept = _weights(likely)
    a, b = a[kept] + hits[0], b[kept] + tries[0] - hits[0]
    at = (np.arange(_FINE) + 0.5) / _FINE
    logs = np.outer(a - 1, np.log(at)) + np.outer(b - 1, np.log1p(-at)) - betaln(a, b)[:, None]
    below = np.cumsum(weights @ np.exp(logs))
    return _ordered(np.interp(_LEVELS, below / below[-1], at + 0.5 / _FINE))


def mean(own: Sequence[float], others: Sequence[Sequence[float]]) -> Estimate:
    """Return what mean is behind the values ``own``, given the others' values; none is empty."""
    groups = [np.asarray(each, dtype=float) for each in (own, *others)]
    count = np.array([each.size for each in groups])
    found = np.array([each.mean() for each in groups])
    within = sum(float(((each - each.mean()) ** 2).sum()) for each in groups)
    # All alike: no more than rounding is uncertain.
    spread = max(within / max(count.sum() - count.size, 1), 1e-9)
    noise = spread / count
    between = (np.arange(200) + 0.5) / 200 * 3 * max(float(np.ptp(found)), spread**0.5)
    precision = 1 / (noise[None, :] + between[:, None] ** 2)
    known = 1 / precision.sum(axis=1)
    centre = (precision * found).sum(axis=1) * known
    likely = 0.5 * (
        np.log(known)
        + np.log(precision).sum(axis=1)
        - (precision * (found - centre[:, None]) ** 2).sum(axis=1)
    )
    weights, kept = _weights(likely)
    towards = between[kept] ** -2.0
    whole = 1 / noise[0] + towards
    middle = (found[0] / noise[0] + centre[kept] * towards) / whole
    deviation = np.sqrt(1 / whole + (towards / whole) ** 2 * known[kept])
    return _halved(
        lambda x: weights @ ndtr((x - middle[:, None]) / deviation[:, None]),
        float((middle - 8 * deviation).min()),
        float((middle + 8 * deviation).max()),
    )


def _weights(likely: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """How much each case counts, and which do at all."""
    relative = np.exp(likely - likely.max())
    kept = relative > _NEGLIGIBLE
    return relative[kept] / relative[kept].sum(), kept


def _halved(below: Callable[[Numbers], Numbers], least: float, most: float) -> Estimate:
    """Find where ``below``, the chance to be below a value, is at each level: by halving."""
    low, high = np.full(_LEVELS.size, least), np.full(_LEVELS.size, most)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        under = below(middle) < _LEVELS
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return _ordered((low + high) / 2)


def _ordered(values: Numbers) -> Estimate:
    wide_low, near_low, value, near_high, wide_high = values.tolist()
    return Estimate(value, near_low, near_high, wide_low, wide_high)

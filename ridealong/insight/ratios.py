"""A figure as a ratio of two sums over what was counted, how sure it is, and whether two differ.

What is counted is not independent: what happens in one week, or to one person, goes together. So
the spread is taken among weeks and among persons, and the larger of the two stands (the ratio
estimator of W. Cochran, Sampling Techniques, 3rd edition, 6.3 and 11.12, with clusters as units),
never less than that of as many independent tries with two successes and two failures more (A.
Agresti, B. Coull 1998), so that none of five is not taken for never.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

Sort = Literal["share", "rate"]
LEVEL = 0.95
"""How likely a value is within its interval."""
FEWEST = 10
"""So many things counted are the least that say anything."""
FEWEST_WEEKS = 4
"""Of so many weeks at least."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing counted: ``hit`` of ``of``. ``week`` and ``person`` say what goes together."""

    hit: float
    of: float
    week: int
    person: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """``value``: hits of all; with 95% it is in ``[low, high]``.

    ``error``: its standard error, on ``freedom`` degrees of freedom. ``count``: of how many.
    """

    value: float
    low: float
    high: float
    error: float
    freedom: float
    count: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """There is ``count`` of what has to be ``least``: of things counted, or of their weeks."""

    what: Literal["things", "weeks"]
    count: int
    least: int


def lacking(parts: Sequence[Part]) -> Lacking | None:
    """Return what there is too little of to say a ratio; None where there is enough."""
    weeks = [part.week for part in parts if part.of > 0]
    if len(weeks) < FEWEST:
        return Lacking("things", len(weeks), FEWEST)
    if len(set(weeks)) < FEWEST_WEEKS:
        return Lacking("weeks", len(set(weeks)), FEWEST_WEEKS)
    return None


def ratio(parts: Sequence[Part], sort: Sort = "share") -> Ratio | None:
    """Return the ratio behind the parts; None where there are too few to say.

    ``sort``: a share is within 0 and 1; a rate counts hits for each one of ``of``.
    """
    if lacking(parts) is not None:
        return None
    kept = [part for part in parts if part.of > 0]
    hit = np.array([part.hit for part in kept], dtype=float)
    of = np.array([part.of for part in kept], dtype=float)
    whole = float(of.sum())
    value = float(hit.sum()) / whole
    left = hit - value * of
    weeks = _spread(left, [part.week for part in kept], whole)
    people = _spread(left, [part.person for part in kept], whole)
    error, freedom = max(weeks, people)
    error = max(error, _least(value, of, sort))
    wide = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    most = 1.0 if sort == "share" else math.inf
    return Ratio(value, max(value - wide, 0.0), min(value + wide, most), error, freedom, len(kept))


def differ(one: Ratio, other: Ratio) -> float:
    """Return how likely two ratios would be this far apart, or farther, if there were nothing."""
    squares = one.error**2, other.error**2
    freedom = sum(squares) ** 2 / sum(
        square**2 / each.freedom for square, each in zip(squares, (one, other), strict=True)
    )
    return float(2 * stdtr(freedom, -abs(one.value - other.value) / math.sqrt(sum(squares))))


def off(one: Ratio, level: float) -> float:
    """Return how likely a ratio would be this far from ``level`` if that were behind it."""
    return float(2 * stdtr(one.freedom, -abs(one.value - level) / one.error))


def _spread(left: NDArray[np.float64], groups: Sequence[int], whole: float) -> tuple[float, float]:
    """Return the standard error among groups, and its degrees of freedom; nothing of one group."""
    _, place = np.unique(np.array(groups), return_inverse=True)
    sums = np.bincount(place, weights=left)
    count = sums.size
    if count < 2:
        return 0.0, 1.0
    square = float((sums**2).sum()) * count / (count - 1)
    return math.sqrt(square) / whole, count - 1.0


def _least(value: float, of: NDArray[np.float64], sort: Sort) -> float:
    """Return the standard error if everything counted were independent."""
    whole = float(of.sum())
    if sort == "rate":
        return math.sqrt(value * whole + 1) / whole
    tries = whole**2 / float((of**2).sum())
    drawn = (value * tries + 2) / (tries + 4)
    return math.sqrt(drawn * (1 - drawn) / (tries + 4))

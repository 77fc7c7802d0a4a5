"""How much likelier something becomes once a rule fired: against deals like it, with an interval.

The ratio of the two shares is that of Mantel and Haenszel (1959) over strata of deals alike; its
error comes from drawing whole deals anew (Efron 1979), since one deal is looked at many times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 200
FEWEST = 10
"""Deals on either side, and outcomes in all, below which nothing is said."""

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lift:
    """How often the outcome came after firing, and how often on deals alike without it.

    ``ratio`` of the shares in the same strata, with its 95 % interval ``low`` to ``high``; None
    where there are too few. ``shown``: it holds after as many tries as there were.
    """

    fired: int
    alike: int
    share_fired: float | None
    share_alike: float | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    shown: bool = False


def lift(
    *,
    deals: Sequence[int],
    strata: Sequence[int],
    fired: Sequence[bool],
    came: Sequence[bool],
    tries: int = 1,
    seed: int = 7,
) -> Lift:
    """Return how much likelier the outcome is on rows that fired than on rows like them.

    One row is one deal at one moment: its deal, its stratum, whether the rule had just fired, and
    whether the outcome came. ``tries``: how many such comparisons are made; ``shown`` holds for
    all of them together (Bonferroni).
    """
    deal, stratum = np.asarray(deals, np.int64), np.asarray(strata, np.int64)
    hit, outcome = np.asarray(fired, np.bool_), np.asarray(came, np.bool_)
    deal, stratum, hit, outcome = _comparable(deal, stratum, hit, outcome)
    cases, controls = int(hit.sum()), int((~hit).sum())
    if not cases or not controls:
        return Lift(cases, controls, None, None)
    share = float(outcome[hit].mean())
    # The deals alike are weighted as those that fired lie over the strata.
    of_cases = np.bincount(stratum[hit], minlength=stratum.max() + 1)
    of_controls = np.bincount(stratum[~hit], minlength=stratum.max() + 1)
    weight = (of_cases / np.maximum(of_controls, 1))[stratum[~hit]]
    alike = float(np.average(outcome[~hit], weights=weight))
    if min(cases, controls, int(outcome.sum())) < FEWEST or not outcome[hit].any() or not alike:
        return Lift(cases, controls, share, alike)
    ratio, error = _ratio(deal, stratum, hit, outcome, seed)
    if ratio is None:
        return Lift(cases, controls, share, alike)
    every = NormalDist().inv_cdf(0.975) * error
    all_of_them = NormalDist().inv_cdf(1 - 0.025 / tries) * error
    return Lift(
        fired=cases,
        alike=controls,
        share_fired=share,
        share_alike=alike,
        ratio=float(np.exp(ratio)),
        low=float(np.exp(ratio - every)),
        high=float(np.exp(ratio + every)),
        shown=bool(ratio - all_of_them > 0),
    )


def _comparable(
    deal: Numbers, stratum: Numbers, hit: Flags, outcome: Flags
) -> tuple[Numbers, Numbers, Flags, Flags]:
    """Leave out strata in which only one of the two is."""
    both = np.intersect1d(stratum[hit], stratum[~hit])
    kept = np.isin(stratum, both)
    _, numbered = np.unique(stratum[kept], return_inverse=True)
    return deal[kept], numbered.astype(np.int64), hit[kept], outcome[kept]


def _ratio(
    deal: Numbers, stratum: Numbers, hit: Flags, outcome: Flags, seed: int
) -> tuple[float | None, float]:
    """The logarithm of the ratio, and its standard error; None where draws give none."""
    chance = np.random.default_rng(seed)
    _, owner = np.unique(deal, return_inverse=True)
    draws = [np.ones(owner.max() + 1), *_draws(chance, owner.max() + 1)]
    drawn = [_mantel_haenszel(weights[owner], stratum, hit, outcome) for weights in draws]
    whole, others = drawn[0], np.array([each for each in drawn[1:] if np.isfinite(each)])
    if not np.isfinite(whole) or len(others) < DRAWS * 0.9:
        return None, 0.0
    return float(whole), float(others.std(ddof=1))


def _draws(chance: np.random.Generator, deals: int) -> Sequence[NDArray[Any]]:
    return [
        np.bincount(chance.integers(0, deals, deals), minlength=deals) * 1.0 for _ in range(DRAWS)
    ]


def _mantel_haenszel(weights: NDArray[Any], stratum: Numbers, hit: Flags, outcome: Flags) -> float:
    size = int(stratum.max()) + 1

    def summed(which: Flags) -> NDArray[Any]:
        return np.bincount(stratum[which], weights=weights[which], minlength=size)

    cases, controls = summed(hit), summed(~hit)
    total = np.maximum(cases + controls, 1e-12)
    upper = float((summed(hit & outcome) * controls / total).sum())
    lower = float((summed(~hit & outcome) * cases / total).sum())
    return float(np.log(upper / lower)) if upper > 0 and lower > 0 else float("nan")

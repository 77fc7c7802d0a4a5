"""Those that have something against those alike that have not: the difference of two shares.

Rows are compared within a stratum (the same stage and salesperson), and beside that adjusted for
size, age and time by curves (R. Frisch, F. Waugh 1933: what the adjustment explains is taken out
of both sides). Rows of one deal count as one part: they share their fate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ridealong.insight.landmarks import Floats, Table, Truths, Whole

FEWEST = 10
"""So many deals on each side, and half as many of each outcome, or nothing is said."""
SPARE = 20
"""So many more rows than there are things adjusted for."""
_KNOTS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Comparison:
    """``effect``: how much larger the share of those that have it, others alike; ``error``: of it.

    ``having``, ``lacking``: how many rows went well, of how many, as counted.
    """

    effect: float
    error: float
    having: tuple[int, int]
    lacking: tuple[int, int]


def compare(table: Table, having: Truths, strata: Whole) -> list[Comparison | None]:
    """Return how rows that have a thing fared against the others, of each thing apart.

    ``having``: a column for each thing; None for those of which there is too little. ``strata``: a
    number for each row; rows of other numbers are not compared.
    """
    beside = _beside(table)
    _, group = np.unique(strata, return_inverse=True)
    free = strata.size - np.unique(group).size - beside.shape[1]
    if free < SPARE:
        return [None] * having.shape[1]
    both = np.column_stack([table.went, having]).astype(float)
    both, beside = _within(both, group), _within(beside, group)
    left = both - beside @ np.linalg.lstsq(beside, both, rcond=None)[0]
    # What was adjusted for made the rest look smaller than it is.
    caution = float(np.sqrt(strata.size / free))
    return [
        _one(table, having[:, number], left[:, number + 1], left[:, 0], caution)
        for number in range(having.shape[1])
    ]


def _one(
    table: Table, having: Truths, own: Floats, went: Floats, caution: float
) -> Comparison | None:
    """One thing: ``own`` and ``went`` are what is left of having it, and of going well."""
    deals = [np.unique(table.deal[side]).size for side in (having, ~having)]
    outcomes = (int(table.went.sum()), int((~table.went).sum()))
    if min(deals) < FEWEST or min(outcomes) < FEWEST / 2:
        return None
    spread = float(own @ own)
    # Nearly all of it is told by stage, salesperson, size and age: there are none alike.
    if spread < FEWEST / 4:
        return None
    parts = np.bincount(table.deal, weights=own * went)
    error = float(np.sqrt((parts**2).sum())) * caution / spread
    if error <= 0:
        return None
    return Comparison(float(parts.sum()) / spread, error, *_counts(table.went, having))


def _counts(went: Truths, having: Truths) -> tuple[tuple[int, int], tuple[int, int]]:
    return (
        (int(went[having].sum()), int(having.sum())),
        (int(went[~having].sum()), int((~having).sum())),
    )


def _within(values: Floats, group: NDArray[np.intp]) -> Floats:
    """Return each value less the mean of its group."""
    count = np.bincount(group)
    means = np.stack([np.bincount(group, weights=column) / count for column in values.T], axis=1)
    return np.asarray(values - means[group], dtype=float)


def _beside(table: Table) -> Floats:
    """What is adjusted for, as columns: size, age and time as curves; if the buyer was heard."""
    known = np.isfinite(table.worth)
    worth = np.where(known, table.worth, 0.0)
    return np.column_stack(
        [
            *_curve(_ranks(worth)),
            *_curve(_ranks(table.age)),
            *_curve(_ranks(table.at)),
            known.astype(float),
            table.heard.astype(float),
        ]
    )


def _ranks(values: Floats) -> Floats:
    """Return where each value stands among all, from 0 to 1; equal ones at the same place."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    middles = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(middles[inverse] / max(values.size, 1), dtype=float)


def _curve(rank: Floats) -> list[Floats]:
    """A line with bends at the fifths."""
    return [rank, *(np.maximum(rank - knot, 0.0) for knot in _KNOTS)]

"""Worlds: what open things bring, drawn many times, all sums from the same draws.

Deals are not independent: in a good month more of them close. One effect that all share, drawn
anew in each world, shifts every deal's log-odds (a logistic-normal mixture). Every sum is of the
same worlds, so that what salespeople bring adds up to what their leader's team brings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtri

from ridealong.odds.pooled import logit
from ridealong.odds.snapshots import Floats

WORLDS = 2000
EXACT = 2000
"""So many things, those that make sums vary most, are drawn one by one in each world. All others
are many and small: given the shared effect, what they bring in each sum is as good as normal."""
NODES = np.linspace(-4.5, 4.5, 31)
Ints = npt.NDArray[np.int64]


def drawn(
    won: Floats, amounts: Floats, cell: Ints, cells: int, *, shift: float, worlds: int = WORLDS
) -> Floats:
    """Return what things bring, a row each world, a column each of ``cells`` sums.

    ``won``: odds; ``cell``: to which sum each belongs, from 0. ``shift``: standard deviation of
    the shared effect in log-odds. The same every time.
    """
    chance = np.random.default_rng(7)
    # Spread evenly over the effect's distribution, so that few worlds are enough.
    effect = shift * ndtri((chance.permutation(worlds) + 0.5) / worlds)
    base = centred(won, shift)
    order = np.argsort(-(won * (1 - won) * amounts**2), kind="stable")
    found = np.zeros((worlds, cells))
    if len(order):
        lots = _Lots(base, amounts, cell)
        _one_by_one(found, lots.picked(order[:EXACT]), effect, chance)
        if len(order) > EXACT:
            _together(found, lots.picked(order[EXACT:]), effect, chance)
    return found


def centred(won: Floats, shift: float) -> Floats:
    """Return log-odds that give ``won`` on average over the shared effect, to second order."""
    base: Floats = logit(won) - shift**2 / 2 * (1 - 2 * won)
    return base


@dataclass(frozen=True)
class _Lots:
    """Log-odds, amount and sum of each thing."""

    base: Floats
    amounts: Floats
    cell: Ints

    def picked(self, rows: npt.NDArray[np.intp]) -> _Lots:
        return _Lots(self.base[rows], self.amounts[rows], self.cell[rows])


def _one_by_one(found: Floats, lots: _Lots, effect: Floats, chance: np.random.Generator) -> None:
    lots = lots.picked(np.argsort(lots.cell, kind="stable"))
    base, amounts = lots.base.astype(np.float32), lots.amounts
    used, starts = np.unique(lots.cell, return_index=True)
    step = max(1, 4_000_000 // len(base))
    for start in range(0, len(effect), step):
        part = slice(start, start + step)
        odds = expit(base + effect[part, None].astype(np.float32))
        hit = chance.random(odds.shape, dtype=np.float32) < odds
        found[part, used] += np.add.reduceat(hit * amounts, starts, axis=1)


def _together(found: Floats, lots: _Lots, effect: Floats, chance: np.random.Generator) -> None:
    base, amounts, cell = lots.base, lots.amounts, lots.cell
    spread = max(float(np.abs(effect).max()), 1e-9)
    nodes = NODES / NODES[-1] * spread
    cells = found.shape[1]
    mean, variance = np.empty((len(nodes), cells)), np.empty((len(nodes), cells))
    for place, node in enumerate(nodes):
        odds = expit(base + node)
        mean[place] = np.bincount(cell, odds * amounts, cells)
        variance[place] = np.bincount(cell, odds * (1 - odds) * amounts**2, cells)
    at = (effect + spread) / (2 * spread) * (len(nodes) - 1)
    low = np.clip(at.astype(int), 0, len(nodes) - 2)
    share = (at - low)[:, None]
    middle, wide = (
        each[low] * (1 - share) + each[low + 1] * share for each in (mean, np.sqrt(variance))
    )
    found += np.maximum(middle + wide * chance.standard_normal(found.shape), 0.0)

"""The roll-up: what is won in all by a horizon, as a distribution.

Deals are not independent: in a good month more of them close. One effect that all share, drawn
anew in each simulated world, shifts every deal's log-odds; how large it is was estimated from how
much more the past's totals varied than independent deals would have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ridealong.odds.pooled import logit
from ridealong.odds.snapshots import Floats

WORLDS = 4000
PARTS = (0.1, 0.5, 0.9)
USUAL_SHIFT = 0.25
"""How large the shared effect is (standard deviation of log-odds) where the past is too short."""
TRUST = 6.0
"""So many periods of the past weigh as much as what is usual."""


@dataclass(frozen=True)
class Total:
    """The amount won by the horizon: in one of ten worlds less than ``p10``, and so on."""

    p10: float
    p50: float
    p90: float


def rolled_up(won: Floats, amounts: Floats, shift: float) -> Total:
    """Return the distribution of the amount won, of things with these odds and amounts.

    ``shift``: standard deviation of the shared effect, in log-odds.
    """
    chance = np.random.default_rng(7)
    effects = chance.normal(0.0, shift, WORLDS)
    base = logit(won)
    totals = np.empty(WORLDS)
    for world, effect in enumerate(effects):
        odds = 1.0 / (1.0 + np.exp(-(base + effect)))
        totals[world] = amounts[chance.random(len(odds)) < odds].sum()
    p10, p50, p90 = np.quantile(totals, PARTS) if len(won) else (0.0, 0.0, 0.0)
    return Total(float(p10), float(p50), float(p90))


def shift_of(periods: list[tuple[Floats, Floats]]) -> float:
    """Return how large the shared effect was: for each period of the past (odds, won or not).

    Moments: how far each period's count was from what was expected, against what chance alone
    would do. Drawn to ``USUAL_SHIFT`` where periods are few.
    """
    found: list[float] = []
    for odds, hit in periods:
        spread = float((odds * (1 - odds)).sum())
        if spread > 1e-9:
            away = float(hit.sum() - odds.sum())
            # One unit of log-odds moves the expected count by just this much.
            found.append((away**2 - spread) / spread**2)
    variance = max(0.0, float(np.mean(found))) if found else 0.0
    n = len(found)
    return float(np.sqrt((n * variance + TRUST * USUAL_SHIFT**2) / (n + TRUST)))

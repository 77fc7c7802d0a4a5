"""New things: those that begin and are won within a horizon, as many as in windows of the past.

How many: Poisson with a rate that itself varies (negative binomial), its mean and variance those
of windows of the same length over the past year. Who wins them: by each one's share of them, to
which half a thing each is added. How much: drawn from what such things brought.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ridealong.odds.snapshots import Floats
from ridealong.odds.worlds import WORLDS, Ints

LOOK = 365.0
"""Days of the past that are looked at; before, a company was another."""
WEEK = 7.0
USUAL_VARIATION = 0.25
"""How much the rate usually varies from one window to another, as a share of it."""
TRUST = 4.0
"""So many windows side by side weigh as much as what is usual."""
MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Arrivals:
    """Things that were won: when they began and ended (days), what they brought, who won them.

    The past that is known lies between ``since`` and ``until``. ``people``: who may win new ones;
    whoever else did, their share goes to these.
    """

    began: Floats
    ended: Floats
    amounts: Floats
    who: Ints
    people: Ints
    since: float
    until: float

    def as_of(self, moment: float, people: Ints) -> Arrivals:
        """Return what was known at an earlier moment."""
        known = self.ended <= moment
        return replace(self.picked(known), people=people, until=moment)

    def picked(self, rows: np.ndarray) -> Arrivals:
        """Return some of them."""
        return replace(
            self,
            began=self.began[rows],
            ended=self.ended[rows],
            amounts=self.amounts[rows],
            who=self.who[rows],
        )

    def between(self, start: float, horizon: float) -> Arrivals:
        """Return those that began and were won within ``horizon`` days of a moment."""
        return self.picked((self.began > start) & (self.ended <= start + horizon))

    def counts(self, horizon: float) -> Floats:
        """Return how many began and were won within each window of the past year, week by week.

        No window where the past is shorter than one.
        """
        last = self.until - horizon
        starts = np.arange(last, max(self.since, last - LOOK) - 1e-9, -WEEK)
        took = self.ended - self.began
        short = self.picked(took <= horizon)
        return np.array(
            [((short.began > s) & (short.ended <= s + horizon)).sum() for s in starts], dtype=float
        )

    def rate(self, horizon: float) -> tuple[float, float]:
        """Return mean and variance of how many come; the variance knows how few windows say so."""
        counts = self.counts(horizon)
        if not len(counts):
            return 0.0, 0.0
        apart = max(1.0, 1 + (len(counts) - 1) * min(1.0, WEEK / horizon))
        mean = float(counts.mean())
        more = apart * max(0.0, float(counts.var()) - mean) + TRUST * (USUAL_VARIATION * mean) ** 2
        return mean, (mean + more / (apart + TRUST)) * (1 + 1 / apart)

    def shares(self) -> Floats:
        """Return which share of what comes each of ``people`` wins."""
        found = np.array([(self.who == each).sum() for each in self.people]) + 0.5
        shares: Floats = found / found.sum()
        return shares

    def expected(self, horizon: float) -> Floats:
        """Return the mean of what new things bring, for each of ``people``."""
        mean, _ = self.rate(horizon)
        brought = float(self._pool(horizon).mean()) if mean else 0.0
        found: Floats = mean * brought * self.shares()
        return found

    def drawn(self, horizon: float, worlds: int = WORLDS) -> Floats:
        """Return what new things bring: a row each world, a column each of ``people``."""
        mean, variance = self.rate(horizon)
        if not mean or not len(self.people):
            return np.zeros((worlds, len(self.people)))
        chance = np.random.default_rng(11)
        more = variance - mean
        rates = chance.gamma(mean**2 / more, more / mean, worlds) if more > 1e-9 else mean
        many = chance.poisson(np.broadcast_to(rates, worlds)[:, None] * self.shares())
        pool = self._pool(horizon)
        if many.sum() > MOST_DRAWS:
            wide = np.sqrt(many) * pool.std() * chance.standard_normal(many.shape)
            found: Floats = np.maximum(many * pool.mean() + wide, 0.0)
            return found
        brought = pool[chance.integers(0, len(pool), many.sum())]
        place = np.repeat(np.arange(many.size), many.ravel())
        sums = np.bincount(place, brought, many.size).astype(float)
        return sums.reshape(many.shape)

    def _pool(self, horizon: float) -> Floats:
        """What things brought that were won as fast."""
        start = max(self.since, self.until - horizon - LOOK)
        fast = (self.ended - self.began <= horizon) & (self.began > start)
        return self.amounts[fast]

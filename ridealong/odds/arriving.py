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
QUARTER = 365.25 / 4
"""Days. Day 0 began one, so that the place in one is known to within two days without a calendar.
"""
NEAR = 10.0
"""Days around a place in the quarter that are like it."""
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

    def counts(self, horizon: float) -> tuple[Floats, Floats]:
        """Return when each window of the past year began, week by week, and how many came in it.

        They came to be and were won within it. No window where the past is shorter than one.
        """
        last = self.until - horizon
        # A log may begin with what was open then: before the first was won, none could be.
        begins = max(self.since, min(last, float(self.ended.min(initial=last))))
        starts = np.arange(last, max(begins, last - LOOK) - 1e-9, -WEEK)
        took = self.ended - self.began
        short = self.picked(took <= horizon)
        counts = [((short.began > s) & (short.ended <= s + horizon)).sum() for s in starts]
        return starts, np.array(counts, dtype=float)

    def rate(self, horizon: float) -> tuple[float, float]:
        """Return mean and variance of how many come; the variance knows how few windows say so."""
        starts, counts = self.counts(horizon)
        if not len(counts):
            return 0.0, 0.0
        apart = max(1.0, 1 + (len(counts) - 1) * min(1.0, WEEK / horizon))
        mean, away = foreseen(starts, counts, self.until, max(horizon, WEEK), apart)
        more = apart * max(0.0, away - mean) + TRUST * (USUAL_VARIATION * mean) ** 2
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


def foreseen(
    starts: Floats, counts: Floats, start: float, horizon: float, apart: float
) -> tuple[float, float]:
    """Return how many to expect in a window that begins at ``start``, and how far off that is.

    From the mean of all windows, drawn to the mean of those at the same place in other quarters as
    far as that came nearer in the past, each window foreseen from the others (least squares;
    ``TRUST`` windows side by side say: not at all). ``apart``: how many lie side by side. Off by:
    the mean square.
    """
    between = np.abs(starts[:, None] - starts)
    place = np.abs((between + QUARTER / 2) % QUARTER - QUARTER / 2)
    every = between >= horizon - 1e-6
    alike = every & (place <= NEAR) & (between > QUARTER / 2)
    known = every.any(axis=1) & (alike.sum(axis=1) > 1)
    mean = float(counts.mean())
    there = np.abs((start - starts + QUARTER / 2) % QUARTER - QUARTER / 2) <= NEAR
    if not known.any() or there.sum() < 2:
        return mean, float(counts.var())
    usual, season = (
        (part[known] * counts).sum(axis=1) / part[known].sum(axis=1) for part in (every, alike)
    )
    off, lean = counts[known] - usual, season - usual
    weight = float(np.clip((off * lean).sum() / max((lean**2).sum(), 1e-9), 0, 1))
    weight *= apart / (apart + TRUST)
    away = float(((off - weight * lean) ** 2).mean()) if weight else float(counts.var())
    return mean + weight * (float(counts[there].mean()) - mean), away

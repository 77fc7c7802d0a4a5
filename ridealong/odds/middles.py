"""Middles of worlds: which range holds a share of them, with as much left out below as above.

Amounts come in lumps: in half of the worlds a week may bring nothing at all. A range that leaves a
tenth out on either side then holds far more than 80% of them; so what counts is how many lie
within it, its ends included.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ridealong.odds.snapshots import Floats


@dataclass(frozen=True)
class Middles:
    """All middles of totals, the widest first. ``held``: the share of the worlds in each."""

    totals: Floats
    held: Floats

    def ends(self, inside: float) -> tuple[float, float]:
        """Return the ends of the middle that comes nearest to holding so many."""
        place = int(np.argmin(np.abs(self.held - inside)))
        return float(self.totals[place]), float(self.totals[len(self.totals) - 1 - place])

    def share(self, low: float, high: float) -> float:
        """Return how many lie from ``low`` to ``high``."""
        first, last = _first(self.totals, low), _last(self.totals, high)
        return (last - first) / len(self.totals)

    def needed(self, came: float, chance: float) -> float:
        """Return how much the narrowest middle holds that has what ``came`` in it; 1 for none.

        Where amounts come in lumps the next narrower one holds a good deal less, and anywhere
        between is as good: ``chance``, from 0 to 1, says where.
        """
        n = len(self.totals)
        place = min(_last(self.totals, came) - 1, n - 1 - _first(self.totals, came))
        if place < 0:
            return 1.0
        held = float(self.held[min(place, len(self.held) - 1)])
        narrower = self.held[self.held < held]
        below = float(narrower[0]) if len(narrower) else 0.0
        return below + chance * (held - below)


def middles(totals: Floats) -> Middles:
    """Return the middles of totals, one or more."""
    # What differs only by the order it was added up in is the same.
    size = max(float(np.abs(totals).max()), 1.0)
    ordered = np.sort(np.round(totals / size, 9) * size)
    half = (len(ordered) + 1) // 2
    low, high = ordered[:half], ordered[::-1][:half]
    within = np.searchsorted(ordered, high, "right") - np.searchsorted(ordered, low, "left")
    return Middles(ordered, within / len(ordered))


def _first(ordered: Floats, amount: float) -> int:
    return int(np.searchsorted(ordered, amount - _slack(amount), "left"))


def _last(ordered: Floats, amount: float) -> int:
    return int(np.searchsorted(ordered, amount + _slack(amount), "right"))


def _slack(amount: float) -> float:
    return 1e-6 * max(1.0, abs(amount))


def ends(totals: Floats, inside: float) -> tuple[float, float, float]:
    """Return low end, median and high end of the middle nearest to holding ``inside`` of worlds.

    Of no worlds: zeros.
    """
    if not len(totals):
        return 0.0, 0.0, 0.0
    every = middles(totals)
    low, high = every.ends(inside)
    return low, float(np.median(every.totals)), high

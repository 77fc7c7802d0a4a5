"""Seasons: whether the past is long enough to learn from the day that a season ends.

More is won as a quarter ends. But in a short past the days left of a quarter tell one month from
another, and trees would learn what happened in that month.
"""

from __future__ import annotations

import numpy as np

from ridealong.odds.snapshots import OPEN, Snapshots

SEASONS = 2
"""So often at least that day must have been seen to come."""
PART = 0.75
"""Of a season: longer horizons hold most of one, and where they begin matters little."""


def weights(snapshots: Snapshots, horizon: float) -> list[float]:
    """Return how much each feature counts: seasonal ones nothing where they cannot be learned from.

    ``horizon``: days. Something must have ended.
    """
    ended = snapshots.outcome != OPEN
    begins = (snapshots.at + snapshots.after)[ended].min()
    times, first = np.unique(snapshots.at, return_index=True)
    found = [1.0] * len(snapshots.names)
    for name in snapshots.seasonal:
        place = snapshots.names.index(name)
        left = snapshots.values[first, place]
        came = int((np.diff(left[times >= begins]) > 0).sum())
        if came < SEASONS or horizon > float(left.max()) * PART:
            found[place] = 0.0
    return found

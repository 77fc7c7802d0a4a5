"""Allowing for chance: how large a calibration error would be on very many things.

On few, odds that are exactly right are off by something, too, and drawing the same things again
(a bootstrap) only adds to it. So the question is turned round: for which errors would what was
found be nothing unusual? (Test inversion; Carpenter, Statistics in Medicine 1999.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ridealong.odds.snapshots import Floats

DRAWS = 1000
INSIDE = (0.05, 0.95)
SIZES = np.linspace(0.0, 2.0, 81)
"""How large the true error may be, for each unit of what was found."""


def interval(
    odds: Floats,
    hit: npt.NDArray[np.bool_],
    things: npt.NDArray[np.int64],
    parts: Sequence[npt.NDArray[np.intp]],
) -> tuple[float, float]:
    """Return an interval (nine times in ten) for the mean distance between said and came.

    ``things``: which thing each row is of; rows of one are not independent. ``parts``: the rows of
    each bin. The bins' true distances are taken to be like those found, all larger or smaller.
    """
    share = np.array([len(part) for part in parts]) / len(odds)
    away = np.array([float((odds[part] - hit[part]).mean()) for part in parts])
    noise = np.stack([_noise(hit[part], things[part], k) for k, part in enumerate(parts)], axis=1)
    found = float((share * np.abs(away)).sum())
    sums = (np.abs(SIZES[:, None, None] * away + noise) * share).sum(axis=2)
    least, most = np.quantile(sums, INSIDE, axis=1)
    large, small = SIZES[most >= found], SIZES[least <= found]
    return found * float(large.min(initial=SIZES[-1])), found * float(small.max(initial=0.0))


def _noise(hit: npt.NDArray[np.bool_], things: npt.NDArray[np.int64], seed: int) -> Floats:
    """By how much a bin's share is off by chance, drawn many times."""
    _, place = np.unique(things, return_inverse=True)
    count = int(place.max()) + 1
    # As if half a thing more had come, and half a thing more had not.
    usual = (float(hit.mean()) * count + 0.5) / (count + 1)
    sums = np.bincount(place, hit - usual)
    spread = np.sqrt((sums**2).sum() * count / max(count - 1, 1)) / len(hit)
    drawn: Floats = spread * np.random.default_rng(seed).standard_t(max(count - 1, 3), DRAWS)
    return drawn

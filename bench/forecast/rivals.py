"""What the forecast is held against: a stage's own rate, and a quick gradient-boosted baseline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ridealong.odds.snapshots import WON, Floats, Snapshots

TELLING = ("stage", "age", "stage_age", "size", "n_any", "ago_any", "n7_any", "versions", "last")
TWO_DAYS = 2.0


def stage_rate(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
    """Return how often deals of the same stage were won within the horizon."""
    return _rate(known, asked, horizon, known.stage, asked.stage)


def last_event_rate(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
    """Return how often deals of the same stage and last activity were won within the horizon."""
    one, other = (
        np.nan_to_num(each.values[:, each.names.index("last")], nan=-2).astype(int)
        + 1000 * each.stage
        for each in (known, asked)
    )
    return _rate(known, asked, horizon, one, other)


def _rate(
    known: Snapshots,
    asked: Snapshots,
    horizon: float,
    before: npt.NDArray[np.int64],
    now: npt.NDArray[np.int64],
) -> Floats:
    full = known.full(horizon)
    won = known.ended(WON, horizon)
    said = np.full(len(asked), float(won[full].mean()))
    for value in np.unique(now):
        here = full & (before == value)
        if here.sum() >= 10:
            said[now == value] = won[here].mean()
    return said


def quick(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
    """The quick baseline: snapshots every two days, plain gradient boosting, known outcomes."""
    import lightgbm

    away = (known.until - known.at) / TWO_DAYS
    full = known.full(horizon) & (np.abs(away - np.round(away)) < 1e-6)
    rows = known.where(full)
    columns = [
        place
        for place, name in enumerate(rows.names)
        if name in TELLING or name.startswith(("n_type_", "ago_type_"))
    ]
    kinds = [k for k, place in enumerate(columns) if rows.names[place] in rows.categorical]
    told = lightgbm.Dataset(
        rows.values[:, columns], rows.ended(WON, horizon).astype(float), categorical_feature=kinds
    )
    parameters = {"objective": "binary", "verbosity": -1, "seed": 7, "num_threads": 1}
    trees = lightgbm.train(parameters, told, 100)
    return np.asarray(trees.predict(asked.values[:, columns]), dtype=float)

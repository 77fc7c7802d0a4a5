"""Estimators as plain values and back: no code comes out of what was kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from ridealong.odds.arriving import Arrivals
from ridealong.odds.boosted import Boosted, Step
from ridealong.odds.calibrating import Calibration
from ridealong.odds.pooled import Pooled
from ridealong.odds.replaying import Held, Spread


def plain(estimator: Boosted | Pooled) -> dict[str, Any]:
    """Return an estimator as values that JSON can hold."""
    if isinstance(estimator, Pooled):
        return {
            "name": estimator.name,
            "stages": list(estimator.stages),
            "horizons": estimator.horizons.tolist(),
            "counts": estimator.counts.tolist(),
            "late": estimator.late,
        }
    return {
        "name": estimator.name,
        "names": list(estimator.names),
        "horizons": estimator.horizons.tolist(),
        "won": [_step(step) for step in estimator.won],
        "lost": [_step(step) for step in estimator.lost],
        "late": estimator.late,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "trees": None if step.trees is None else step.trees.model_to_string(),
        "share": step.share,
        "calibration": asdict(step.calibration),
    }


def restored(values: dict[str, Any]) -> Boosted | Pooled:
    """Return the estimator again. Raises ``OSError`` where trees cannot be read on this machine."""
    horizons = np.array(values["horizons"])
    if values["name"] == "pooled":
        stages, counts = tuple(values["stages"]), np.array(values["counts"])
        return Pooled(stages, horizons, counts, values["late"])
    won, lost = (tuple(_restored(step) for step in values[part]) for part in ("won", "lost"))
    return Boosted(tuple(values["names"]), horizons, won, lost, values["late"])


def _restored(values: dict[str, Any]) -> Step:
    import lightgbm

    text = values["trees"]
    trees = None if text is None else lightgbm.Booster(model_str=text)
    return Step(trees, values["share"], Calibration(**values["calibration"]))


def plain_spread(spread: Spread) -> dict[str, Any]:
    """Return how far totals stray as values that JSON can hold."""
    return asdict(spread)


def restored_spread(values: dict[str, Any]) -> Spread:
    """Return it again."""
    of = {int(member): Held(**each) for member, each in values["of"].items()}
    members, alone = (
        None if values[part] is None else Held(**values[part]) for part in ("members", "open")
    )
    return Spread(**{**values, "of": of, "members": members, "open": alone})


def plain_arrivals(new: Arrivals) -> dict[str, Any]:
    """Return what was won as values that JSON can hold."""
    return {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in vars(new).items()}


def restored_arrivals(values: dict[str, Any]) -> Arrivals:
    """Return it again."""
    who, people = (np.array(values[part], dtype=np.int64) for part in ("who", "people"))
    numbers = {part: np.array(values[part], float) for part in ("began", "ended", "amounts")}
    return Arrivals(**{**values, **numbers, "who": who, "people": people})

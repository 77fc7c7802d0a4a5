"""The back-test on the company's own history: what would have been said, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from ridealong.odds import boosted, pooled
from ridealong.odds.backtesting import WEEK, Trial, origins, tried
from ridealong.odds.measuring import Measured, measured
from ridealong.odds.replaying import COMPANY, Spread, spread
from ridealong.odds.replaying import Held as Coverage
from ridealong.odds.snapshots import WON, Floats, Snapshots
from ridealong.record import pipeline
from ridealong.record.courses import moment
from ridealong.record.pipeline import Pipeline
from ridealong.record.progress import Progress, Watch
from ridealong.views.forecasting import frame
from ridealong.views.forecasting.baselines import baselines
from ridealong.views.forecasting.frame import Frame
from ridealong.views.forecasting.replays import groups
from ridealong.views.forecasting.replays import said as said_of

HORIZONS = (7.0, 30.0, 90.0)
MOMENTS = 8
SPARE = 0.4
"""Share of the past that the first moment learns from."""


@dataclass(frozen=True)
class Method:
    """One way to tell odds. ``measures`` None: it does not apply, and ``told`` says why."""

    name: str
    told: str
    measures: Measured | None


@dataclass(frozen=True)
class Held:
    """One horizon (days): at which moments all ways were asked, and how they did.

    ``totals``: how often ranges of what comes in all held, said week by week by ``totals_by``.
    """

    horizon: float
    moments: tuple[datetime, ...]
    methods: tuple[Method, ...]
    totals: Spread
    totals_by: str


@dataclass(frozen=True)
class Backtest:
    """``problem``: a sentence why there is none, "" where there is. ``names``: of members."""

    at: datetime
    horizons: tuple[Held, ...]
    problem: str
    names: Mapping[int, str] = field(default_factory=dict)


def backtest(
    pipe: Pipeline, horizons: Sequence[float] = HORIZONS, watch: Watch = lambda _: None
) -> Backtest:
    """Hold odds against what came, up to the moment looked at; of the whole company's deals.

    Takes minutes: at each moment everything is fitted anew. ``watch`` hears of each horizon.
    """
    watch(Progress("reading", 0, len(horizons)))
    everything = pipeline.open(pipeline.EVERYTHING, pipe.at, pipe.known)
    try:
        told, learned = frame.training(everything)
    except ValueError as error:
        return Backtest(pipe.at, (), str(error))
    stated = {each.id: each.probability for each in pipe.stages() if each.probability is not None}
    numbers = {stage: number for number, stage in enumerate(learned.stages)}
    probabilities = {numbers[s]: p for s, p in stated.items() if s in numbers}
    of = groups(everything)
    found = []
    for place, horizon in enumerate(horizons):
        watch(Progress("trying", place, len(horizons)))
        found.append(_held(told, probabilities, horizon, of))
    held = tuple(each for each in found if each is not None)
    problem = "" if held else "The past is too short to hold odds against what came."
    names = {number: each.name for number, each in everything.leading.employed.items()}
    return Backtest(pipe.at, held, problem, names)


def _held(
    told: Frame,
    probabilities: dict[int, float],
    horizon: float,
    of: Mapping[int, frozenset[int]],
) -> Held | None:
    snapshots = told.snapshots
    moments = origins(snapshots, horizon, MOMENTS, SPARE)
    stages = tried(snapshots, pooled.fit, horizon, moments)
    if stages is None:
        return None
    trees, why = _trees(snapshots, horizon, stages)
    methods = [
        Method("boosted trees", why, _measured(trees, trees.won) if trees else None),
        Method(
            "pooled stages", "the stage’s own share by the horizon", _measured(stages, stages.won)
        ),
    ]
    for each in baselines(snapshots, probabilities):
        if each.missing:
            methods.append(Method(each.name, f"does not apply: {each.missing}", None))
            continue
        said = [
            each.says(snapshots.as_of(o), stages.rows.where(stages.origin == o), horizon)
            for o in stages.origins
        ]
        methods.append(Method(each.name, each.told, _measured(stages, np.concatenate(said))))
    better = trees is not None and trees.loss < stages.loss
    best, name = (trees, "boosted trees") if trees and better else (stages, "pooled stages")
    totals = spread(horizon, said_of(told, horizon, best.weekly), of, WEEK)
    return Held(horizon, tuple(moment(o) for o in stages.origins), tuple(methods), totals, name)


def _trees(snapshots: Snapshots, horizon: float, beside: Trial) -> tuple[Trial | None, str]:
    """Try trees at the same moments; none where they cannot be fitted at each of them."""
    try:
        boosted.enough(snapshots.as_of(min(beside.origins)), (horizon,))
    except ValueError as error:
        return None, f"does not apply: {error}"
    trial = tried(snapshots, lambda rows: boosted.fit(rows, (horizon,)), horizon, beside.origins)
    return trial, "gradient-boosted trees on the deal’s state, history and activity"


def _measured(trial: Trial, odds: Floats) -> Measured:
    hit: npt.NDArray[np.bool_] = trial.outcome == WON
    return measured(odds, hit, trial.rows.thing)


def backtest_shape(found: Backtest) -> dict[str, Any]:
    """Return a back-test as commands print it and the API serves it."""
    return {
        "at": found.at.isoformat(),
        "problem": found.problem or None,
        "horizons": [
            {
                "days": held.horizon,
                "moments": [each.isoformat() for each in held.moments],
                "methods": [
                    {"name": each.name, "told": each.told}
                    | {"measures": None if each.measures is None else asdict(each.measures)}
                    for each in held.methods
                ],
            }
            for held in found.horizons
        ],
        "rollup": [_totals(found, held) for held in found.horizons],
    }


def _totals(found: Backtest, held: Held) -> dict[str, Any]:
    """How often ranges of what comes in all held, by the horizon."""
    totals = held.totals
    return {
        "days": held.horizon,
        "by": held.totals_by,
        "shared_effect": totals.shift,
        "inside": dict(totals.inside),
        "company": _times(totals.of.get(COMPANY)),
        "open_deals": _times(totals.open),
        "members": _times(totals.members),
        "by_member": [
            {"name": found.names.get(member, ""), **(_times(each) or {})}
            for member, each in totals.of.items()
            if member != COMPANY
        ],
    }


def _times(held: Coverage | None) -> dict[str, Any] | None:
    return None if held is None else {**asdict(held), "share": held.share}

"""What is there without us: stage probabilities, forecast categories, salespeople's close dates.

Each says how likely the deals open at a moment are won by a horizon, from what was known then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ridealong.odds.snapshots import OPEN, WON, Floats, Snapshots

SURE = 0.01
"""What the close date rules out, or the stage makes sure, still happens this often."""


@dataclass(frozen=True)
class Baseline:
    """``says``: odds from (what was known, what is asked, horizon); ``told``: what it does.

    ``missing``: why it does not apply to these deals, "" where it does.
    """

    name: str
    told: str
    missing: str
    says: Callable[[Snapshots, Snapshots, float], Floats]


def baselines(snapshots: Snapshots, probabilities: Mapping[int, float]) -> tuple[Baseline, ...]:
    """Return the three; ``probabilities``: what the CRM says of a stage, by its number here."""
    own = "what the CRM says of the stage, whenever it closes"
    counted = "the share of ended deals that were won from the stage, whenever they closed"

    def stage(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
        del horizon
        said = _shares(known, asked, "stage")
        for number, probability in probabilities.items():
            said[asked.stage == number] = probability
        return said

    def category(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
        del horizon
        return _shares(known, asked, "category")

    def close_date(known: Snapshots, asked: Snapshots, horizon: float) -> Floats:
        closes = _column(asked, "close_in") <= horizon
        return np.where(closes, stage(known, asked, horizon), SURE)

    return (
        Baseline(
            "stage probability",
            own if probabilities else counted,
            "" if (snapshots.stage >= 0).any() else "no deal has a stage",
            stage,
        ),
        Baseline(
            "forecast category",
            "the share of ended deals that were won from the category, whenever they closed",
            _missing(snapshots, "category", "no deal has a forecast category"),
            category,
        ),
        Baseline(
            "close date",
            "the stage’s probability where the salesperson’s close date is within the horizon",
            _missing(snapshots, "close_in", "no deal has a close date while it is open"),
            close_date,
        ),
    )


def _column(snapshots: Snapshots, name: str) -> Floats:
    return snapshots.values[:, snapshots.names.index(name)].astype(float)


def _missing(snapshots: Snapshots, name: str, why: str) -> str:
    return why if np.isnan(_column(snapshots, name)).all() else ""


def _shares(known: Snapshots, asked: Snapshots, name: str) -> Floats:
    """How many of what has ended were won, by what a column says."""
    ended = known.where(known.outcome != OPEN)
    won = (ended.outcome == WON).astype(float)
    overall = float((won.sum() + 0.5) / (len(won) + 1))
    before, now = _column(ended, name), _column(asked, name)
    said = np.full(len(asked), overall)
    for value in np.unique(now[~np.isnan(now)]):
        here = won[before == value]
        if len(here):
            said[now == value] = np.clip(here.mean(), SURE, 1 - SURE)
    return said

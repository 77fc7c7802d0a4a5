"""Fits: learning from what the whole company's record showed until a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ridealong.odds import pooled
from ridealong.odds.boosted import Boosted
from ridealong.odds.choosing import chosen
from ridealong.odds.pooled import Pooled
from ridealong.record import pipeline
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting import frame
from ridealong.views.forecasting.frame import Learned
from ridealong.views.forecasting.horizons import Horizon
from ridealong.views.forecasting.replays import Past, past


@dataclass(frozen=True)
class Fit:
    """An estimator with what scoring needs. ``until``: days; ``told``: what it rests on.

    ``loss``: its log loss in the back-test, None where there was none. ``past``: how far totals
    strayed.
    """

    estimator: Boosted | Pooled
    learned: Learned
    until: float
    told: tuple[str, ...]
    loss: float | None
    past: Past


def fitted(pipe: Pipeline, horizons: Sequence[Horizon] | None = None) -> Fit:
    """Fit to the whole company's deals up to the moment looked at; ``horizons`` None for all.

    Raises ``ValueError`` with a sentence where there is nothing to learn from.
    """
    everything = pipeline.open(pipeline.EVERYTHING, pipe.at, pipe.known)
    told, learned = frame.training(everything)
    asked = None if horizons is None else np.array([each.days for each in horizons])
    choice = chosen(told.snapshots, asked)
    said = f"Learned from {learned.ended:,} deals that have ended."
    return Fit(
        estimator=choice.estimator,
        learned=learned,
        until=told.snapshots.until,
        told=(said, *choice.told),
        loss=choice.loss,
        past=past(everything, told, choice.weekly),
    )


def simply_fitted(pipe: Pipeline) -> Fit:
    """Return each stage's own shares up to the moment looked at, untried: seconds, not minutes.

    For a history that is made all at once. Raises ``ValueError`` as ``fitted`` does.
    """
    everything = pipeline.open(pipeline.EVERYTHING, pipe.at, pipe.known)
    told, learned = frame.training(everything)
    said = f"Learned from {learned.ended:,} deals that have ended: the shares of each stage."
    return Fit(
        estimator=pooled.fit(told.snapshots),
        learned=learned,
        until=told.snapshots.until,
        told=(said,),
        loss=None,
        past=past(everything, told, {}),
    )

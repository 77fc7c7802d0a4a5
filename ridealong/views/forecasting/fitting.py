"""Which fit answers: learned from what the whole company's record showed until then."""

from __future__ import annotations

from dataclasses import dataclass

from ridealong.odds import boosted, pooled
from ridealong.odds.boosted import Boosted
from ridealong.odds.pooled import Pooled
from ridealong.record import pipeline
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting import frame
from ridealong.views.forecasting.frame import Learned


@dataclass(frozen=True)
class Fit:
    """An estimator with what scoring needs. ``until``: days; ``told``: what it rests on."""

    estimator: Boosted | Pooled
    learned: Learned
    until: float
    told: tuple[str, ...]


def for_moment(pipe: Pipeline) -> Fit:
    """Return the fit that answers at the moment looked at.

    Raises ``ValueError`` with a sentence where there is nothing to learn from.
    """
    return fitted(pipe)


def fitted(pipe: Pipeline) -> Fit:
    """Fit to the whole company's deals up to the moment looked at."""
    everything = pipeline.open(pipeline.EVERYTHING, pipe.at, pipe.known)
    told, learned = frame.training(everything)
    snapshots = told.snapshots
    estimator: Boosted | Pooled
    try:
        estimator = boosted.fit(snapshots)
    except ValueError:
        estimator = pooled.fit(snapshots)
    said = f"Learned from {snapshots.closed:,} ended deals."
    return Fit(estimator, learned, snapshots.until, (said,))

"""Which fit answers: the newest one kept that is not too old, else one made for the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from ridealong.odds.choosing import chosen
from ridealong.odds.snapshots import LOST, OPEN, WON, Prediction, Snapshots
from ridealong.record import fits as stored
from ridealong.record import pipeline
from ridealong.record.courses import days, moment
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting import frame
from ridealong.views.forecasting.fits import Fit, fitted, simply_fitted
from ridealong.views.forecasting.horizons import Horizon
from ridealong.views.forecasting.keeping import FORM, packed, unpacked

FRESH = timedelta(days=8)
"""A fit older than this is not asked."""
NOT_YET = "Odds of this moment were not kept. They are learned from your own deals once a day."
ENOUGH = 30
"""So many deals must be asked about before two fits are compared."""


@dataclass(frozen=True)
class Refit:
    """What came of fitting anew. ``used``: whether it answers from now on, and ``why``."""

    fit: Fit
    used: bool
    why: str


def for_moment(pipe: Pipeline, horizons: Sequence[Horizon], *, patient: bool) -> Fit:
    """Return the fit that answers at the moment looked at.

    Where none is kept, one is made for the question, which takes a while, if the caller is
    ``patient``. Raises ``ValueError`` with a sentence where there is none, or nothing to learn
    from.
    """
    # What was known at another moment than now is what no kept fit was made with.
    kept = None if pipe.known else _kept(pipe)
    if kept is None and not patient:
        raise ValueError(NOT_YET)
    return kept or fitted(pipe, horizons)


_unpacked = lru_cache(maxsize=4)(unpacked)
"""Reading trees takes longer than asking them; what is kept never changes."""


def _kept(pipe: Pipeline) -> Fit | None:
    found = stored.newest(FORM, pipe.at)
    if found is None or pipe.at - found.until > FRESH:
        return None
    try:
        return _unpacked(found.body)
    except OSError:
        # Its trees were fitted where LightGBM works; here it does not, and the stages' shares do.
        return None


def refit() -> Refit:
    """Fit to what is known now and keep it; used only where the old one does no better.

    Raises ``ValueError`` with a sentence where there is nothing to learn from.
    """
    pipe = pipeline.open(pipeline.EVERYTHING)
    fit = fitted(pipe)
    old = _kept(pipe)
    used, why = (True, "It is the first.") if old is None else compared(pipe, old)
    _keep(fit, used=used)
    return Refit(fit, used, why)


def fit_simply(at: datetime) -> Fit:
    """Fit each stage's own shares to what the record has up to a moment, and keep that.

    For a history that is made all at once. Raises ``ValueError`` as ``refit`` does.
    """
    fit = simply_fitted(pipeline.open(pipeline.EVERYTHING, at))
    _keep(fit, used=True)
    return fit


def _keep(fit: Fit, *, used: bool) -> None:
    until = moment(fit.until)
    stored.keep(packed(fit), form=FORM, until=until, loss=fit.loss, used=used, told=fit.told)


def compared(pipe: Pipeline, old: Fit) -> tuple[bool, str]:
    """Say whether fitting anew does no worse than the old fit on what came since, and why.

    Both are asked about the same snapshots: the old fit as it is, and one fitted to the record as
    it is now, halfway between the old one's end and now. Neither knows what came after.
    """
    told, _ = frame.training(pipe, like=old.learned)
    snapshots = told.snapshots
    halfway = (old.until + days(pipe.at)) / 2
    horizon = (days(pipe.at) - halfway) / 2
    asked = snapshots.where((snapshots.at >= halfway) & snapshots.full(horizon))
    if len(np.unique(asked.thing)) < ENOUGH:
        return True, "Too little came since the last fit to compare them."
    by = np.array([horizon])
    try:
        new = chosen(snapshots.as_of(halfway), by).estimator
    except ValueError as error:
        return False, str(error)
    ours, theirs = (_loss(each.predict(asked, by), asked) for each in (new, old.estimator))
    against = f"On what came since, the new fit missed by {ours:.4f}, the old one by {theirs:.4f}"
    if ours > theirs:
        return False, f"{against}: the old one stays."
    return True, f"{against}."


def _loss(said: Prediction, asked: Snapshots) -> float:
    horizon = float(said.horizons[0])
    odds = np.stack([said.open[:, 0], said.won[:, 0], said.lost[:, 0]], axis=1)
    won, lost = asked.ended(WON, horizon), asked.ended(LOST, horizon)
    outcome = np.where(won, WON, np.where(lost, LOST, OPEN))
    return float(-np.log(np.clip(odds[np.arange(len(odds)), outcome], 1e-4, 1)).mean())

"""Odds of deals by horizons, each with the reasons that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ridealong.record.courses import moment
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting import fitting, frame
from ridealong.views.forecasting.fits import Fit
from ridealong.views.forecasting.horizons import Horizon
from ridealong.views.forecasting.reasons import Reason, reasons
from ridealong.views.forecasting.replays import Past


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely one deal is won, lost or still open by one horizon; together they are 1.

    ``low`` and ``high``: an interval that holds the chance of winning, four times in five.
    ``reasons``: at most three, the strongest first.
    """

    deal: int
    key: str
    horizon: Horizon
    won: float
    lost: float
    open: float
    low: float
    high: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Book:
    """Odds of some deals. ``odds[deal][horizon's name]``; a deal without any was not open then.

    ``problem``: a sentence why there are none, "" where there are. ``told``: sentences on what
    they rest on. ``estimator``: boosted, pooled or "". ``until``: what was learned from ends there.
    ``past``: how far totals of such odds strayed; None where there are none.
    """

    horizons: tuple[Horizon, ...]
    odds: dict[int, dict[str, Odds]]
    problem: str
    told: tuple[str, ...]
    estimator: str
    until: datetime | None
    past: Past | None

    def of(self, deal: int, horizon: str) -> Odds | None:
        """Return one deal's odds by one horizon."""
        return self.odds.get(deal, {}).get(horizon)


def odds_of(
    pipe: Pipeline,
    deals: Iterable[int],
    horizons: Sequence[Horizon],
    *,
    why: bool = True,
    patient: bool = False,
    fit: Fit | None = None,
) -> Book:
    """Return the odds of these deals (numbers), as the record showed them at the moment.

    Of those in sight and open then; nothing learned after the moment looked at has a part in them.
    ``why`` False leaves reasons out, which is faster. ``patient``: where no fit is kept, wait for
    one to be made, which a page cannot. ``fit``: ask this one, whatever is kept. Where nothing can
    be said, the book says why.
    """
    asked = tuple(horizons)
    try:
        fit = fit or fitting.for_moment(pipe, asked, patient=patient)
    except ValueError as error:
        return Book(asked, {}, str(error), (), "", None, None)
    seen = [deal for deal in pipe.deals_numbered(sorted(set(deals))) if deal.status == "open"]
    keys = {deal.id: deal.key for deal in seen}
    told = frame.scoring(pipe, sorted(keys), fit.learned)
    found: dict[int, dict[str, Odds]] = {}
    snapshots = told.snapshots
    if len(snapshots):
        predicted = fit.estimator.predict(snapshots, np.array([h.days for h in asked]))
        names = {stage.id: stage.name for stage in pipe.stages()}
        for place, asking in enumerate(asked):
            added = fit.estimator.contributions(snapshots, asking.days)[0] if why else None
            for row, number in enumerate(snapshots.thing.tolist()):
                values = dict(zip(snapshots.names, snapshots.values[row].tolist(), strict=True))
                found.setdefault(number, {})[asking.name] = Odds(
                    deal=number,
                    key=keys[number],
                    horizon=asking,
                    won=float(predicted.won[row, place]),
                    lost=float(predicted.lost[row, place]),
                    open=float(predicted.open[row, place]),
                    low=float(predicted.low[row, place]),
                    high=float(predicted.high[row, place]),
                    reasons=()
                    if added is None
                    else reasons(values, added[row], fit.learned, names),
                )
    return Book(asked, found, "", fit.told, fit.estimator.name, moment(fit.until), fit.past)

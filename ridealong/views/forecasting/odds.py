"""Odds of deals by horizons, each with the reasons that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from ridealong.odds.snapshots import Prediction, Snapshots
from ridealong.record.courses import days, moment
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
    ``reasons``: at most three, the strongest first. ``before``: how likely it was earlier that it
    is won by just the same moment, None where it was not open then, or nobody asked.
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
    before: float | None = None


@dataclass(frozen=True)
class Book:
    """Odds of some deals. ``odds[deal][horizon's name]``; a deal without any was not open then.

    ``problem``: a sentence why there are none, "" where there are. ``told``: sentences on what
    they rest on. ``estimator``: boosted, pooled or "". ``until``: what was learned from ends there.
    ``past``: how far totals of such odds strayed; None where there are none. ``usual``: by
    horizon's name, how often any open deal of the company was won so soon.
    """

    horizons: tuple[Horizon, ...]
    odds: dict[int, dict[str, Odds]]
    problem: str
    told: tuple[str, ...]
    estimator: str
    until: datetime | None
    past: Past | None
    usual: Mapping[str, float] = field(default_factory=dict)

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
    back: timedelta | None = None,
    fit: Fit | None = None,
) -> Book:
    """Return the odds of these deals (numbers), as the record showed them at the moment.

    Of those in sight and open then; nothing learned after the moment looked at has a part in them.
    ``why`` False leaves reasons out, which is faster. ``patient``: where no fit is kept, wait for
    one to be made, which a page cannot. ``back``: also how likely the same was so long before, as
    the record showed the deals then. ``fit``: ask this one, whatever is kept. Where nothing can be
    said, the book says why.
    """
    asked = tuple(horizons)
    try:
        fit = fit or fitting.for_moment(pipe, asked, patient=patient)
    except ValueError as error:
        return Book(asked, {}, str(error), (), "", None, None)
    found = _told(pipe, fit, deals, asked, why=why, back=back)
    usual = fit.estimator.usual(np.array([each.days for each in asked]))
    return Book(
        horizons=asked,
        odds=found,
        problem="",
        told=fit.told,
        estimator=fit.estimator.name,
        until=moment(fit.until),
        past=fit.past,
        usual={each.name: float(usual[place]) for place, each in enumerate(asked)},
    )


def _told(
    pipe: Pipeline,
    fit: Fit,
    deals: Iterable[int],
    asked: tuple[Horizon, ...],
    *,
    why: bool,
    back: timedelta | None,
) -> dict[int, dict[str, Odds]]:
    seen = [deal for deal in pipe.deals_numbered(sorted(set(deals))) if deal.status == "open"]
    keys = {deal.id: deal.key for deal in seen}
    if not keys:
        return {}
    ago = None if back is None else back / timedelta(days=1)
    rows = frame.scoring(pipe, sorted(keys), fit.learned, ago).snapshots
    at = days(pipe.at)
    now, then = rows.where(rows.at >= at - 1e-6), rows.where(rows.at < at - 1e-6)
    before = _before(fit, then, asked, ago or 0.0)
    return _odds(pipe, fit, now, asked, keys, before, why=why)


def _before(
    fit: Fit, then: Snapshots, asked: tuple[Horizon, ...], ago: float
) -> Mapping[int, Sequence[float]]:
    """How likely each deal was, so many days ago, to be won by just the same moments."""
    if not len(then):
        return {}
    said = fit.estimator.predict(then, np.array([each.days + ago for each in asked])).won
    return dict(zip(then.thing.tolist(), said.tolist(), strict=True))


def _odds(  # noqa: PLR0917  what was read once for all of them
    pipe: Pipeline,
    fit: Fit,
    now: Snapshots,
    asked: tuple[Horizon, ...],
    keys: Mapping[int, str],
    before: Mapping[int, Sequence[float]],
    *,
    why: bool,
) -> dict[int, dict[str, Odds]]:
    found: dict[int, dict[str, Odds]] = {}
    if not len(now):
        return found
    said = fit.estimator.predict(now, np.array([each.days for each in asked]))
    for place, asking in enumerate(asked):
        because = _because(pipe, fit, now, asking) if why else [()] * len(now)
        figures = _figures(said, place)
        for row, number in enumerate(now.thing.tolist()):
            found.setdefault(number, {})[asking.name] = Odds(
                deal=number,
                key=keys[number],
                horizon=asking,
                **figures[row],
                reasons=because[row],
                before=before[number][place] if number in before else None,
            )
    return found


def _figures(said: Prediction, place: int) -> list[dict[str, float]]:
    """Return each row's odds by one horizon."""
    names = ("won", "lost", "open", "low", "high")
    columns = (getattr(said, name)[:, place].tolist() for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _because(
    pipe: Pipeline, fit: Fit, rows: Snapshots, asking: Horizon
) -> list[tuple[Reason, ...]]:
    """Return the reasons of each row."""
    names = {stage.id: stage.name for stage in pipe.stages()}
    added, _ = fit.estimator.contributions(rows, asking.days)
    return [
        reasons(
            dict(zip(rows.names, rows.values[row].tolist(), strict=True)),
            added[row],
            fit.learned,
            names,
        )
        for row in range(len(rows))
    ]

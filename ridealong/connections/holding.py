"""Runs that hold odds against what came on the company's own history, and that tell many odds.

Both take minutes in a large company, which no page waits for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ridealong.connections import refitting
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.directory import organisation
from ridealong.record.pipeline import EVERYTHING, Criteria
from ridealong.record.progress import Watch
from ridealong.sources.stating import keep_trial
from ridealong.views.forecasting.many import MANY

HOLDING = "odds on the past"
"""What the run works on that holds odds against what came."""
TELLING = "odds of many"
"""What the run works on that tells the odds of every open deal, where they are many."""
EVERY = timedelta(days=7)
HOURLY = timedelta(hours=1)
NIGHT = range(1, 5)
"""Hours of the company's day in which it may take its minutes; the first time, any."""


def start_due() -> None:
    """Start what is due: the back-test once a week, at night; many odds once an hour.

    Not while odds are being fitted: then what is to be told of would be old at once.
    """
    fits = Run.objects.filter(subject=refitting.SUBJECT)
    if fits.filter(state__in=["waiting", "running"]).exists() or not fits.exists():
        return
    if _is_due(HOLDING, EVERY) and (
        _is_night() or not Run.objects.filter(subject=HOLDING).exists()
    ):
        starting.start("holding", subject=HOLDING)
    if _is_due(TELLING, HOURLY) and _are_many():
        starting.start("telling", subject=TELLING)


def _is_night() -> bool:
    return clock.now().astimezone(organisation().time_zone).hour in NIGHT


def _are_many() -> bool:
    counted = pipeline.open(EVERYTHING).tallies(Criteria(), "")
    return sum(each.count for each in counted) > MANY


def _is_due(subject: str, every: timedelta) -> bool:
    since = clock.now() - every
    return not Run.objects.filter(subject=subject, created_at__gt=since).exists()


def hold(_run: Run, watch: Watch) -> dict[str, Any]:
    """Hold odds against what came and keep what came out; a run of the kind "holding"."""
    # What back-tests is slow to import, and no other run needs it.
    from ridealong.views import forecasting

    pipe = pipeline.open(EVERYTHING)
    found = forecasting.backtest(pipe, watch=watch)
    keep_trial(forecasting.KEPT_AS, forecasting.backtest_shape(found), at=pipe.at)
    return {"problem": found.problem, "horizons": len(found.horizons)}


def tell(_run: Run, _watch: Watch) -> dict[str, Any]:
    """Tell and keep the odds of every open deal; a run of the kind "telling"."""
    from ridealong.views.forecasting import ranking

    try:
        return {"deals": ranking.keep(pipeline.open(EVERYTHING))}
    except ValueError as error:
        return {"deals": 0, "why": str(error)}

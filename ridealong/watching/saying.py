"""Saying each morning what Ridealong thinks, so that it can be held against what came.

Odds and ranges as soon as a fit can tell them, insights in any case; what could not be said stays
unsaid for the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.clock import start_of_day
from ridealong.lib.periods import SPANS
from ridealong.record import fits, pipeline
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.record.progress import Progress, Watch
from ridealong.sources.stating import Statement, say, statement_key
from ridealong.sources.stating.saying import What

if TYPE_CHECKING:
    from ridealong.views.forecasting.fits import Fit

SAYING = "saying"
"""What the run works on that says it."""
HOUR = 6
"""The hour of the company's day from which on it is morning."""
WHATS: tuple[What, ...] = ("odds", "ranges", "insights")


def carry_out(_run: Any, watch: Watch) -> dict[str, Any]:
    """Say what is to be said today; a run of the kind "say"."""
    watch(Progress("saying", 0, None))
    return {"said": say_due()}


def say_due(
    *,
    now: datetime | None = None,
    live: bool = True,
    fit: Fit | None = None,
    whats: tuple[What, ...] = WHATS,
) -> int:
    """Say what was not said yet on this day of the company; return how many statements that is.

    All of it or nothing; cut anywhere, it is completed by running it again, and run again it adds
    nothing. ``now``: the moment, this one by default. ``live`` False: kept as of that moment, for a
    history that is made all at once; ``fit``: whom to ask for odds then.
    """
    pipe = pipeline.open(EVERYTHING, now or clock.now())
    today = _today(pipe)
    unsaid = [what for what in whats if not pipe.said.was_said(statement_key(what, today))]
    return say(_statements(pipe, unsaid, fit), day=today, at=pipe.at, live=live)


def _today(pipe: Pipeline) -> date:
    return pipe.at.astimezone(pipe.organisation.time_zone).date()


def _statements(pipe: Pipeline, unsaid: list[What], fit: Fit | None) -> Iterator[Statement]:
    """Yield what is to be said; the one place that lists it."""
    # What tells odds is slow to import, and no other run needs it.
    from ridealong.views import forecasting, said

    if {"odds", "ranges"} & set(unsaid):
        names = dict.fromkeys((*said.HORIZONS, *SPANS))
        deals = pipe.courses.deals(open_only=True)
        asked = forecasting.horizons(pipe, names)
        book = forecasting.odds_of(pipe, deals, asked, why=False, fit=fit)
        odds, ranges = said.odds_to_say(pipe, book), said.ranges_to_say(pipe, book)
        if "odds" in unsaid and odds is not None:
            yield Statement("odds", odds.body, odds=odds.values)
        if "ranges" in unsaid and ranges is not None:
            yield Statement("ranges", ranges.body, ranges=ranges.values)
    if "insights" in unsaid and not pipe.evidence.is_empty:
        claims = said.claims_to_say(pipe)
        people = sorted({claim["person"] for claim in claims.values.values()} - {""})
        yield Statement("insights", claims.body, claims=claims.values, people=people)


def start_due() -> None:
    """Start saying what today's morning has not said yet: once a morning, and after each new fit.

    Once is enough for what cannot be said, too.
    """
    now = clock.now()
    pipe = pipeline.open(EVERYTHING, now)
    today = _today(pipe)
    morning = start_of_day(today, pipe.organisation.time_zone) + timedelta(hours=HOUR)
    if now < morning or pipe.evidence.is_empty or starting.failed_lately(SAYING):
        return
    fitted = fits.made_last()
    since = morning if fitted is None else max(morning, fitted)
    tried = Run.objects.filter(subject=SAYING, created_at__gt=since).exists()
    if not tried and not all(pipe.said.was_said(statement_key(what, today)) for what in WHATS):
        starting.start("say", subject=SAYING)

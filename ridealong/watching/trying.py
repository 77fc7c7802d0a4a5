"""Trying the rules on the company's own past, so that one without a lift says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ridealong.jobs import starting
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.progress import Watch
from ridealong.sources.stating import keep_trial
from ridealong.views import signals

TRYING = "trying signals"
"""What the run works on that tries them."""
EVERY = timedelta(days=7)
NIGHT = range(1, 5)
"""Hours of the company's day in which it may take its minutes."""


def carry_out(_run: Any, watch: Watch) -> dict[str, Any]:
    """Try every rule and keep what came out; a run of the kind "trial"."""
    pipe = pipeline.open(EVERYTHING)
    shape = signals.trial_shape(signals.backtest(pipe, watch))
    keep_trial("signals", shape, at=pipe.at)
    return {"weeks": shape["weeks"], "deals": shape["deals"]}


def start_due() -> None:
    """Start trying the rules, once a week, at night."""
    now = clock.now()
    pipe = pipeline.open(EVERYTHING, now)
    night = now.astimezone(pipe.organisation.time_zone).hour in NIGHT
    if not night or starting.failed_lately(TRYING):
        return
    if _is_old(pipe.signals.trial("signals"), now) and not pipe.evidence.is_empty:
        starting.start("trial", subject=TRYING)


def _is_old(trial: tuple[datetime, Any] | None, now: datetime) -> bool:
    return trial is None or now - trial[0] >= EVERY

"""``python -m bench.forecast.size``: fitting to many deals and scoring the open ones.

The estimator alone, on a simulated frame; then through a record that was imported.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ridealong.odds import boosted, pooled
from ridealong.odds.boosted import Boosted
from ridealong.odds.pooled import Pooled
from ridealong.odds.snapshots import LOST, OPEN, WON, Snapshots

FEATURES = 80
DAYS = 1500.0
SCORED = 20_000


def frame(deals: int, *, ended: bool, seed: int = 7) -> Snapshots:
    """A snapshot of each of so many deals, with as many features as real ones have."""
    dice = np.random.default_rng(seed)
    values = dice.normal(size=(deals, FEATURES)).astype(np.float32)
    stage = dice.integers(0, 6, deals)
    values[:, 0] = stage
    score = values[:, 1] + 0.5 * values[:, 2] + 0.3 * (stage - 3)
    won = dice.random(deals) < 1 / (1 + np.exp(-score))
    after = dice.exponential(30, deals) if ended else np.zeros(deals)
    at = dice.uniform(0, DAYS - after, deals) if ended else np.full(deals, DAYS)
    outcome = np.where(won, WON, LOST) if ended else np.full(deals, OPEN)
    return Snapshots(
        names=("stage", *(f"x{number}" for number in range(1, FEATURES))),
        values=values,
        categorical=frozenset({"stage"}),
        stage=stage.astype(np.int64),
        thing=np.arange(deals),
        at=at,
        outcome=outcome.astype(np.int8),
        after=after,
        until=DAYS,
    )


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Do the work, and say how long it took and how much memory was in use at most."""
    started = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak //= 1024 if sys.platform != "darwin" else 1024 * 1024
    print(f"| {what} | {seconds:.2f} s | {peak:,} MB |", flush=True)
    return found


def estimators(closed: int, still_open: int) -> None:
    """Time both estimators on a simulated frame."""
    asked = np.array([7.0, 30.0, 90.0])
    past, now = frame(closed, ended=True), frame(still_open, ended=False, seed=8)
    fitters: dict[str, Callable[[Snapshots], Boosted | Pooled]] = {
        "trees": boosted.fit,
        "stages": pooled.fit,
    }
    for name, fit in fitters.items():
        fitted = timed(f"{name}: fit, {closed:,} deals", partial(fit, past))
        score = partial(fitted.predict, now, asked)
        timed(f"{name}: score {still_open:,}, 3 horizons", score)
        timed(f"{name}: contributions", partial(fitted.contributions, now, 30.0))


def through_the_record() -> None:
    """Time the frame, the fit, all open deals and one, on the record of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ridealong.site.settings")
    import django

    django.setup()
    from ridealong.record import pipeline
    from ridealong.views import forecasting
    from ridealong.views.forecasting import frame as frames
    from ridealong.views.forecasting.fitting import refit

    pipe = pipeline.open(pipeline.EVERYTHING)
    numbers = pipe.courses.deals(open_only=True)
    told, _ = timed("the record: frame", lambda: frames.training(pipe))
    print(json.dumps({"snapshots": len(told.snapshots), "open": len(numbers)}), file=sys.stderr)
    timed("the record: frame, back-test and fit", refit)
    # Only from here on does what was just fitted answer.
    pipe = pipeline.open(pipeline.EVERYTHING)
    asked = forecasting.horizons(pipe, ["month"])
    for asked_about in (numbers[:SCORED], numbers[:1]):
        book = timed(
            f"odds of {len(asked_about):,} open deals",
            partial(forecasting.odds_of, pipe, asked_about, asked),
        )
        if book.problem:
            raise SystemExit(f"No odds were told: {book.problem}")


def main() -> None:
    """Print a table."""
    choices = argparse.ArgumentParser(prog="python -m bench.forecast.size", description=__doc__)
    choices.add_argument("--closed", type=int, default=1_000_000)
    choices.add_argument("--open", type=int, default=20_000)
    choices.add_argument("--record", action="store_true", help="that of RIDEALONG_HOME instead")
    chosen = choices.parse_args()
    print("| | time | peak memory so far |\n| --- | ---: | ---: |")
    if chosen.record:
        through_the_record()
    else:
        estimators(chosen.closed, chosen.open)


if __name__ == "__main__":
    main()

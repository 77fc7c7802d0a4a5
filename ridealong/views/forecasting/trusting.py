"""Whether odds are to be trusted: the last back-test on the company's own history, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ridealong.odds.measuring import Bin, Measured
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.held import Held, Method, backtest_from
from ridealong.views.forecasting.odds import odds_of

KEPT_AS = "forecast"
"""Under what name back-tests of odds are kept."""
NAMES = {"boosted": "boosted trees", "pooled": "pooled stages"}
"""What an estimator is called in a back-test."""
METHODS = {
    "boosted trees": "Ridealong, from all that is known of a deal",
    "pooled stages": "Ridealong, from the stage alone",
    "stage probability": "The stage’s probability",
    "forecast category": "The forecast category",
    "close date": "The salesperson’s close date",
}
_SPOKEN = {
    "boosted trees": "trees on all that is known of a deal",
    "pooled stages": "the stage’s own share by the horizon",
    "stage probability": "the stage’s probability",
    "forecast category": "the forecast category",
    "close date": "the salesperson’s close date",
}


@dataclass(frozen=True, slots=True)
class Horizon:
    """How odds held by one horizon (days). ``sentences``: what it comes to, in plain words.

    ``ours``: the method in use, None where it was not tried.
    """

    held: Held
    ours: Method | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """What odds rest on now, and how they held. ``estimator``: "" where nothing answers yet.

    ``problem``: why there is no fit, or no back-test. ``made_at``: when the back-test was made.
    """

    estimator: str
    told: tuple[str, ...]
    until: datetime | None
    problem: str
    made_at: datetime | None
    horizons: tuple[Horizon, ...]


def trust(pipe: Pipeline) -> Trust:
    """Return what the odds of the moment rest on, and the last back-test that was kept."""
    book = odds_of(pipe, (), ())
    kept = pipe.signals.trial(KEPT_AS)
    found = backtest_from(kept[1]) if kept else None
    return Trust(
        estimator=book.estimator,
        told=book.told,
        until=book.until,
        problem=(found.problem if found else "") or book.problem,
        made_at=kept[0] if kept else None,
        horizons=tuple(_horizon(each, book.estimator) for each in found.horizons) if found else (),
    )


def _horizon(held: Held, estimator: str) -> Horizon:
    by = {each.name: each for each in held.methods if each.measures}
    ours = by.get(NAMES.get(estimator, "")) or by.get("pooled stages")
    if ours is None or ours.measures is None:
        return Horizon(held, None, ())
    others = [each for each in by.values() if each is not ours]
    return Horizon(held, ours, (*_held(ours.measures), *_against(ours.measures.log_loss, others)))


def _held(m: Measured) -> tuple[str, ...]:
    top = max(m.bins, key=lambda each: each.said)
    within = f"({m.calibration_low * 100:.0f} to {m.calibration_high * 100:.0f})"
    away = f"{m.calibration_error * 100:.0f} percentage points apart {within}"
    apart = away if m.calibration_error >= 0.015 else f"about a percentage point apart {within}"
    asked = f"over {m.rows:,} odds of {m.things:,} deals"
    return _of_hundred(top), f"On average, what was said and what came were {apart}, {asked}."


def _of_hundred(one: Bin) -> str:
    spread = f"{one.lowest:.0%} to {one.highest:.0%}"
    came = (
        f"Of 100 deals given the highest odds ({spread}, {one.said:.0%} on average), "
        f"{one.came * 100:.0f} were won; chance allows {one.low * 100:.0f} to {one.high * 100:.0f}."
    )
    if one.low <= one.said <= one.high:
        return came
    return f"{came} So odds as high as these were too {'high' if one.said > one.high else 'low'}."


def _against(loss: float, others: list[Method]) -> tuple[str, ...]:
    said = []
    for word, nearer in (("nearer to what came than", True), ("not as near to it as", False)):
        named = [
            _SPOKEN[each.name]
            for each in others
            if each.measures and (loss < each.measures.log_loss) is nearer
        ]
        if named:
            said.append(f"{word} {', '.join(named)}")
    return (f"It was {'; and '.join(said)} (by log loss).",) if said else ()

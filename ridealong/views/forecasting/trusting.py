"""Whether odds are to be trusted: the last back-test on the company's own history, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ridealong.odds.measuring import Bin, Measured
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.held import Method
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

    days: float
    moments: tuple[datetime, ...]
    methods: tuple[Method, ...]
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
    shape: Mapping[str, Any] = kept[1] if kept else {"problem": "", "horizons": ()}
    return Trust(
        estimator=book.estimator,
        told=book.told,
        until=book.until,
        problem=shape["problem"] or book.problem,
        made_at=kept[0] if kept else None,
        horizons=tuple(_horizon(each, book.estimator) for each in shape["horizons"]),
    )


def _horizon(kept: Mapping[str, Any], estimator: str) -> Horizon:
    """Read one horizon of a back-test as it was kept: its shape."""
    methods = tuple(
        Method(each["name"], each["told"], _measures(each["measures"])) for each in kept["methods"]
    )
    by = {each.name: each for each in methods if each.measures}
    ours = by.get(NAMES.get(estimator, "")) or by.get("pooled stages")
    sentences: tuple[str, ...] = ()
    if ours is not None and ours.measures is not None:
        others = [each for each in by.values() if each is not ours]
        sentences = (*_held(ours.measures), *_against(ours.measures.log_loss, others))
    moments = tuple(datetime.fromisoformat(each) for each in kept["moments"])
    return Horizon(kept["days"], moments, methods, ours, sentences)


def _measures(kept: Mapping[str, Any] | None) -> Measured | None:
    if kept is None:
        return None
    return Measured(**{**kept, "bins": tuple(Bin(**each) for each in kept["bins"])})


def _held(m: Measured) -> tuple[str, ...]:
    top = max(m.bins, key=lambda each: each.said)
    least, most = m.calibration_low * 100, m.calibration_high * 100
    within = f"({least:.0f} to {most:.0f} with chance left out)"
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

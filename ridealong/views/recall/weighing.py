"""How much it matters to know a deal now. A weight orders, and says nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from ridealong.lib.periods import period_of
from ridealong.views.inspection import QUIET_DAYS
from ridealong.views.recall.questions import Matter, Scene

CLOSENESS = ((14, 1.0), (31, 0.8), (92, 0.5))
"""Up to so many days before the close date, the decision is so close; later a quarter."""


def weights(scene: Scene) -> Mapping[int, float]:
    """Return by deal: value, times how close the decision is, times how likely the CEO asks."""
    return {number: _weight(matter, scene) for number, matter in scene.matters.items()}


def _weight(matter: Matter, scene: Scene) -> float:
    # A deal whose amount nobody knows is worth knowing a little.
    value = max(float(matter.deal.value or 0), 1.0)
    return value * _closeness(matter, scene) * _likely_asked(matter, scene)


def _closeness(matter: Matter, scene: Scene) -> float:
    close = matter.deal.close_date
    if close is None:
        return 0.25
    left = (close - scene.today).days
    return next((weight for days, weight in CLOSENESS if left <= days), 0.25)


def _likely_asked(matter: Matter, scene: Scene) -> float:
    """What is on the brief is asked about: what changed since the last one, is hot or at risk."""
    deal, close = matter.deal, matter.deal.close_date
    likely = 1.0
    if matter.moves or deal.created_at > scene.since:
        likely += 1.0
    if close is not None:
        likely += 0.5 * (close in period_of("month", scene.today))
        likely += 0.5 * (close in period_of("week", scene.today))
        likely += 0.5 * (close < scene.today)
    heard = matter.touch.last_contact or deal.created_at
    likely += 0.5 * (scene.at - heard > timedelta(days=QUIET_DAYS))
    likely += 0.5 * (not deal.next_step and matter.touch.next_activity is None)
    return likely

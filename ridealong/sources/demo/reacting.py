"""How the two leaders react to what is noticed: within hours, or when the call is near."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from ridealong.sources.demo.staff import COACH
from ridealong.sources.demo.workdays import DAY, THURSDAY, local_day, moment, workday


def reactions(leader: str, signal: str, raised: datetime) -> list[tuple[str, datetime]]:
    """Return what a leader (their key) does about a signal, and when, the first thing first.

    The same for the same signal, whatever else happens.
    """
    rng = Random(f"{leader} {signal} {raised.isoformat()}")
    day = local_day(raised)
    if leader == COACH.key:
        if rng.random() > 0.93:
            return []
        seen = raised + timedelta(hours=rng.uniform(0.2, 6.5))
        found = [("seen", seen)]
        if rng.random() < 0.5:
            acts = workday(day + DAY * rng.randint(1, 3))
            found.append(("acted", moment(acts, rng.uniform(9, 17))))
        return found
    if rng.random() > 0.6:
        return []
    thursday = day + DAY * ((THURSDAY - day.weekday()) % 7)
    seen = max(moment(workday(thursday), rng.uniform(16.5, 19)), raised + timedelta(hours=7))
    found = [("seen", seen)]
    if rng.random() < 0.08:
        found.append(("acted", seen + timedelta(hours=rng.uniform(0.5, 15))))
    return found

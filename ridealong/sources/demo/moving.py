"""How a deal gets on: what was achieved moves it from stage to stage, and at last to a decision."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import category, edit, stage_key
from ridealong.sources.demo.outcomes import lose, win
from ridealong.sources.demo.planning import snapped
from ridealong.sources.demo.speaking import mail
from ridealong.sources.demo.staff import NEGOTIATE, PROPOSE
from ridealong.sources.demo.workdays import days_to_quarter_end, local_day, month_end, workday
from ridealong.sources.demo.world import World


def achieve(world: World, deal: Deal, day: date, at: datetime, much: float) -> None:
    """Add to what was achieved in this stage; enough of it moves the deal on."""
    deal.progress += much * deal.seller.skill
    if deal.progress < deal.step.effort or (day - deal.stage_since).days < 4:
        return
    if deal.stage == NEGOTIATE:
        if deal.deciding is None:
            _come_to_decision(world, deal, day, at)
        return
    deal.stage += 1
    deal.stage_since = day
    deal.progress = 0.0
    changes: dict[str, Any] = {
        "stage": stage_key(deal),
        "category": category(world, deal, day),
        **_offered(world, deal),
    }
    edit(world, deal, world.later_today(at), **changes)


def _offered(world: World, deal: Deal) -> dict[str, Any]:
    """Return the amount that is now offered, where it changed."""
    if deal.stage == PROPOSE and world.chance(0.6):
        factor = math.exp(world.rng.gauss(0.0, 0.17))
    elif deal.stage == NEGOTIATE and world.chance(0.5):
        factor = world.rng.uniform(0.88, 0.97)
    else:
        return {}
    amount = deal.amount * factor
    rounded = int(round(amount, -2 if amount < 60_000 else -3))
    deal.amount = max(8000, min(900_000, rounded))
    return {"amount": str(deal.amount)}


def _come_to_decision(world: World, deal: Deal, day: date, at: datetime) -> None:
    """Let the buyer set a day to decide on; the end of a quarter draws it near."""
    ahead = workday(day, world.rng.randint(3, 16))
    if days_to_quarter_end(day) < 28 and world.chance(0.6):
        ahead = min(ahead, workday(day, world.rng.randint(2, 6)))
    elif world.chance(0.35):
        end = month_end(ahead)
        ahead = workday(end - timedelta(days=world.rng.randint(0, 4)))
    deal.deciding = max(ahead, workday(day, 1))
    deal.close = deal.deciding
    changes = {
        "close_date": deal.close.isoformat(),
        "category": "commit" if world.chance(0.7) else "most_likely",
    }
    edit(world, deal, world.later_today(at), **changes)
    world.on(deal.deciding, partial(_decide, world, deal))


def odds(deal: Deal, day: date) -> float:
    """Return the odds that the buyer says yes now."""
    score = (
        -0.3
        + 0.8 * deal.fit
        + 2.2 * (deal.warmth(day) - 0.55)
        + (0.55 if deal.met_power else -0.35)
        + 0.22 * (min(5, len(deal.people)) - 3)
        - 0.2 * max(0, deal.pushes - 1)
        - (0.3 if deal.rival else 0.0)
    )
    return 1 / (1 + math.exp(-score))


def _decide(world: World, deal: Deal, day: date) -> None:
    if not deal.is_open:
        return
    if world.chance(odds(deal, day)):
        win(world, deal, day)
    elif world.chance(0.6):
        lose(world, deal, day)
    else:
        _put_off(world, deal, day)


def _put_off(world: World, deal: Deal, day: date) -> None:
    """Let the buyer need more time."""
    deal.deciding = None
    deal.progress = 0.4
    deal.pushes += 1
    deal.hear(day, 0.05)
    at = mail(world, deal, day, "in", "delay")
    deal.close = snapped(world, day + timedelta(days=world.rng.randint(14, 50)))
    if local_day(at) == day:
        edit(world, deal, world.later_today(at), close_date=deal.close.isoformat())

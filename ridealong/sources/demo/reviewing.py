"""The weekly look at a deal: its dates, its amount, its category, and whether it is still alive."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import partial
from typing import Any

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import category, edit, stage_key
from ridealong.sources.demo.outcomes import lose
from ridealong.sources.demo.planning import push, snapped
from ridealong.sources.demo.staff import DISCOVER, NEGOTIATE, QUALIFY
from ridealong.sources.demo.workdays import DAY, THURSDAY, moment
from ridealong.sources.demo.world import World

LOSS_A_WEEK = (0.04, 0.03, 0.022, 0.018, 0.01)
"""By stage, for a deal of middling warmth."""


def review(world: World, deal: Deal, day: date) -> None:
    """Look at a deal, then plan to look again a week later."""
    if not deal.is_open:
        return
    _drift(world, deal, day)
    if world.chance(_risk(world, deal, day)):
        lose(world, deal, day)
        return
    at = moment(day, world.hour())
    changes: dict[str, Any] = {}
    if deal.stage > QUALIFY and world.chance(0.007):
        deal.stage -= 1
        deal.stage_since = day
        deal.progress = 0.5
        changes["stage"] = stage_key(deal)
    if world.chance(0.025):
        changes["amount"] = _new_amount(world, deal)
    if world.chance(0.02):
        changes["next_step"] = None
    _keep_date(world, deal, day, changes)
    changes["category"] = category(world, deal, day)
    edit(world, deal, at, **changes)
    _look_again(world, deal, day)


def _look_again(world: World, deal: Deal, day: date) -> None:
    following = day + timedelta(days=7)
    if not world.coached(deal):
        following += (THURSDAY - following.weekday()) * DAY
    world.on(following, partial(review, world, deal))


def _drift(world: World, deal: Deal, day: date) -> None:
    """Let things happen at the buyer that nobody here can see."""
    deal.fit += world.rng.gauss(0, 0.05)
    fate = world.rng.random()
    if fate < 0.02:
        deal.engagement *= 0.4
        deal.fit -= 0.4
    elif fate > 0.985:
        deal.fit += 0.4
        if deal.silent(day) < 10:
            deal.hear(day, 0.1)


def _risk(world: World, deal: Deal, day: date) -> float:
    risk = LOSS_A_WEEK[deal.stage] * math.exp(-0.6 * deal.fit - 1.6 * (deal.warmth(day) - 0.35))
    silent = deal.silent(day)
    if silent > 40:
        risk += (0.09 if world.coached(deal) else 0.05) + silent / 1500
    if deal.pushes > 3:
        risk += 0.03
    return risk


def _new_amount(world: World, deal: Deal) -> str:
    factor = world.rng.choice((0.8, 0.88, 0.92, 1.1, 1.15, 1.25))
    deal.amount = max(8000, min(900_000, int(round(deal.amount * factor, -2))))
    return str(deal.amount)


def _keep_date(world: World, deal: Deal, day: date, changes: dict[str, Any]) -> None:
    """Move a close date that cannot be kept: in time where led, else when it is past."""
    if deal.deciding is not None:
        return
    needed = timedelta(weeks=deal.step.weeks * (0.35 if world.coached(deal) else 0.02))
    overdue = deal.close < day
    if not overdue and (deal.close - day > needed or deal.stage == NEGOTIATE):
        _pull_in(world, deal, day, changes)
        return
    lazy = 0.3 if world.coached(deal) else 0.8
    if deal.silent(day) > 30:
        lazy += 0.15
    if not world.chance(lazy):
        weeks = deal.step.weeks * world.rng.uniform(0.5, 0.95)
        push(deal, snapped(world, day + timedelta(weeks=weeks)))
        changes["close_date"] = deal.close.isoformat()


def _pull_in(world: World, deal: Deal, day: date, changes: dict[str, Any]) -> None:
    """Bring the date forward when it goes faster than planned."""
    expected = day + timedelta(weeks=deal.step.weeks)
    early = (deal.close - expected).days
    if deal.stage >= DISCOVER and early > 25 and deal.warmth(day) > 0.6 and world.chance(0.15):
        deal.close = snapped(world, expected)
        changes["close_date"] = deal.close.isoformat()

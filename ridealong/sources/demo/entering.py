"""What salespeople enter in the CRM, and when: at once, or all together before the call."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.staff import NEGOTIATE, PROPOSE, STATUS, STEPS, Colleague
from ridealong.sources.demo.workdays import DAY, moment
from ridealong.sources.demo.world import World

KEPT_FOR_THE_CALL = 0.8
"""How much of what changes is entered only before the call, where nobody leads."""


def edit(world: World, deal: Deal, at: datetime, **changes: Any) -> None:
    """Change a deal in the CRM, now or when its salesperson gets round to it."""
    if not world.coached(deal) and world.chance(KEPT_FOR_THE_CALL):
        deal.waiting.update(changes)
    else:
        enter(world, deal, at, **changes)


def enter(world: World, deal: Deal, at: datetime, **changes: Any) -> None:
    """Change a deal in the CRM, along with all that was waiting to be entered."""
    deal.waiting.update(changes)
    at = max(at, deal.edited + timedelta(minutes=world.rng.randint(2, 9)), world.earliest)
    if at >= world.ledger.now - timedelta(minutes=10):
        return
    news = {name: value for name, value in deal.waiting.items() if deal.told.get(name) != value}
    deal.waiting.clear()
    if not news:
        return
    if "stage" in news:
        news["status"] = STATUS[news["stage"]]
    deal.told.update(news)
    deal.edited = at
    known = at + timedelta(seconds=world.rng.randint(5, 110))
    world.ledger.tell("deal", deal.key, at, news, recorded_at=known)


def enter_before_call(world: World, seller: Colleague, thursday: date) -> None:
    """Enter what waited: late on Thursday, or on Friday with the call about to begin."""
    if not world.at_work(seller, thursday) or world.chance(0.06):
        return
    for deal in list(world.open_deals(seller)):
        if not deal.waiting:
            continue
        if world.chance(0.7):
            enter(world, deal, moment(thursday, world.hour(17.7, 22.2)))
        else:
            enter(world, deal, moment(thursday + DAY, world.hour(6.2, 7.7)))


def category(world: World, deal: Deal, day: date) -> str:
    """Return the forecast category that a salesperson gives a deal; the hopeful give better."""
    warm = deal.warmth(day) + (0.0 if world.coached(deal) else 0.2)
    if deal.stage == NEGOTIATE:
        return "commit" if warm > 0.5 else "most_likely"
    if deal.stage == PROPOSE:
        return "most_likely" if warm > 0.55 else "best_case"
    if deal.stage == PROPOSE - 1:
        return "best_case" if warm > 0.6 else "pipeline"
    return "pipeline"


def stage_key(deal: Deal) -> str:
    """Return the key of the stage that a deal is truly in."""
    return STEPS[deal.stage].key

"""How some deals that were lost begin again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import enter
from ridealong.sources.demo.planning import snapped
from ridealong.sources.demo.reviewing import review
from ridealong.sources.demo.selling import work
from ridealong.sources.demo.speaking import mail
from ridealong.sources.demo.staff import PROPOSE, STEPS
from ridealong.sources.demo.world import World


def bring_back(world: World, day: date) -> None:
    """Reopen the deals whose buyers come back by that day."""
    for deal in world.deals:
        if deal.returns and deal.returns <= day and world.at_work(deal.seller, day):
            reopen(world, deal, day)


def reopen(world: World, deal: Deal, day: date) -> None:
    """Let a buyer come back to a deal that was lost."""
    deal.status, deal.closed, deal.returns = "open", None, None
    world.set_under_way()
    deal.stage = min(deal.stage, PROPOSE)
    deal.stage_since, deal.progress = day, 0.0
    deal.engagement = 0.45
    deal.heard = day
    at = mail(world, deal, day, "in", "comeback", contact=deal.people[0])
    deal.close = snapped(world, day + timedelta(weeks=STEPS[deal.stage].weeks))
    enter(
        world,
        deal,
        at + timedelta(minutes=world.rng.randint(15, 90)),
        stage=STEPS[deal.stage].key,
        close_date=deal.close.isoformat(),
        category="pipeline",
        lost_reason=None,
        next_step="Bring the proposal up to date and agree on a new date",
    )
    world.later(day, 2, partial(work, world, deal))
    world.later(day, 5, partial(review, world, deal))

"""Eight quarters of the simulated company, day by day, up to the start of today.

Nothing of today itself has happened: whenever on that day one looks, no fact is from the future,
and today's meetings are still planned.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from random import Random

from ridealong.sources.demo import collecting, leading, opening, reporting, staffing
from ridealong.sources.demo.buyers import all_buyers
from ridealong.sources.demo.entering import enter_before_call
from ridealong.sources.demo.foretelling import call_numbers
from ridealong.sources.demo.latest import complete
from ridealong.sources.demo.ledger import Ledger
from ridealong.sources.demo.reopening import bring_back
from ridealong.sources.demo.staff import COLLECTOR, EVALUATE, QUALIFY
from ridealong.sources.demo.truth import Truth
from ridealong.sources.demo.workdays import (
    DAY,
    THURSDAY,
    is_workday,
    moment,
    quarter_start,
    workday,
)
from ridealong.sources.demo.world import World

QUARTERS = 8
AT_FIRST = 8
"""Deals each salesperson entered when the CRM was introduced."""


@lru_cache(maxsize=1)
def truth(*, seed: int = 7, today: date) -> Truth:
    """Return the company as it is when ``today`` begins in Berlin, and what really went on.

    The same seed and day give exactly the same.
    """
    world = _world(seed, today)
    staffing.found(world)
    for series in (leading, collecting, reporting):
        series.begin(world)
    _first_deals(world)
    day = world.start
    while day < today:
        _live(world, day)
        day += DAY
    complete(world)
    return Truth(
        facts=tuple(world.ledger.in_order()),
        conversations=tuple(world.conversations),
        guidance=tuple(world.guidance),
    )


def _world(seed: int, today: date) -> World:
    rng = Random(f"{seed} {today}")
    start = workday(quarter_start(today, back=QUARTERS))
    return World(rng, today, start, Ledger(moment(today, 0)), all_buyers(rng))


def _first_deals(world: World) -> None:
    for seller in world.sellers(world.start):
        for _ in range(AT_FIRST):
            day = workday(world.start, world.rng.randint(0, 12))
            stage = world.rng.randint(QUALIFY, EVALUATE)
            opening.begin(world, seller, day, stage)


def _live(world: World, day: date) -> None:
    if is_workday(day):
        staffing.come_and_go(world, day)
        opening.look_for_deals(world, day)
        bring_back(world, day)
        call_numbers(world, day)
        world.run(day)
    if day.weekday() == THURSDAY:
        if is_workday(day):
            collecting.ask_for_status(world, day)
        for seller in world.sellers(day, COLLECTOR):
            enter_before_call(world, seller, day)

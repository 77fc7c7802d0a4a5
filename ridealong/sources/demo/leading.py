"""The leader who leads closely: weekly 1:1s, deal reviews, early deals, praise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, cancel, hold, plan, shares
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.guiding import advise, looked_after
from ridealong.sources.demo.staff import COACH, PROPOSE, SELLERS, Colleague
from ridealong.sources.demo.wording import fill, listed, pick, words
from ridealong.sources.demo.workdays import is_workday, moment
from ridealong.sources.demo.world import World

WEEK = timedelta(days=7)
SLOTS = ((0, 10.0), (0, 14.0), (1, 9.5), (2, 10.0), (3, 11.0))
"""Weekday and hour of each salesperson's 1:1."""
TEAM = [seller for seller in SELLERS if seller.leader == COACH.key]


def begin(world: World) -> None:
    """Put the series of talks into the calendar."""
    monday = world.start - timedelta(days=world.start.weekday())
    for seller, (weekday, hour) in zip(TEAM, SLOTS, strict=True):
        _next_one_on_one(world, seller, (monday + timedelta(days=weekday), hour))
    world.on(monday + timedelta(days=9), partial(_deal_review, world))


def _next_one_on_one(world: World, seller: Colleague, slot: tuple[date, float]) -> None:
    """Plan the talk of the week after ``slot``, a week ahead; it is skipped on holidays."""
    day, hour = slot[0] + WEEK, slot[1]
    while not is_workday(day) or not world.at_work(seller, day):
        day += WEEK
        if day > world.today + 3 * WEEK:
            return
    title = words("leading")["one_on_one"]["title"]
    title = fill(title, {"leader": COACH.first, "seller": seller.first})
    talk = Talk(COACH, [seller], moment(day, hour), "one_on_one", title, 45)
    talk.text = words("leading")["one_on_one"]["agenda"]
    known = moment(day - WEEK, hour + 0.9)
    plan(world, talk, known)
    world.on(day, partial(_one_on_one, world, talk, (day, hour)))


def _one_on_one(world: World, talk: Talk, slot: tuple[date, float], day: date) -> None:
    seller = talk.others[0]
    _next_one_on_one(world, seller, slot)
    away = day.month == 8 and 8 <= day.day <= 21
    if away or world.chance(0.05):
        cancel(world, talk, talk.at - timedelta(hours=world.hour(2, 20)))
        return
    talk.deals = _worth_discussing(world, seller, day)
    if world.chance(0.5):
        weights = {"deal_coaching": 0.55, "status_check": 0.1, "skill_coaching": 0.2}
    else:
        weights = {"deal_coaching": 0.5, "call_preparation": 0.25, "status_check": 0.08}
    weights["recognition" if world.chance(0.5) else "personal"] = 0.1
    talk.nature = shares(world, **weights)
    talk.text = _course(world, talk, day)
    talk.minutes = world.rng.choice((35, 40, 45, 50, 55))
    hold(world, talk)


def _worth_discussing(world: World, seller: Colleague, day: date) -> list[Deal]:
    """Return two to four deals: early ones first, and those not spoken of for long."""
    ranked = sorted(world.open_deals(seller), key=lambda deal: -_worth(world, deal, day))
    return ranked[: world.rng.choice((2, 3, 3, 4))]


def _worth(world: World, deal: Deal, day: date) -> float:
    since = (day - (deal.discussed or deal.created)).days
    early = 1.5 if deal.stage < PROPOSE else 0.9
    return float(early * (deal.amount**0.25) * (1 + since / 12) * world.rng.uniform(0.6, 1.4))


def _course(world: World, talk: Talk, day: date) -> str:
    """Return what was said, in the leader's notes; guidance is given on the way."""
    its = words("leading")["one_on_one"]
    seller = talk.others[0]
    said = [fill(world.rng.choice(its["opening"]), {"first_name": seller.first})]
    for deal in talk.deals[:2]:
        done = looked_after(deal)
        if done:
            said.append(its["followed"].format(deal=deal.name))
        finding = world.rng.choice(its["early" if deal.stage < PROPOSE else "late"])
        said.append(f"{deal.name}: {finding}")
        if world.chance(0.62):
            guidance = advise(world, deal, talk.at, day)
            if guidance is not None:
                said.append(guidance)
    asides = [world.rng.choice(its[about]) for about in ("skill", "praise") if world.chance(0.3)]
    return " ".join([*said, *asides])


def _deal_review(world: World, day: date) -> None:
    """Take two or three early deals apart in the team, every other week."""
    world.on(day + 2 * WEEK, partial(_deal_review, world))
    team = world.sellers(day, COACH)
    deals = [deal for seller in team for deal in _worth_discussing(world, seller, day)[:1]]
    chosen = sorted(deals, key=lambda deal: -_worth(world, deal, day))[:3]
    if not chosen:
        return
    title = pick(world.rng, "leading", "review", "titles")
    template = words("leading")["review"]["text"]
    text = fill(template, {"deals": listed([deal.name for deal in chosen])})
    nature = shares(world, deal_coaching=0.7, pipeline_review=0.3)
    at = moment(day, world.rng.choice((15.0, 15.5, 16.0)))
    hold(world, Talk(COACH, team, at, "meeting", title, 60, text, nature, chosen))

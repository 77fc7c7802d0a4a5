"""The leader who leads closely: weekly 1:1s, deal reviews, early deals, praise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, cancel, hold, plan
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.guiding import advise, looked_after
from ridealong.sources.demo.staff import COACH, PROPOSE, SELLERS, Colleague
from ridealong.sources.demo.transcribing import Transcript
from ridealong.sources.demo.wording import day_words, fill, pick, words
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
    talk = Talk(COACH, [seller], moment(day, hour), "one_on_one", "one_on_one", title, 45)
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
    said = _course(world, talk, day)
    talk.text, talk.nature = said.text, said.nature
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


def _course(world: World, talk: Talk, day: date) -> Transcript:
    """Go through a 1:1: deals in depth, guidance on the way, and what helps the salesperson."""
    said = Transcript(world, talk.leader, talk.others)
    said.say("greeting")
    if world.chance(0.4):
        said.say("personal")
    for number, deal in enumerate(talk.deals):
        if looked_after(deal):
            said.say("followed", deal)
        if number > 1 and world.chance(0.5):
            said.say("status", deal)
            continue
        said.say("early" if deal.stage < PROPOSE else "late", deal)
        if number < 2 and world.chance(0.62):
            _guide(world, said, deal, talk, day)
    ahead = next((deal for deal in talk.deals if deal.ahead), None)
    if ahead and world.chance(0.5):
        said.say("preparation", ahead)
    for about in ("skill", "praise"):
        if world.chance(0.45):
            said.say(about)
    said.say("goodbye")
    return said


def _guide(world: World, said: Transcript, deal: Deal, talk: Talk, day: date) -> None:
    given = advise(world, deal, talk.at, day)
    if given is not None:
        said.say("agreed", deal, advice=given.text, day=day_words(given.due))


def _deal_review(world: World, day: date) -> None:
    """Take two or three early deals apart in the team, every other week."""
    world.on(day + 2 * WEEK, partial(_deal_review, world))
    team = world.sellers(day, COACH)
    deals = [deal for seller in team for deal in _worth_discussing(world, seller, day)[:1]]
    chosen = sorted(deals, key=lambda deal: -_worth(world, deal, day))[:3]
    if not chosen:
        return
    title = pick(world.rng, "leading", "review", "titles")
    said = Transcript(world, COACH, team)
    for deal in chosen:
        for _ in range(2):
            said.say("early" if deal.stage < PROPOSE else "late", deal)
    said.say("pipeline")
    at = moment(day, world.rng.choice((15.0, 15.5, 16.0)))
    talk = Talk(COACH, team, at, "meeting", "deal_review", title, 60, said.text)
    talk.nature, talk.deals = said.nature, chosen
    hold(world, talk)

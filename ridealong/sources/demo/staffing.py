"""Who works here since when, who carries which deal, and what currencies are worth."""

from __future__ import annotations

from datetime import date, timedelta

from ridealong.record.facts import SELF
from ridealong.sources.base.playbook import default_playbook
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import enter
from ridealong.sources.demo.speaking import note
from ridealong.sources.demo.staff import (
    COLLEAGUES,
    COMPANY,
    CURRENCY,
    DOMAIN,
    QUALIFY,
    SELLERS,
    STEPS,
    Colleague,
)
from ridealong.sources.demo.wording import fill, words
from ridealong.sources.demo.workdays import ZONE, moment, quarter_start, workday
from ridealong.sources.demo.world import World

RATES = {"USD": 0.92, "GBP": 1.17, "CHF": 1.05}
HANDED_TO_NEWCOMER = 6


def found(world: World) -> None:
    """Tell of the company, its stages and their exit criteria, its currencies and its people."""
    at = moment(world.start - timedelta(days=1), 9.0)
    organisation = {
        "name": COMPANY,
        "currency": CURRENCY,
        "time_zone": ZONE.key,
        "simulated": True,
        "email_domains": [DOMAIN],
    }
    world.ledger.tell("organisation", SELF, at, organisation)
    for position, step in enumerate(STEPS, start=1):
        said = {"name": step.name, "position": position, "status": step.status}
        said["probability"] = step.probability
        world.ledger.tell("stage", step.key, at, said)
    for key, criterion in default_playbook([s.key for s in STEPS if s.status == "open"]):
        world.ledger.tell("criterion", key, at, criterion)
    for person in COLLEAGUES:
        if person.joined is None:
            _employ(world, person, world.start - timedelta(days=1))
    _rates(world)


def _rates(world: World) -> None:
    """State what currencies are worth, anew each quarter."""
    for currency, worth in RATES.items():
        day = world.start
        while day < world.today:
            stated = f"{worth * world.rng.uniform(0.97, 1.03):.4f}"
            at = moment(day, 0) - timedelta(days=0 if day > world.start else 1)
            world.ledger.tell("rate", currency, at, {"per_unit": stated})
            day = quarter_start(day, back=-1)


def _employ(world: World, person: Colleague, day: date) -> None:
    said = {
        "name": person.name,
        "email": person.email,
        "role": person.role,
        "reports_to": person.leader,
        "team": person.team,
        "active": True,
    }
    world.ledger.tell("member", person.key, moment(day, 9.0), said)


def come_and_go(world: World, day: date) -> None:
    """Let people join, leave, and now and then pass a deal on."""
    for person in SELLERS:
        if person.joined is not None and day == world.joined(person):
            _employ(world, person, day)
            _give_to_newcomer(world, person, day)
        if day == world.left(person):
            world.ledger.tell("member", person.key, moment(day, 18.0), {"active": False})
    leavers = [s for s in SELLERS if s.left is not None and day == workday(world.left(s))]
    for person in leavers:
        for deal in list(world.open_deals(person)):
            hand_over(world, deal, day)
    if world.chance(0.05):
        early = [deal for deal in world.open_deals() if deal.stage <= QUALIFY + 1]
        if early:
            deal = world.rng.choice(early)
            hand_over(world, deal, day)


def _give_to_newcomer(world: World, person: Colleague, day: date) -> None:
    carried = [deal for deal in world.open_deals() if deal.seller.leader == person.leader]
    for deal in world.rng.sample(carried, min(HANDED_TO_NEWCOMER, len(carried))):
        pass_on(world, deal, person, day)


def _colleague(world: World, deal: Deal, day: date) -> Colleague:
    """Return the one of the team with the fewest deals."""
    team = [s for s in world.sellers(day) if s.leader == deal.seller.leader]
    others = [seller for seller in team if seller is not deal.seller]
    return min(others, key=lambda seller: sum(1 for _ in world.open_deals(seller)))


def hand_over(world: World, deal: Deal, day: date) -> None:
    """Give a deal to whoever of the team has room for it."""
    pass_on(world, deal, _colleague(world, deal, day), day)


def pass_on(world: World, deal: Deal, seller: Colleague, day: date) -> None:
    """Give a deal to another salesperson, who writes down what was handed over."""
    former, deal.seller = deal.seller, seller
    at = moment(day, world.hour(9, 12))
    enter(world, deal, at, salesperson=seller.key)
    told = {"seller": seller.first, "former": former.name, "first": deal.people[0].name}
    text = fill(words("talks")["notes"]["reassigned"], told)
    note(world, deal, at + timedelta(minutes=25), f"Handed over by {former.name}", text)

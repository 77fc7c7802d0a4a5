"""How deals begin."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import partial

from ridealong.sources.demo.buyers import Buyer
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import category, stage_key
from ridealong.sources.demo.planning import next_step, snapped
from ridealong.sources.demo.reviewing import review
from ridealong.sources.demo.selling import work
from ridealong.sources.demo.speaking import add_contact, mail, phone, roles
from ridealong.sources.demo.staff import QUALIFY, STEPS, Colleague
from ridealong.sources.demo.wording import words
from ridealong.sources.demo.workdays import moment
from ridealong.sources.demo.world import World

WANTED = 11.2
"""Open deals that a salesperson wants to have; with fewer, they look for more."""
NEW_A_DAY = 0.158
LEAST, MOST = 8_000, 900_000


def look_for_deals(world: World, day: date) -> None:
    """Let each salesperson find new deals, the more the emptier their pipeline is."""
    for seller in world.sellers(day):
        have = sum(1 for _ in world.open_deals(seller))
        hunger = max(0.05, 1 + 1.3 * (WANTED - have) / WANTED)
        if world.chance(NEW_A_DAY * hunger):
            begin(world, seller, day)


def begin(world: World, seller: Colleague, day: date, stage: int = QUALIFY) -> Deal:
    """Begin a deal: the CRM is told, the buyer's first person is known, work is planned."""
    buyer = _buyer(world)
    at = moment(day, world.hour(9, 17))
    if not buyer.known:
        buyer.known = True
        known = at - timedelta(minutes=20)
        world.ledger.tell("company", buyer.key, known, buyer.facts())
    line, project = _project(world, buyer)
    deal = Deal(
        key=f"opportunity-{world.ledger.number('deal', 5001)}",
        name=f"{buyer.name} – {project}",
        project=project,
        line=line,
        buyer=buyer,
        seller=seller,
        created=day,
        fit=world.rng.gauss(0.15 * (seller.skill - 1) * 5, 0.8),
        engagement=world.rng.uniform(0.4, 0.75),
        heard=day,
        stage=stage,
        stage_since=day,
        amount=_amount(world, line, buyer),
        currency=buyer.currency,
        close=day,
        edited=at,
    )
    deal.close = _first_close(world, deal, day)
    _tell(world, deal, day)
    world.begin(deal)
    world.later(day, world.rng.randint(1, 4), partial(work, world, deal))
    world.later(day, world.rng.randint(4, 8), partial(review, world, deal))
    return deal


def _buyer(world: World) -> Buyer:
    """Choose a buyer: customers come back, and few have more than two deals at a time."""
    busy: dict[str, int] = {}
    for deal in world.open_deals():
        busy[deal.buyer.key] = busy.get(deal.buyer.key, 0) + 1
    for _ in range(20):
        buyer = world.rng.choice(world.buyers)
        if busy.get(buyer.key, 0) < (2 if world.chance(0.35) else 1):
            return buyer
    return world.rng.choice(world.buyers)


def _project(world: World, buyer: Buyer) -> tuple[str, str]:
    """Return the product line, and what the deal is called beside its buyer."""
    lines = [line for line in words("projects") if line != "more"]
    weights = [words("projects")[line]["weight"] for line in lines]
    towns = [buyer.town, *words("companies")[buyer.country]["towns"]]
    while True:
        line = world.rng.choices(lines, weights)[0]
        named = world.rng.choice(words("projects")[line]["projects"])
        if buyer.bought and world.chance(0.4):
            line, base = world.rng.choice(buyer.bought)
            named = world.rng.choice(words("projects")["more"]["projects"])
            named = named.replace("{project}", base.split(",")[0])
        project = named.format(site=world.rng.choice(towns))
        if project not in buyer.projects:
            buyer.projects.append(project)
            return line, project


def _amount(world: World, line: str, buyer: Buyer) -> int:
    its = words("projects")[line]
    size = (buyer.employees / 400) ** 0.12
    amount = its["median"] * size * math.exp(world.rng.gauss(0, its["spread"]))
    return int(min(MOST, max(LEAST, round_amount(amount))))


def round_amount(amount: float) -> int:
    """Return an amount as it stands in a proposal: in hundreds, larger ones in thousands."""
    return int(round(amount, -2 if amount < 60_000 else -3))


def _first_close(world: World, deal: Deal, day: date) -> date:
    weeks = STEPS[deal.stage].weeks * world.rng.uniform(0.6, 1.15)
    return snapped(world, day + timedelta(weeks=weeks))


def _tell(world: World, deal: Deal, day: date) -> None:
    at = deal.edited
    for role in world.rng.choice((("champion",), ("champion",), ("technical_evaluator",))):
        add_contact(world, deal, role, at - timedelta(minutes=5))
    while len(deal.people) < 2 and world.chance(0.6):
        add_contact(world, deal, "technical_evaluator", at - timedelta(minutes=4))
    deal.told = {
        "name": deal.name,
        "company": deal.buyer.key,
        "salesperson": deal.seller.key,
        "stage": stage_key(deal),
        "status": "open",
        "amount": str(deal.amount),
        "currency": deal.currency,
        "close_date": deal.close.isoformat(),
        "category": category(world, deal, day),
        "product": words("projects")[deal.line]["name"],
        "next_step": next_step(world, deal, day),
        "contacts": roles(deal),
    }
    known = at + timedelta(seconds=world.rng.randint(5, 110))
    world.ledger.tell("deal", deal.key, at, deal.told, recorded_at=known)
    if world.chance(0.5):
        phone(world, deal, day, "inbound")
    else:
        mail(world, deal, day, "out", "qualify", contact=deal.people[0])

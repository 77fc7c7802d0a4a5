"""Guidance: what should happen on a deal by when, and how a salesperson follows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import edit
from ridealong.sources.demo.meeting import plan_meeting
from ridealong.sources.demo.moving import achieve
from ridealong.sources.demo.planning import next_step, push, snapped
from ridealong.sources.demo.selling import call, widen
from ridealong.sources.demo.speaking import mail
from ridealong.sources.demo.staff import COACH, DISCOVER, EVALUATE, NEGOTIATE, PROPOSE
from ridealong.sources.demo.truth import Guidance
from ridealong.sources.demo.wording import fill, pick
from ridealong.sources.demo.workdays import workday
from ridealong.sources.demo.world import World

FOLLOWED = 0.78


def advise(world: World, deal: Deal, at: datetime, day: date) -> Guidance | None:
    """Give guidance on a deal; None where some is still open."""
    if any(g.followed is None and g.due >= day for g in deal.guidance):
        return None
    aim = _lacking(world, deal, day)
    due = workday(day, world.rng.randint(7, 12))
    power = deal.with_role("economic_buyer")
    told = {"first": deal.people[0].first, "title": power.title if power else "managing director"}
    text = fill(pick(world.rng, "leading", "guidance", aim), told)
    given = Guidance(COACH.key, deal.seller.key, deal.key, aim, text, at, due)
    deal.guidance.append(given)
    world.guidance.append(given)
    _enter(world, given)
    if world.chance(FOLLOWED):
        world.later(day, world.rng.randint(1, 5), partial(_follow, world, deal, given))
    return given


def _enter(world: World, given: Guidance) -> None:
    """Keep what was agreed as a line of its own, as the leader enters it on the spot."""
    said = {
        "leader": given.leader,
        "salesperson": given.salesperson,
        "deal": given.deal,
        "text": given.text,
        "due": given.due.isoformat(),
    }
    world.ledger.tell("guidance", f"guidance-{world.ledger.number('guidance', 1)}", given.at, said)


def looked_after(deal: Deal) -> bool:
    """Say whether the last guidance on a deal was followed."""
    return bool(deal.guidance) and deal.guidance[-1].followed is not None


def _lacking(world: World, deal: Deal, day: date) -> str:
    """Return what this deal lacks most."""
    if deal.silent(day) > 14:
        return "phone"
    if deal.stage >= DISCOVER and not deal.met_power and deal.ahead is None:
        return "board"
    if len(deal.people) < 2 or (len(deal.people) < 3 and deal.stage >= EVALUATE):
        return "widen"
    if deal.close < day + timedelta(weeks=deal.step.weeks * 0.5) and deal.stage < NEGOTIATE:
        return "date"
    if deal.ahead is None and world.chance(0.6):
        return "meet"
    return "case" if deal.stage >= EVALUATE else world.rng.choice(("meet", "widen"))


def _follow(world: World, deal: Deal, given: Guidance, day: date) -> None:
    """Do what was agreed; it shows in what the salesperson does next, and in the deal."""
    if not deal.is_open or deal.seller.key != given.salesperson:
        return
    if not _act(world, deal, given.aim, day):
        if workday(day, 2) <= given.due:
            world.later(day, 2, partial(_follow, world, deal, given))
        return
    given.followed = day
    deal.fit += 0.07 if deal.stage < PROPOSE else 0.04


def _act(world: World, deal: Deal, aim: str, day: date) -> bool:
    if aim in {"board", "meet"}:
        if deal.ahead is not None:
            return False
        plan_meeting(world, deal, day, board=aim == "board", within=6)
        return True
    if aim == "widen":
        newcomer = widen(world, deal, day)
        if newcomer is None:
            return False
        mail(world, deal, day, "in", "introduction", contact=deal.people[0], other=newcomer)
        deal.hear(day, 0.1)
        return True
    if aim == "case":
        at = mail(world, deal, day, "out", "propose")
        achieve(world, deal, day, at, 0.5)
        return True
    reached = call(world, deal, day, insist=True)
    if reached and aim == "date":
        close = snapped(world, day + timedelta(weeks=deal.step.weeks))
        push(deal, close)
        edit(
            world,
            deal,
            world.evening(day),
            close_date=deal.close.isoformat(),
            next_step=next_step(world, deal, day),
        )
    return reached

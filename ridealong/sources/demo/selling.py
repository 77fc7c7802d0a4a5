"""A salesperson's work on a deal, step by step, and how the buyer answers."""

from __future__ import annotations

from datetime import date
from functools import partial

from ridealong.sources.demo.buyers import Contact
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import edit
from ridealong.sources.demo.meeting import plan_meeting
from ridealong.sources.demo.moving import achieve
from ridealong.sources.demo.planning import later_close, next_step
from ridealong.sources.demo.speaking import add_contact, mail, phone, task
from ridealong.sources.demo.staff import DISCOVER, NEGOTIATE, PROPOSE
from ridealong.sources.demo.wording import words
from ridealong.sources.demo.workdays import slow_season
from ridealong.sources.demo.world import World

MOVES_ON = {"forward", "forward_late", "contract"}
QUIET = 17
"""Days of silence after which a salesperson reminds rather than proposes."""


def work(world: World, deal: Deal, day: date) -> None:
    """Turn to a deal, then plan when to turn to it again."""
    if not deal.is_open:
        return
    if not (slow_season(day) and world.chance(0.5)):
        _turn_to(world, deal, day)
    gap = world.rng.triangular(2, 10, 4) / deal.seller.pace
    if deal.unanswered > 2:
        gap *= 1.5 if world.coached(deal) else 2.2
    if deal.stage == NEGOTIATE:
        gap *= 0.7
    world.later(day, round(gap), partial(work, world, deal))


def _turn_to(world: World, deal: Deal, day: date) -> None:
    if deal.ahead is not None:
        if world.chance(0.3):
            _write(world, deal, day, deal.step.key)
        return
    if world.chance(0.1):
        task(world, deal, day)
    if deal.silent(day) > QUIET:
        _remind(world, deal, day)
        return
    way = world.rng.random()
    if way < 0.42 and world.chance(0.3 + 0.65 * deal.warmth(day)):
        plan_meeting(world, deal, day)
    elif way < 0.68:
        call(world, deal, day)
    else:
        _write(world, deal, day, deal.step.key)


def _remind(world: World, deal: Deal, day: date) -> None:
    """Try to reach a buyer who has gone quiet; those who are not led give up trying."""
    if deal.unanswered > (6 if world.coached(deal) else 4):
        return
    if world.chance(0.5):
        _write(world, deal, day, "reminder")
    else:
        call(world, deal, day)


def _write(world: World, deal: Deal, day: date, purpose: str) -> None:
    contact = deal.people[0]
    mail(world, deal, day, "out", purpose, contact=contact)
    deal.unanswered += 1
    if world.chance(0.1 + 0.8 * deal.warmth(day)):
        days = world.rng.choice((1, 1, 1, 2, 2, 3, 5))
        world.later(day, days, partial(_answer, world, deal))


def _answer(world: World, deal: Deal, day: date) -> None:
    """Let the buyer write back: what they write tells how it stands."""
    if not deal.is_open:
        return
    purpose = _purpose(world, deal, day)
    deal.hear(day, 0.12)
    if purpose == "introduction":
        _introduce(world, deal, day)
        return
    if purpose == "rival":
        deal.rival = deal.rival or world.rng.choice(words("talks")["rivals"])
        deal.fit -= 0.25
    at = mail(world, deal, day, "in", purpose)
    if purpose in {"delay", "next_year"}:
        deal.fit -= 0.2
        later_close(world, deal, at)
    achieve(world, deal, day, at, 0.6 if purpose in MOVES_ON else 0.25)


def _purpose(world: World, deal: Deal, day: date) -> str:
    """Return what the buyer writes of: the warmer, the better."""
    if len(deal.people) < 5 and world.chance(0.1):
        return "introduction"
    good = 0.45 + 0.5 * (deal.warmth(day) - 0.4) + 0.1 * deal.fit
    return world.rng.choice(_good(deal) if world.chance(good) else _bad(deal, day))


def _good(deal: Deal) -> tuple[str, ...]:
    if deal.stage == NEGOTIATE:
        return ("contract", "forward_late")
    return ("forward" if deal.stage < PROPOSE else "forward_late",)


def _bad(deal: Deal, day: date) -> tuple[str, ...]:
    if deal.deciding is not None:
        return ("legal", "question")
    if deal.stage == NEGOTIATE:
        return ("legal", "price", "question", "delay")
    if deal.stage == PROPOSE:
        return ("price", "rival", "question", "delay")
    late_in_the_year = ("next_year",) if day.month > 8 else ()
    return ("question", "question", "question", "question", "delay", "rival", *late_in_the_year)


def _introduce(world: World, deal: Deal, day: date) -> None:
    newcomer = widen(world, deal, day)
    if newcomer is not None:
        mail(world, deal, day, "in", "introduction", contact=deal.people[0], other=newcomer)


def widen(world: World, deal: Deal, day: date) -> Contact | None:
    """Win somebody else at the buyer; None when everybody is known."""
    order = ["technical_evaluator", "champion", "influencer", "user", "economic_buyer"]
    if deal.stage >= PROPOSE:
        order = ["procurement", *order]
    if deal.stage == NEGOTIATE:
        order = ["legal", *order]
    missing = [role for role in order if deal.with_role(role) is None]
    if not missing:
        return None
    return add_contact(world, deal, missing[0], world.morning(day))


def call(world: World, deal: Deal, day: date, *, insist: bool = False) -> bool:
    """Phone the buyer; say whether they were reached."""
    warm = deal.warmth(day)
    if not insist and deal.stage >= DISCOVER and world.chance(0.25 * warm):
        outcome = "inbound"
    else:
        outcome = "reached" if world.chance(0.22 + 0.6 * warm + 0.2 * insist) else "missed"
    at = phone(world, deal, day, outcome)
    if outcome == "missed":
        deal.unanswered += 1
        return False
    deal.hear(day, 0.15)
    if world.chance(0.4):
        edit(world, deal, world.later_today(at), next_step=next_step(world, deal, day))
    achieve(world, deal, day, at, 0.45)
    return True

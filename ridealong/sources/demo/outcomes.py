"""How deals end."""

from __future__ import annotations

from datetime import date, timedelta

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import enter
from ridealong.sources.demo.speaking import mail, note
from ridealong.sources.demo.staff import EVALUATE, QUALIFY
from ridealong.sources.demo.wording import fill, pick, words
from ridealong.sources.demo.workdays import moment
from ridealong.sources.demo.world import World


def win(world: World, deal: Deal, day: date) -> None:
    """Let the buyer order."""
    deal.hear(day, 0.3)
    at = mail(world, deal, day, "in", "order")
    deal.status, deal.closed, deal.close = "won", day, day
    deal.buyer.bought.append((deal.line, deal.project))
    won = at + timedelta(minutes=world.rng.randint(15, 100))
    enter(
        world,
        deal,
        won,
        stage="won",
        close_date=day.isoformat(),
        amount=str(deal.amount),
        category="closed",
        next_step=None,
    )
    if world.chance(0.7 if world.coached(deal) else 0.25):
        reason = pick(world.rng, "talks", "notes", "won")
        text = fill(words("talks")["notes"]["lesson_won"], {"reason": reason})
        note(world, deal, won + timedelta(minutes=20), "Why we won", text)


def lose(world: World, deal: Deal, day: date) -> None:
    """Let a deal end without an order."""
    why = _why(world, deal, day)
    at = moment(day, world.hour(9, 17))
    if why not in {"silent", "fit"} and deal.silent(day) < 40:
        at = mail(world, deal, day, "in", "decline", contact=deal.people[0])
    at += timedelta(minutes=world.rng.randint(10, 60))
    deal.status, deal.closed, deal.deciding = "lost", day, None
    asked = "proposal" if why == "silent" and deal.stage > EVALUATE else why
    reason = pick(world.rng, "steps", "lost", asked)
    enter(
        world,
        deal,
        at,
        stage="lost",
        close_date=day.isoformat(),
        category="closed",
        lost_reason=reason,
        next_step=None,
    )
    if why in {"budget", "no_decision", "competitor"} and world.chance(0.05):
        deal.returns = day + timedelta(days=world.rng.randint(35, 100))


def _why(world: World, deal: Deal, day: date) -> str:
    if deal.silent(day) > 35:
        return "silent"
    if deal.stage == QUALIFY:
        return world.rng.choice(("fit", "fit", "no_decision", "budget"))
    if deal.stage >= EVALUATE and (deal.rival or world.chance(0.35)):
        return "competitor"
    return world.rng.choice(("budget", "no_decision", "competitor", "no_decision"))

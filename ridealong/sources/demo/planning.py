"""What a salesperson expects of a deal: when it closes, and what comes next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import edit
from ridealong.sources.demo.wording import day_words, fill, pick
from ridealong.sources.demo.workdays import DAY, month_end, quarter_start, workday
from ridealong.sources.demo.world import World


def push(deal: Deal, close: date) -> None:
    """Set a later close date in the salesperson's mind; the CRM is told elsewhere."""
    deal.pushes += close > deal.close
    deal.close = max(close, deal.close)


def later_close(world: World, deal: Deal, at: datetime) -> None:
    """Take up what the buyer wrote of a delay, unless the salesperson would rather not."""
    if world.chance(0.7 if world.coached(deal) else 0.35):
        push(deal, snapped(world, deal.close + timedelta(days=world.rng.randint(28, 90))))
        edit(world, deal, world.later_today(at), close_date=deal.close.isoformat())


def snapped(world: World, day: date) -> date:
    """Return a date near ``day`` as salespeople put it: the end of a month, or of a quarter."""
    way = world.rng.random()
    if way < 0.3:
        end = quarter_start(day, back=-1) - DAY
        if (end - day).days < 35:
            return _last_workday(end)
    if way < 0.65:
        return _last_workday(month_end(day))
    return workday(day)


def _last_workday(day: date) -> date:
    while workday(day) != day:
        day -= DAY
    return day


def next_step(world: World, deal: Deal, day: date) -> str:
    """Return what is to happen next, in a salesperson's words."""
    contact = deal.people[0]
    power = deal.with_role("economic_buyer")
    soon = workday(day, world.rng.randint(3, 9))
    template = pick(world.rng, "steps", "next", deal.step.key)
    title = power.title if power else "managing director"
    told = {"first": contact.first, "name": contact.name, "title": title, "day": day_words(soon)}
    return fill(template, told)

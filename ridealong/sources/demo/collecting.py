"""The leader who merely collects: a mail to all on Thursday evening, and seldom a 1:1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, hold
from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.staff import COLLECTOR, EVALUATE, Colleague
from ridealong.sources.demo.transcribing import Transcript
from ridealong.sources.demo.wording import day_words, fill, listed, pick, words
from ridealong.sources.demo.workdays import DAY, moment
from ridealong.sources.demo.world import World


def begin(world: World) -> None:
    """Put the series into the calendar."""
    for number, seller in enumerate(world.sellers(world.start, COLLECTOR)):
        first = world.start + timedelta(days=9 + 8 * number)
        world.on(first, partial(_one_on_one, world, seller))
    world.on(world.start + timedelta(days=22), partial(_forecast_round, world))


def ask_for_status(world: World, thursday: date) -> None:
    """Write to all before the call, and have their answers by mail the same evening."""
    team = world.sellers(thursday, COLLECTOR)
    deals = _biggest(world, team, 5)
    if not deals or world.chance(0.04):
        return
    said = Transcript(world, COLLECTOR, team)
    named = {"deals": listed([said.called(deal).rstrip(",") for deal in deals])}
    title = pick(world.rng, "leading", "collecting", "titles")
    text = fill(pick(world.rng, "leading", "collecting", "text"), named)
    at = moment(thursday, world.hour(16.8, 18.6))
    talk = Talk(COLLECTOR, team, at, "email", "team", title, 3, text, {"status_check": 1.0}, deals)
    hold(world, talk)
    for seller in team:
        if world.chance(0.85):
            _reply(world, seller, title, moment(thursday, world.hour(18.8, 22.3)))


def _reply(world: World, seller: Colleague, title: str, at: datetime) -> None:
    """Let a salesperson answer: what the record has, once more by mail."""
    deals = _biggest(world, [seller], 2)
    if not deals:
        return
    lines = [_line(world, deal) for deal in deals]
    key = f"mail-{world.ledger.number('mail', 9001)}"
    said = {
        "kind": "email",
        "member": seller.key,
        "members": [COLLECTOR.key],
        "title": f"Re: {title}",
        "text": " ".join(lines),
        "done": True,
    }
    known = at + timedelta(minutes=2)
    world.ledger.tell("activity", key, at, said, recorded_at=known, named=key)


def _line(world: World, deal: Deal) -> str:
    kind = "moved" if "close_date" in deal.waiting else "replies"
    template = pick(world.rng, "leading", "collecting", kind)
    return str(template.format(deal=deal.name, day=day_words(deal.close)))


def _biggest(world: World, team: Sequence[Colleague], most: int) -> list[Deal]:
    """Return the largest deals near their end: the only ones this leader asks about."""
    deals = [deal for seller in team for deal in world.open_deals(seller) if deal.stage > EVALUATE]
    return sorted(deals, key=lambda deal: (-deal.amount, deal.key))[:most]


def _one_on_one(world: World, seller: Colleague, day: date) -> None:
    """Hold one of the rare 1:1s, about numbers; it was not in the calendar before."""
    world.on(day + DAY * world.rng.randint(32, 60), partial(_one_on_one, world, seller))
    deals = _biggest(world, [seller], 3)
    if not deals or not world.at_work(seller, day):
        return
    title = words("leading")["collecting"]["one_on_one_title"].format(seller=seller.first)
    said = Transcript(world, COLLECTOR, [seller])
    for deal in deals:
        said.say("status" if world.chance(0.6) else "forecast", deal)
        said.say("status" if world.chance(0.5) else "forecast", deal)
    said.say("sums", **_sums(deals))
    at = moment(day, world.hour(15, 17))
    minutes = world.rng.choice((15, 20, 25, 30))
    talk = Talk(COLLECTOR, [seller], at, "one_on_one", "ad_hoc", title, minutes, said.text)
    talk.nature, talk.deals = said.nature, deals
    hold(world, talk)


def _forecast_round(world: World, day: date) -> None:
    """Go line by line through the forecast with the team, once a month."""
    world.on(day + timedelta(days=28), partial(_forecast_round, world))
    team = world.sellers(day, COLLECTOR)
    deals = _biggest(world, team, 6)
    if not deals:
        return
    title = words("leading")["collecting"]["round_title"].format(team=COLLECTOR.team)
    said = Transcript(world, COLLECTOR, team)
    for deal in deals:
        said.say("forecast" if world.chance(0.7) else "status", deal)
    said.say("sums", **_sums(deals))
    said.say("sums", **_sums(deals))
    talk = Talk(COLLECTOR, team, moment(day, 16.0), "meeting", "team", title, 60, said.text)
    talk.nature, talk.deals = said.nature, deals
    hold(world, talk)


def _sums(deals: Sequence[Deal]) -> dict[str, int]:
    """Return what these deals come to, in thousands, and a little less and more."""
    total = round(sum(deal.amount for deal in deals) / 1000)
    return {"total": total, "less": round(total * 0.8), "more": round(total * 1.2)}

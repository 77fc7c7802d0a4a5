"""The call of both leaders with the owner, Fridays at eight."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, hold, plan
from ridealong.sources.demo.staff import EVALUATE, LEADERS, OWNER
from ridealong.sources.demo.transcribing import Transcript
from ridealong.sources.demo.wording import words
from ridealong.sources.demo.workdays import CALL_HOUR, FRIDAY, is_workday, moment
from ridealong.sources.demo.world import World

WEEK = timedelta(days=7)


def begin(world: World) -> None:
    """Put the first call into the calendar."""
    _next_call(world, world.start + timedelta(days=(FRIDAY - world.start.weekday()) % 7))


def _next_call(world: World, day: date) -> None:
    while not is_workday(day):
        day += WEEK
    its = words("leading")["ceo"]
    at = moment(day, CALL_HOUR)
    talk = Talk(OWNER, LEADERS, at, "meeting", "team", its["title"], 30, its["agenda"])
    plan(world, talk, moment(day - WEEK, CALL_HOUR + 0.6))
    world.on(day, partial(_call, world, talk))


def _call(world: World, talk: Talk, day: date) -> None:
    late = [deal for deal in world.open_deals() if deal.stage > EVALUATE]
    talk.deals = sorted(late, key=lambda deal: (-deal.amount, deal.key))[:5]
    if talk.deals:
        said = Transcript(world, OWNER, LEADERS)
        for deal in talk.deals:
            said.say("forecast", deal)
        said.say("pipeline")
        talk.text, talk.nature = said.text, said.nature
        hold(world, talk)
    _next_call(world, day + WEEK)

"""Meetings with buyers: planned, held, moved, cancelled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from ridealong.sources.demo.buyers import Contact
from ridealong.sources.demo.deal import Deal, Meeting
from ridealong.sources.demo.entering import edit
from ridealong.sources.demo.moving import achieve
from ridealong.sources.demo.planning import next_step
from ridealong.sources.demo.riding import after_ride, prepare, rides
from ridealong.sources.demo.speaking import (
    add_contact,
    call_off,
    invite,
    mail,
    minutes_of,
    new_activity,
    slots,
)
from ridealong.sources.demo.staff import DISCOVER, NEGOTIATE, PROPOSE
from ridealong.sources.demo.wording import day_words, fill, pick
from ridealong.sources.demo.workdays import moment, workday
from ridealong.sources.demo.world import World

HOURS = (9.0, 9.5, 10.0, 10.5, 11.0, 13.0, 13.5, 14.0, 15.0, 15.5)
GUESTS = ("champion", "technical_evaluator", "influencer")
"""Who joins meetings as a deal goes on."""


def plan_meeting(
    world: World, deal: Deal, day: date, *, board: bool = False, within: int = 12
) -> None:
    """Agree on a meeting in the coming days; ``board``: with whoever has the money."""
    if not board and not deal.met_power and deal.stage >= DISCOVER:
        board = world.chance(0.13)
    people = _people(world, deal, day, board=board)
    kind = "board" if board else deal.step.key
    its = pick(world.rng, "talks", "meeting", kind)
    title = fill(its["title"], slots(world, deal, people[0], day))
    when = workday(day, world.rng.randint(3, max(4, within)))
    meeting = Meeting(
        key=new_activity(world),
        day=when,
        hour=world.rng.choice(HOURS),
        minutes=world.rng.choice((30, 45, 60, 60, 90)),
        title=title,
        notes=world.rng.choice(its["notes"]),
        people=people,
        board=board,
        ridden=rides(world, deal, board=board),
    )
    deal.ahead = meeting
    at = moment(day, world.hour())
    invite(world, deal, meeting, at)
    step = fill(
        pick(world.rng, "steps", "meeting", "board" if board else "any"),
        {
            "what": title.split(":")[0].lower(),
            "name": people[0].name,
            "title": people[0].title,
            "day": day_words(when),
        },
    )
    edit(world, deal, world.later_today(at), next_step=step)
    prepare(world, deal, meeting, day)
    world.on(when, partial(_take_place, world, deal, meeting))


def _people(world: World, deal: Deal, day: date, *, board: bool) -> list[Contact]:
    if board:
        power = deal.with_role("economic_buyer")
        power = power or add_contact(world, deal, "economic_buyer", world.morning(day))
        return [power, *[person for person in deal.people[:1] if person is not power]]
    if deal.stage >= PROPOSE and deal.with_role("procurement") is None and world.chance(0.4):
        add_contact(world, deal, "procurement", world.morning(day))
    if deal.stage == NEGOTIATE and deal.with_role("legal") is None and world.chance(0.5):
        add_contact(world, deal, "legal", world.morning(day))
    elif len(deal.people) < 4 and world.chance(0.22):
        missing = [role for role in GUESTS if deal.with_role(role) is None]
        add_contact(world, deal, missing[0] if missing else "user", world.morning(day))
    count = min(len(deal.people), world.rng.choice((1, 1, 2, 2, 3)))
    return [deal.people[0], *world.rng.sample(deal.people[1:], count - 1)]


def _take_place(world: World, deal: Deal, meeting: Meeting, day: date) -> None:
    """Hold the meeting; or it is moved, or cancelled."""
    if not deal.is_open:
        deal.ahead = None
        call_off(world, deal, meeting, world.morning(day))
        return
    fate = world.rng.random() + 0.12 * (deal.warmth(day) - 0.4)
    if fate < 0.05:
        deal.ahead = None
        deal.engagement *= 0.7
        call_off(world, deal, meeting, world.morning(day))
        edit(world, deal, moment(day, world.hour(10, 17)), next_step=None)
        return
    if fate < 0.14:
        meeting.day = workday(day, world.rng.randint(3, 10))
        invite(world, deal, meeting, world.morning(day))
        world.on(meeting.day, partial(_take_place, world, deal, meeting))
        return
    _hold(world, deal, meeting, day)


def _hold(world: World, deal: Deal, meeting: Meeting, day: date) -> None:
    deal.ahead = None
    deal.hear(day, 0.28 + (0.06 if meeting.ridden else 0))
    if meeting.board:
        deal.met_power = True
        deal.fit += 0.1
    step = next_step(world, deal, day)
    contact = meeting.people[0]
    told = {**slots(world, deal, contact, day), "step": step[:1].lower() + step[1:]}
    text = fill(meeting.notes, told)
    end = minutes_of(world, deal, meeting, text)
    after_ride(world, deal, meeting, end)
    _afterwards(world, deal, end, day, step)
    achieve(world, deal, day, end, 1.15 if meeting.board or meeting.ridden else 1.0)


def _afterwards(world: World, deal: Deal, end: datetime, day: date, step: str) -> None:
    known = 0.94 if world.coached(deal) else 0.72
    forgotten = not world.chance(known)
    at = world.later_today(end)
    edit(world, deal, at, next_step=None if forgotten else step)
    if world.chance(0.45):
        mail(world, deal, workday(day + timedelta(days=1)), "out", "thanks")

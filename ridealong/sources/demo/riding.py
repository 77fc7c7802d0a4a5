"""Leaders at customers' meetings: which they join, how they prepare them and look back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, hold, note, shares
from ridealong.sources.demo.deal import Deal, Meeting
from ridealong.sources.demo.staff import COACH, COLLECTOR, NEGOTIATE
from ridealong.sources.demo.wording import fill, pick
from ridealong.sources.demo.workdays import local_day, moment, workday
from ridealong.sources.demo.world import World


def rides(world: World, deal: Deal, *, board: bool) -> bool:
    """Say whether the leader joins: one for a deal's promise, the other for its size at the end."""
    if world.coached(deal):
        return world.chance(0.34 if board else 0.08)
    return deal.stage == NEGOTIATE and deal.amount > 250_000 and world.chance(0.15)


def prepare(world: World, deal: Deal, meeting: Meeting, day: date) -> None:
    """Let the leader who coaches prepare some meetings with the salesperson the day before."""
    if not world.coached(deal) or not world.chance(0.55 if meeting.ridden else 0.1):
        return
    before = meeting.day - timedelta(days=1)
    if workday(before) == before > day:
        world.on(before, partial(_prepare, world, deal, meeting))


def _prepare(world: World, deal: Deal, meeting: Meeting, day: date) -> None:
    if deal.ahead is not meeting:
        return
    nature = shares(world, call_preparation=0.8, deal_coaching=0.2)
    _talk(world, deal, "preparation", (meeting, moment(day, world.hour(14, 17)), nature))


def after_ride(world: World, deal: Deal, meeting: Meeting, end: datetime) -> None:
    """Note that the leader was there, and let the one who coaches look back on it."""
    if not meeting.ridden:
        return
    leader = COACH if world.coached(deal) else COLLECTOR
    nature = {"ride_along": 0.8, "call_debrief": 0.2}
    start = moment(meeting.day, meeting.hour)
    told = Talk(leader, [deal.seller], start, "meeting", meeting.title, meeting.minutes)
    told.key, told.nature, told.deals = meeting.key, nature, [deal]
    note(world, told)
    deal.discussed = local_day(end)
    if world.coached(deal) and world.chance(0.65):
        looked_back = shares(world, call_debrief=0.75, skill_coaching=0.25)
        _talk(world, deal, "debrief", (meeting, end + timedelta(minutes=15), looked_back))


def _talk(
    world: World, deal: Deal, what: str, about: tuple[Meeting, datetime, dict[str, float]]
) -> None:
    meeting, at, nature = about
    told = {"deal": deal.name, "name": meeting.people[0].name}
    title = fill(pick(world.rng, "leading", what, "titles"), told)
    text = fill(pick(world.rng, "leading", what, "text"), told)
    minutes = world.rng.choice((10, 15, 20, 25))
    talk = Talk(COACH, [deal.seller], at, "meeting", title, minutes, text, nature, [deal])
    hold(world, talk)

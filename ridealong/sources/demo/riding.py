"""Leaders at customers' meetings: which they join, how they prepare them and look back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from ridealong.sources.demo.conversing import Talk, hold, note
from ridealong.sources.demo.deal import Deal, Meeting
from ridealong.sources.demo.staff import COACH, COLLECTOR, NEGOTIATE, PROPOSE
from ridealong.sources.demo.transcribing import Transcript
from ridealong.sources.demo.wording import fill, pick, words
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
    at = moment(day, world.hour(14, 17))
    talk = _talk(world, deal, "preparation", at)
    said = Transcript(world, COACH, [deal.seller])
    if world.chance(0.5):
        talk.text = _notes(said, deal)
        talk.nature = {"call_preparation": 1.0}
    else:
        _speak(said, deal, ("preparation", "preparation", "preparation"))
        if world.chance(0.5):
            said.say("early" if deal.stage < PROPOSE else "late", deal)
        talk.text, talk.nature = said.text, said.nature
    hold(world, talk)


def after_ride(world: World, deal: Deal, meeting: Meeting, end: datetime) -> None:
    """Note that the leader was there, and let the one who coaches look back on it."""
    if not meeting.ridden:
        return
    leader = COACH if world.coached(deal) else COLLECTOR
    start = moment(meeting.day, meeting.hour)
    told = Talk(
        leader, [deal.seller], start, "meeting", "ride_along", meeting.title, meeting.minutes
    )
    told.key, told.nature, told.deals = meeting.key, {"ride_along": 1.0}, [deal]
    note(world, told)
    deal.discussed = local_day(end)
    if world.coached(deal) and world.chance(0.65):
        talk = _talk(world, deal, "debrief", end + timedelta(minutes=15))
        said = Transcript(world, COACH, [deal.seller])
        _speak(said, deal, ("debrief", "debrief", "debrief"))
        if world.chance(0.5):
            said.say("skill")
        talk.text, talk.nature = said.text, said.nature
        hold(world, talk)


def _talk(world: World, deal: Deal, what: str, at: datetime) -> Talk:
    """Return a talk of the leader who coaches about a meeting, before anything is said."""
    title = fill(pick(world.rng, "leading", what, "titles"), {"deal": deal.name})
    truly = "call_review" if what == "debrief" else "ad_hoc"
    minutes = world.rng.choice((10, 15, 20, 25))
    return Talk(COACH, [deal.seller], at, "meeting", truly, title, minutes, deals=[deal])


def _speak(said: Transcript, deal: Deal, exchanges: tuple[str, ...]) -> None:
    said.say("greeting")
    for what in exchanges:
        said.say(what, deal)


def _notes(said: Transcript, deal: Deal) -> str:
    """Return the leader's short notes of what nobody recorded."""
    power = deal.with_role("economic_buyer")
    told = {
        "deal": said.called(deal).rstrip(","),
        "seller": deal.seller.first,
        "first": deal.people[0].first,
        "title": power.title if power else "managing director",
    }
    return fill(said.rng.choice(words("said")["notes"]["preparation"]), told)

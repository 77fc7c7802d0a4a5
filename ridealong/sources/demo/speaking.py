"""Mails, phone calls, meetings, tasks: how each becomes a fact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from ridealong.sources.demo.buyers import Contact, new_contact
from ridealong.sources.demo.deal import Deal, Meeting
from ridealong.sources.demo.entering import edit
from ridealong.sources.demo.staff import COACH, COLLECTOR
from ridealong.sources.demo.wording import day_words, fill, fill_both, month_words, pick
from ridealong.sources.demo.workdays import moment, workday
from ridealong.sources.demo.world import World

CORRECTED = 0.03
"""How many notes are put right a day or two later."""


def add_contact(world: World, deal: Deal, role: str, at: datetime) -> Contact:
    """Bring a person of the buyer into the deal: somebody known already, or somebody new."""
    outside = [p for p in deal.buyer.people if p.role == role and p not in deal.people]
    if outside and world.chance(0.8):
        contact = outside[0]
    else:
        key = f"contact-{world.ledger.number('contact', 2001)}"
        contact = new_contact(world.rng, deal.buyer, role, key)
        said = {"name": contact.name, "email": contact.email, "phone": contact.phone}
        more = {"title": contact.title, "company": deal.buyer.key}
        world.ledger.tell("contact", key, at, {**said, **more})
    deal.people.append(contact)
    if deal.told:
        edit(world, deal, at + timedelta(minutes=2), contacts=roles(deal))
    return contact


def roles(deal: Deal) -> dict[str, str]:
    """Return who takes part at the buyer and as what."""
    return {person.key: person.role for person in deal.people}


def slots(
    world: World, deal: Deal, contact: Contact, day: date, other: Contact | None = None
) -> dict[str, Any]:
    """Return what the templates speak of."""
    soon = workday(day, world.rng.randint(3, 9))
    other = other or next((p for p in deal.people if p is not contact), None)
    step = deal.waiting.get("next_step") or deal.told.get("next_step") or "talk again next week"
    return {
        "first": contact.first,
        "name": contact.name,
        "title": contact.title,
        "seller": deal.seller.first,
        "company": deal.buyer.name,
        "project": deal.project,
        "day": day_words(soon),
        "month": month_words(day),
        "other": other.name if other else "the IT department",
        "other_title": other.title if other else "management",
        "rival": deal.rival,
        "deal": deal.name,
        "step": step[:1].lower() + step[1:],
    }


def mail(
    world: World,
    deal: Deal,
    day: date,
    side: str,
    purpose: str,
    *,
    contact: Contact | None = None,
    other: Contact | None = None,
) -> datetime:
    """Let a mail go out or come in; return when."""
    contact = contact or main_contact(world, deal)
    at = moment(day, world.hour() if side == "out" else world.hour(7.5, 18.5))
    if deal.created == day:
        at = max(at, world.later_today(deal.edited))
    entry = pick(world.rng, "mail", side, purpose)
    title, text = fill_both(entry, slots(world, deal, contact, day, other))
    said = {"kind": "email", "direction": side, "contacts": [contact.key]}
    _tell(world, deal, at, {**said, "title": title, "text": text, "done": True}, minutes=2)
    return at


def main_contact(world: World, deal: Deal) -> Contact:
    """Return whom one turns to: mostly the first, now and then another."""
    if len(deal.people) > 1 and world.chance(0.35):
        return world.rng.choice(deal.people[1:])
    return deal.people[0]


def phone(world: World, deal: Deal, day: date, outcome: str) -> datetime:
    """Let somebody phone: ``outcome`` is reached, missed or inbound. Return when."""
    contact = main_contact(world, deal)
    at = moment(day, world.hour(8.8, 17))
    if deal.created == day:
        at = max(at, world.later_today(deal.edited))
    title, text = fill_both(
        pick(world.rng, "talks", "phone", outcome), slots(world, deal, contact, day)
    )
    said = {
        "kind": "phone_call",
        "direction": "in" if outcome == "inbound" else "out",
        "contacts": [contact.key],
        "title": title,
        "text": text,
        "minutes": 1 if outcome == "missed" else world.rng.randint(6, 35),
        "done": outcome != "missed",
    }
    _tell(world, deal, at, said)
    return at


def task(world: World, deal: Deal, day: date) -> None:
    """Plan a task for the coming days, and do it then."""
    due = workday(day, world.rng.randint(2, 10))
    key = new_activity(world)
    template = pick(world.rng, "talks", "tasks", "titles")
    title = fill(template, slots(world, deal, deal.people[0], day))
    planned = {"kind": "task", "title": title, "deal": deal.key, "member": deal.seller.key}
    at = moment(due, 16)
    known = moment(day, world.hour())
    world.ledger.tell("activity", key, at, {**planned, "done": False}, recorded_at=known, named=key)
    if world.chance(0.9):
        world.ledger.tell(
            "activity",
            key,
            at,
            {**planned, "done": True},
            recorded_at=at + timedelta(minutes=world.rng.randint(1, 80)),
            named=key,
        )


def note(world: World, deal: Deal, at: datetime, title: str, text: str) -> None:
    """Let a salesperson write a note on a deal."""
    said = {"kind": "note", "title": title, "text": text, "done": True}
    _tell(world, deal, at, said, minutes=1)


def invite(world: World, deal: Deal, meeting: Meeting, at: datetime) -> None:
    """State that a meeting is planned: in the calendar at once."""
    said = {**_invitation(deal, meeting), "done": False}
    start = moment(meeting.day, meeting.hour)
    world.ledger.tell("activity", meeting.key, start, said, recorded_at=at, named=meeting.key)


def call_off(world: World, deal: Deal, meeting: Meeting, at: datetime) -> None:
    """State that a planned meeting was cancelled."""
    start = moment(meeting.day, meeting.hour)
    said = {**_invitation(deal, meeting), "done": False, "deleted": True}
    world.ledger.tell("activity", meeting.key, start, said, recorded_at=at, named=meeting.key)


def minutes_of(world: World, deal: Deal, meeting: Meeting, text: str) -> datetime:
    """State that a meeting was held, and what came of it; return its end."""
    start = moment(meeting.day, meeting.hour)
    end = start + timedelta(minutes=meeting.minutes)
    said = {**_invitation(deal, meeting), "text": text, "done": True}
    known = world.learned(deal, end)
    world.ledger.tell("activity", meeting.key, start, said, recorded_at=known, named=meeting.key)
    _put_right(world, meeting.key, start, said, known)
    return end


def _invitation(deal: Deal, meeting: Meeting) -> dict[str, Any]:
    leader = COACH if deal.seller.leader == COACH.key else COLLECTOR
    who: dict[str, Any] = {"member": deal.seller.key}
    if meeting.ridden:
        who["members"] = [leader.key]
    return {
        "kind": "meeting",
        "deal": deal.key,
        "company": deal.buyer.key,
        "contacts": [person.key for person in meeting.people],
        "title": meeting.title,
        "minutes": meeting.minutes,
        **who,
    }


def _tell(
    world: World, deal: Deal, at: datetime, said: dict[str, Any], minutes: int | None = None
) -> None:
    """Tell of an activity; ``minutes`` until it is known, else as its salesperson logs it."""
    key = new_activity(world)
    known = at + timedelta(minutes=minutes) if minutes else world.learned(deal, at)
    whole = {"deal": deal.key, "company": deal.buyer.key, "member": deal.seller.key, **said}
    world.ledger.tell("activity", key, at, whole, recorded_at=known, named=key)
    if minutes is None:
        _put_right(world, key, at, whole, known)


def _put_right(world: World, key: str, at: datetime, said: dict[str, Any], known: datetime) -> None:
    """Now and then, say it again with what was forgotten."""
    if world.chance(CORRECTED):
        again = {**said, "text": f"{said['text']} Added: they also asked about training."}
        later = known + timedelta(hours=world.hour(3, 40))
        world.ledger.tell("activity", key, at, again, recorded_at=later, named=key)


def new_activity(world: World) -> str:
    """Return the key of one more activity."""
    return f"activity-{world.ledger.number('activity', 30001)}"

"""Who of the buyer is in it: power, champion, several people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache

from ridealong.record.states import Contact
from ridealong.views.coaching.criteria.rule import (
    TALKS,
    Case,
    Rule,
    Ruling,
    called,
    met,
    missing,
    unknown,
)
from ridealong.views.coaching.criteria.wording import says

HEARD_DAYS = 21
ACTIVE_DAYS = 90
SEVERAL = 3


def _role(person: Contact) -> str:
    return person.role.replace("_", " ")


def has_power(person: Contact) -> bool:
    """Say whether somebody has the money, by role on the deal or else by title."""
    return _power(_role(person), person.title)


@lru_cache(maxsize=4096)
def _power(role: str, title: str) -> bool:
    # Roles and titles are few, and asked for again with every deal.
    if says(role, "power"):
        return True
    return says(title, "power") and not says(title, "beside_power")


def economic_buyer_met(case: Case) -> Ruling:
    """A held meeting or phone call with somebody who has the money."""
    power = {key: person for key, person in case.people.items() if has_power(person)}
    for talk in case.talks:
        there = [power[key] for key in talk.contacts if key in power]
        if there:
            who = f"{there[0].name} ({there[0].title or _role(there[0])})"
            return met(f"{who} in {called(talk)}", talk)
    if not case.shows(*TALKS):
        return unknown("No meetings or phone calls of the salesperson come into the record.")
    if case.talks and not any(talk.contacts for talk in case.talks):
        return unknown("Meetings are on record, but not who took part.")
    if power:
        names = ", ".join(sorted(person.name for person in power.values()))
        return missing(f"{names} has the say, and was in no meeting or phone call.")
    if not any(person.role or person.title for person in case.people.values()):
        return unknown("No role and no title of their people is on record.")
    return missing("Nobody known has the say over the money.")


def is_champion(person: Contact) -> bool:
    """Say whether somebody's role on the deal is champion."""
    return says(_role(person), "champion")


def champions(people: Mapping[str, Contact]) -> dict[str, Contact]:
    """Return those whose role on the deal says champion, by key."""
    return {key: who for key, who in people.items() if is_champion(who)}


def champion_known(case: Case) -> Ruling:
    """Somebody's role on the deal says champion."""
    names = ", ".join(sorted(person.name for person in champions(case.people).values()))
    if names:
        return met(f"{names} is the champion.")
    if not any(person.role for person in case.people.values()):
        return unknown("The record has no roles of their people on this deal.")
    return missing("Nobody's role on the deal is champion.")


def champion_heard(case: Case) -> Ruling:
    """The champion wrote, or was in a meeting or phone call, in the last ``HEARD_DAYS``."""
    known = champions(case.people)
    if not known:
        return unknown("Who the champion is, is not on record.")
    for each in case.from_buyer:
        there = [known[key].name for key in each.contacts if key in known]
        if there and case.at - each.at <= timedelta(days=HEARD_DAYS):
            return met(f"{there[0]}: {called(each)}", each)
        if there:
            return missing(f"{there[0]} was last heard in {called(each)}", each)
    if not case.shows("email", *TALKS):
        return unknown("No mail and no meetings of the salesperson come into the record.")
    return missing("The champion was not heard from.")


def several_people(case: Case) -> Ruling:
    """``SEVERAL`` of their people wrote or met us in the last ``ACTIVE_DAYS``."""
    since = case.at - timedelta(days=ACTIVE_DAYS)
    recent = [each for each in case.from_buyer if each.at >= since]
    active = {key for each in recent for key in each.contacts}
    names = ", ".join(sorted(case.people[key].name for key in active if key in case.people))
    if len(active) >= SEVERAL:
        return met(f"{len(active)} in {ACTIVE_DAYS} days: {names}", recent[0])
    if not case.shows("email", *TALKS):
        return unknown("No mail and no meetings of the salesperson come into the record.")
    if recent and not active:
        return unknown("Activities are on record, but not with whom.")
    return missing(f"Only {names} in {ACTIVE_DAYS} days." if names else "Nobody was active.")


RULES = (
    Rule("economic_buyer_met", "A talk with somebody of that role or title", economic_buyer_met),
    Rule("champion_known", "A contact's role on the deal", champion_known),
    Rule("champion_heard", f"The champion heard in the last {HEARD_DAYS} days", champion_heard),
    Rule("several_people", f"{SEVERAL} people heard in {ACTIVE_DAYS} days", several_people),
)

"""Questions that texts raise about the deals they were placed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from ridealong.lib import clock
from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact
from ridealong.record.pipeline import Pipeline
from ridealong.record.placeable import Unplaced
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.matching.domains import sent_by_machine
from ridealong.sources.placing.known import Known
from ridealong.sources.suggesting import DealNow, Suggestion, Text, role_of_title, suggest
from ridealong.sources.suggesting.roles import OTHER

SOURCE = SourceName("suggesting", "ridealong")
FRESH = timedelta(days=45)
"""What was said longer ago is not asked about any more."""
_SURE_OF_PERSON = 0.7


def ask(known: Known, placed: Mapping[str, str], activities: Sequence[Unplaced]) -> int:
    """Raise questions on what was placed, {activity's key: deal's key}; return how many.

    Not on what colleagues say among each other: the question would tell it to others.
    """
    since = clock.now() - FRESH
    fresh = [
        each for each in activities if each.key in placed and each.at >= since and not each.among_us
    ]
    if not fresh:
        return 0
    now = pipeline.open(pipeline.EVERYTHING)
    deals = now.deals_with_keys({placed[each.key] for each in fresh})
    facts = [
        fact
        for each in fresh
        if (deal := deals.get(placed[each.key])) is not None and deal.status == "open"
        for fact in (*_suggested(known, now, each, deal), *_newcomer(known, each, deal))
    ]
    writer.append(SOURCE, facts)
    return len(facts)


def _suggested(known: Known, pipe: Pipeline, activity: Unplaced, deal: DealState) -> Iterator[Fact]:
    wrote = next((each for each in activity.people if each.get("wrote")), {})
    text = Text(
        text=_of_buyers(known, activity),
        said_at=activity.at,
        by_buyer=activity.direction != "out",
        zone=known.zone,
        speaker=_recorded_name(pipe, known, deal, wrote.get("email", "")),
    )
    people = _people(pipe, known, activity, deal)
    roles = {name: role for name, (_, role) in people.items()}
    now = DealNow(deal.amount, deal.currency, deal.close_date, deal.next_step, roles)
    for found in suggest(text, now):
        if _decided_since(activity, deal, found.field):
            continue
        value: dict[str, Any] = {"value": found.value, "currency": found.currency}
        if found.field == "role":
            value = {"value": found.value, "contact": people[found.who][0]}
        yield _fact(activity, deal, value, found)


def _people(
    pipe: Pipeline, known: Known, activity: Unplaced, deal: DealState
) -> dict[str, tuple[str, str]]:
    """Return {name: (key, role on the deal)} of the buyer's people; namesakes are nobody."""
    there = known.contacts(each["email"] for each in activity.people if each.get("email"))
    found: dict[str, list[tuple[str, str]]] = {}
    for contact in pipe.contacts(deal, there):
        found.setdefault(contact.name, []).append((contact.key, contact.role))
    return {name: same[0] for name, same in found.items() if name and len(same) == 1}


def _recorded_name(pipe: Pipeline, known: Known, deal: DealState, address: str) -> str:
    """Return the name by which whoever wrote is on record, "" for nobody."""
    keys = set(known.contacts([address])) if address else set()
    return next((c.name for c in pipe.contacts(deal, keys) if c.key in keys), "")


def _of_buyers(known: Known, activity: Unplaced) -> str:
    """What the buyer's people say in a talk; the whole of anything else."""
    if activity.kind != "phone_call":
        return activity.text
    ours = {
        person["name"]
        for person in activity.people
        if person.get("ours") or known.is_ours(person.get("email", ""))
    }
    lines = (line.partition(": ") for line in activity.text.splitlines())
    return "\n\n".join(words for name, _, words in lines if name not in ours)


def _decided_since(activity: Unplaced, deal: DealState, field: str) -> bool:
    """Say whether somebody changed the field after it was said: then they knew better."""
    if field not in {"close_date", "next_step", "amount"}:
        return False
    then = pipeline.open(pipeline.EVERYTHING, activity.at).deals_with_keys([deal.key])
    before = then.get(deal.key)
    return before is not None and getattr(before, field) != getattr(deal, field)


def _newcomer(known: Known, activity: Unplaced, deal: DealState) -> Iterator[Fact]:
    """Propose who takes part in a buyer's mail and is on record nowhere, where there is a name.

    Their title and telephone number are those of their own signature.
    """
    if activity.kind != "email" or activity.direction != "in":
        return
    for person in activity.people:
        email, name = person.get("email", ""), person.get("name", "").strip()
        if not name or "@" in name or known.is_ours(email) or sent_by_machine(email):
            continue
        if known.contacts([email]):
            continue
        title, phone = person.get("title", ""), person.get("phone", "")
        role = role_of_title(title)
        value = {"name": name, "email": email, "title": title, "phone": phone, "role": role}
        value["company"] = known.company_of(deal.key)
        as_what = "" if role == OTHER else f" as {role.replace('_', ' ')}"
        called = f"{name}, {title}," if title else name
        question = f"Add {called} to the people of the deal{as_what}?"
        said = ", ".join(filter(None, (f"{name} <{email}>", title, phone)))
        found = Suggestion("contact", "", "", said, question, _SURE_OF_PERSON)
        yield _fact(activity, deal, value, found)


def _fact(activity: Unplaced, deal: DealState, value: dict[str, Any], found: Suggestion) -> Fact:
    # Of a person, or of what one text says on a field, one question.
    about = value.get("email") or value.get("contact") or activity.key
    key = f"{deal.key}:{found.field}:{about}"[:255]
    changes = {
        "deal": deal.key,
        "activity": activity.key,
        "field": found.field,
        "value": value,
        "sentence": found.sentence,
        "asks": found.asks,
        "sure": found.sure,
    }
    return Fact("question", key, activity.at, changes, f"ask:{key}"[:255])

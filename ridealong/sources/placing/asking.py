"""Questions that texts raise about the deals they were placed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from ridealong.lib import clock
from ridealong.record import pipeline, writer
from ridealong.record.facts import Fact
from ridealong.record.placeable import Unplaced
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.matching.domains import sent_by_machine
from ridealong.sources.placing.known import Known
from ridealong.sources.suggesting import DealNow, Suggestion, Text, suggest

SOURCE = SourceName("suggesting", "ridealong")
FRESH = timedelta(days=45)
"""What was said longer ago is not asked about any more."""
_SURE_OF_PERSON = 0.7


def ask(known: Known, placed: Mapping[str, str], activities: Sequence[Unplaced]) -> int:
    """Raise questions on what was placed, {activity's key: deal's key}; return how many."""
    since = clock.now() - FRESH
    fresh = [each for each in activities if each.key in placed and each.at >= since]
    if not fresh:
        return 0
    now = pipeline.open(pipeline.EVERYTHING)
    deals = now.deals_with_keys({placed[each.key] for each in fresh})
    facts = [
        fact
        for each in fresh
        if (deal := deals.get(placed[each.key])) is not None and deal.status == "open"
        for fact in (*_suggested(known, each, deal), *_newcomer(known, each, deal))
    ]
    writer.append(SOURCE, facts)
    return len(facts)


def _suggested(known: Known, activity: Unplaced, deal: DealState) -> Iterator[Fact]:
    text = Text(
        text=_of_buyers(known, activity),
        said_at=activity.at,
        by_buyer=activity.direction != "out",
        zone=known.zone,
    )
    now = DealNow(deal.amount, deal.currency, deal.close_date, deal.next_step)
    for found in suggest(text, now):
        if _decided_since(activity, deal, found.field):
            continue
        value = {"value": found.value, "currency": found.currency}
        yield _fact(activity, deal, value, found)


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
    """Propose whoever writes and is on record nowhere, where they give their name."""
    if activity.kind != "email" or activity.direction != "in":
        return
    for person in activity.people:
        email, name = person.get("email", ""), person.get("name", "").strip()
        if not name or "@" in name or known.is_ours(email) or sent_by_machine(email):
            continue
        if known.contacts([email]):
            continue
        value = {"name": name, "email": email, "title": "", "phone": "", "role": "contact"}
        value["company"] = known.company_of(deal.key)
        question = f"Add {name} to the people of the deal?"
        found = Suggestion("contact", "", "", f"{name} <{email}>", question, _SURE_OF_PERSON)
        yield _fact(activity, deal, value, found)


def _fact(activity: Unplaced, deal: DealState, value: dict[str, Any], found: Suggestion) -> Fact:
    # Of a person, or of what one text says on a field, one question.
    about = value.get("email") or activity.key
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

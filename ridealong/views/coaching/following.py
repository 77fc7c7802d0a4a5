"""Whether guidance was followed: a person's word, or else what the record shows since it was given.

What shows it, by what the guidance asks for: a meeting held or booked, a talk, a mail that speaks
of the same, a close date or amount that moved, somebody new at the buyer. Where it names one of
the buyer's people, it has to be with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal

from ridealong.record.leading_states import Given
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, Contact, DealState
from ridealong.views.coaching.aims import Aim, aims
from ridealong.views.coaching.naming import called, named, shared_words
from ridealong.views.inspection.wording import day, money

Outcome = Literal["open", "followed", "not_followed", "overtaken", "withdrawn"]
GRACE = timedelta(days=7)
"""So long after it was due, what nothing in the record follows was not followed."""
WITHOUT_A_DAY = timedelta(days=30)
"""So long, guidance that names no day is looked for in the record."""

KNOWN_FOR = timedelta(days=365)
"""Whoever was in touch in this time before guidance was given is nobody new."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What in the record shows that guidance was followed.

    ``at``: when it was, or will be; ``known``: when it happened, or was arranged. ``activity``: its
    key, "" for none.
    """

    at: datetime
    known: datetime
    words: str
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """Guidance, and what became of it as of the moment looked at.

    ``stated``: a person said so; else the record shows it. ``overdue``: open, and past its day.
    ``deal``: as it is now, None where it is not in sight; ``since_then``: what became of the deal
    after the guidance was given, in words.
    """

    given: Given
    outcome: Outcome
    stated: bool
    overdue: bool
    deal: DealState | None
    since_then: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidanceCount:
    """How much guidance, by what became of it; ``confirmed``: how often a person has said so."""

    given: int = 0
    followed: int = 0
    not_followed: int = 0
    overtaken: int = 0
    open: int = 0
    confirmed: int = 0

    @property
    def settled(self) -> int:
        """Of how many it is known whether they were followed."""
        return self.followed + self.not_followed


@dataclass(frozen=True)
class _Course:
    """What the record has of a deal: its versions, what happened on it, and its people."""

    versions: Sequence[DealState] = ()
    activities: Sequence[ActivityState] = ()
    contacts: Sequence[Contact] = field(default=())

    def at(self, moment: datetime) -> DealState | None:
        """Return the version that held then; the first one for a moment before it."""
        before = [each for each in self.versions if each.valid_from <= moment]
        return before[-1] if before else next(iter(self.versions), None)


def followed(pipe: Pipeline, given: Sequence[Given]) -> list[Followed]:
    """Return what became of each guidance, in the order given."""
    courses = _courses(pipe, given)
    return [_one(pipe, each, courses.get(each.deal_id or 0, _Course())) for each in given]


def counted(outcomes: Sequence[Followed]) -> GuidanceCount:
    """Count guidance by what became of it; what was withdrawn was never given."""
    kept = [each for each in outcomes if each.outcome != "withdrawn"]
    return GuidanceCount(
        given=len(kept),
        followed=sum(each.outcome == "followed" for each in kept),
        not_followed=sum(each.outcome == "not_followed" for each in kept),
        overtaken=sum(each.outcome == "overtaken" for each in kept),
        open=sum(each.outcome == "open" for each in kept),
        confirmed=sum(each.stated for each in kept),
    )


def _courses(pipe: Pipeline, given: Sequence[Given]) -> Mapping[int, _Course]:
    deals = {each.deal_id for each in given if each.deal_id is not None}
    if not deals:
        return {}
    versions = pipe.histories(deals)
    # Who was in touch before the guidance was given says who is new.
    since = min(each.at for each in given) - KNOWN_FOR
    activities = pipe.activities_since(versions, since)
    people = pipe.people_of(
        {
            deal: {*rows[-1].contacts, *_addressed(activities.get(deal, ()))}
            for deal, rows in versions.items()
        }
    )
    return {
        deal: _Course(rows, activities.get(deal, ()), people.get(deal, ()))
        for deal, rows in versions.items()
    }


def _addressed(activities: Sequence[ActivityState]) -> set[str]:
    return {key for activity in activities for key in activity.contacts}


def _one(pipe: Pipeline, given: Given, course: _Course) -> Followed:
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    evidence = tuple(sorted(_shown(pipe, given, course), key=lambda each: each.at))
    outcome: Outcome
    if given.outcome:
        outcome = given.outcome  # type: ignore[assignment]  # the vocabulary's own words
    elif evidence:
        outcome = "followed"
    elif _is_overtaken(given, course):
        outcome = "overtaken"
    elif given.due is not None and given.due + GRACE < today:
        outcome = "not_followed"
    else:
        outcome = "open"
    return Followed(
        given=given,
        outcome=outcome,
        stated=bool(given.outcome),
        overdue=outcome == "open" and given.due is not None and given.due < today,
        deal=course.versions[-1] if course.versions else None,
        since_then=_since_then(given, course),
        evidence=evidence,
    )


def _end(given: Given) -> datetime:
    """When it is too late for what happens to be what the guidance asked for."""
    if given.due is None:
        return given.at + WITHOUT_A_DAY
    return datetime.combine(given.due + GRACE, time.max, tzinfo=given.at.tzinfo)


def _is_overtaken(given: Given, course: _Course) -> bool:
    """Say whether the deal ended, or went to somebody else, while it was still to be done."""
    for version in course.versions:
        if version.valid_from <= given.at:
            continue
        if version.valid_from > _end(given):
            break
        if version.status != "open" or version.salesperson_id != given.salesperson_id:
            return True
    return False


def _shown(pipe: Pipeline, given: Given, course: _Course) -> Iterator[Evidence]:
    asked = aims(given.text)
    wanted = named(given.text, course.contacts)
    for aim in asked:
        shown = [e for e in _of_aim(pipe, aim, given, course, wanted) if e.known <= _end(given)]
        if shown:
            yield from shown[:3]
            return


def _of_aim(
    pipe: Pipeline, aim: Aim, given: Given, course: _Course, wanted: frozenset[str]
) -> Iterator[Evidence]:
    """What shows it, of one aim."""
    if aim == "date":
        yield from _moved(given, course, "close_date")
    elif aim == "amount":
        yield from _moved(given, course, "amount")
    elif aim == "widen":
        yield from _newcomers(given, course)
    else:
        kinds = {"meet": {"meeting"}, "phone": {"phone_call", "meeting"}, "write": {"email"}}[aim]
        for activity in course.activities:
            if activity.kind in kinds and _counts(pipe, aim, given, activity, wanted):
                yield _evidence(pipe, activity, given.at)


def _counts(
    pipe: Pipeline, aim: Aim, given: Given, activity: ActivityState, wanted: frozenset[str]
) -> bool:
    if wanted and not wanted & set(activity.contacts):
        return False
    if aim == "write":
        return (
            activity.direction == "out"
            and given.at < activity.at <= pipe.at
            and shared_words(given.text, f"{activity.title} {activity.text}")
        )
    held = given.at < activity.at <= pipe.at and activity.two_way
    booked = activity.at > pipe.at and activity.known > given.at
    return held or booked


def _evidence(pipe: Pipeline, activity: ActivityState, given_at: datetime) -> Evidence:
    what = {"meeting": "Meeting", "phone_call": "Phone call", "email": "Mail"}[activity.kind]
    ahead = " planned" if activity.at > pipe.at else ""
    title = f" “{activity.title}”" if activity.title else ""
    known = _arranged(activity, given_at) if ahead else activity.at
    return Evidence(activity.at, known, f"{what}{ahead}{title}", activity.key)


def _moved(given: Given, course: _Course, name: str) -> Iterator[Evidence]:
    before = course.at(given.at)
    for version in course.versions:
        if before is None or version.valid_from <= given.at:
            continue
        if getattr(version, name) != getattr(before, name):
            moved = version.valid_from
            yield Evidence(moved, moved, _change(name, before, version))
            return


def _change(name: str, before: DealState, after: DealState) -> str:
    words = f"{name.replace('_', ' ')} {_from_to(name, before, after)}"
    return f"{words[:1].upper()}{words[1:]}"


def _from_to(name: str, before: DealState, after: DealState) -> str:
    if name == "close_date":
        return f"{day(before.close_date) or 'none'} → {day(after.close_date) or 'none'}"
    return " → ".join(money(each.amount, each.currency) or "none" for each in (before, after))


def _newcomers(given: Given, course: _Course) -> Iterator[Evidence]:
    """Somebody of the buyer who took part for the first time since; not whom it names."""
    since = given.at - KNOWN_FOR
    known = _addressed([each for each in course.activities if since <= each.at <= given.at])
    known |= called(given.text, course.contacts)
    first = course.at(given.at)
    known |= set(first.contacts) if first and first.valid_from <= given.at else set()
    names = {contact.key: contact.name for contact in course.contacts}
    found = [
        Evidence(a.at, _arranged(a, given.at), f"{names[key]} takes part", a.key)
        for a in course.activities
        if a.at > given.at
        for key in a.contacts
        if key in names and key not in known
    ]
    found += [
        Evidence(version.valid_from, version.valid_from, f"{names[key]} is known")
        for version in course.versions
        if version.valid_from > given.at
        for key in version.contacts
        if key in names and key not in known
    ]
    if found:
        yield min(found, key=lambda each: each.known)


def _arranged(activity: ActivityState, given_at: datetime) -> datetime:
    """When an activity happened, or before that was arranged; not before the guidance."""
    return min(activity.at, max(activity.known, given_at))


def _since_then(given: Given, course: _Course) -> str:
    before = course.at(given.at)
    if before is None:
        return ""
    after = course.versions[-1]
    if after.status != "open":
        return after.status
    parts = []
    if after.stage != before.stage:
        parts.append(f"{before.stage or 'no stage'} → {after.stage or 'no stage'}")
    if after.close_date != before.close_date:
        parts.append(f"close date {_from_to('close_date', before, after)}")
    if after.amount != before.amount:
        parts.append(f"amount {_from_to('amount', before, after)}")
    return "; ".join(parts)

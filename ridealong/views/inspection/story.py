"""One deal: what to say aloud, its people, its story, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, Contact, DealState, Touch
from ridealong.views.inspection.figures import DealStory, Person, StoryEntry
from ridealong.views.inspection.missing import missing
from ridealong.views.inspection.saying import five_lines
from ridealong.views.inspection.talking import talk_of
from ridealong.views.inspection.wording import field_words

ACTIVITIES = 200
"""How many of a deal's activities its page shows; older ones are not lost, only not shown."""
ENGAGED_DAYS = 90
"""Over which a person's touches are counted."""


def story(pipe: Pipeline, key: str) -> DealStory:
    """Return all one should know of the deal with this id. Raises ``NotVisible``."""
    return story_of(pipe, pipe.deal(key))


def story_of(pipe: Pipeline, deal: DealState) -> DealStory:
    """Return all one should know of a deal that was read through ``pipe``."""
    activities = pipe.activities(deal, limit=ACTIVITIES + 1)
    contacts = pipe.contacts(deal, _addressed(activities[:ACTIVITIES]))
    touch = pipe.touches([deal.id]).get(deal.id, Touch())
    return _told(pipe, deal, _Read(pipe.history(deal), activities, contacts, touch))


def stories_of(pipe: Pipeline, deals: Sequence[DealState], *, letters: int) -> list[DealStory]:
    """Return the stories of many deals that were read through ``pipe``, with few queries.

    As ``story_of`` does, but with the first ``letters`` of what was written.
    """
    numbers = [deal.id for deal in deals]
    histories = pipe.histories(numbers)
    activities = pipe.newest_activities(numbers, limit=ACTIVITIES + 1, letters=letters)
    touches = pipe.touches(numbers)
    people = pipe.people_of(
        {
            deal.id: {*deal.contacts, *_addressed(activities.get(deal.id, ())[:ACTIVITIES])}
            for deal in deals
        }
    )
    return [
        _told(
            pipe,
            deal,
            _Read(
                histories[deal.id],
                activities.get(deal.id, ()),
                people.get(deal.id, ()),
                touches.get(deal.id, Touch()),
            ),
        )
        for deal in deals
    ]


@dataclass(frozen=True, slots=True)
class _Read:
    """What a deal's story is made of; the newest activities first, one more than are shown."""

    history: Sequence[DealState]
    activities: Sequence[ActivityState]
    contacts: Sequence[Contact]
    touch: Touch


def _told(pipe: Pipeline, deal: DealState, read: _Read) -> DealStory:
    activities = read.activities[:ACTIVITIES]
    people = _people(pipe, read.contacts, activities)
    ahead = [StoryEntry(a.at, activity=a, planned=True) for a in activities if a.at > pipe.at]
    past = [StoryEntry(a.at, activity=a, talk=talk_of(a)) for a in activities if a.at <= pipe.at]
    entries = [*_versions(read.history), *past]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return DealStory(
        at=pipe.at,
        currency=pipe.organisation.currency,
        deal=deal,
        touch=read.touch,
        lines=five_lines(pipe, deal, read.history, activities, people, read.touch),
        people=people,
        missing=missing(pipe, deal, read.touch, people),
        story=tuple(entries),
        planned=tuple(sorted(ahead, key=lambda entry: entry.at)),
        more=len(read.activities) > ACTIVITIES,
    )


def _addressed(activities: Sequence[ActivityState]) -> set[str]:
    return {key for activity in activities for key in activity.contacts}


def _versions(history: Sequence[DealState]) -> Iterable[StoryEntry]:
    before: DealState | None = None
    for version in history:
        changes = field_words(before, version)
        if changes:
            yield StoryEntry(version.valid_from, changes=changes, began=before is None)
        before = version


def _people(
    pipe: Pipeline, contacts: Sequence[Contact], activities: Sequence[ActivityState]
) -> tuple[Person, ...]:
    """The buyer's people, those most in touch first."""
    since = pipe.at - timedelta(days=ENGAGED_DAYS)
    past = [activity for activity in activities if activity.at <= pipe.at]
    found = [
        _person(contact, [a for a in past if contact.key in a.contacts], since)
        for contact in contacts
    ]
    return tuple(sorted(found, key=lambda person: (-person.touches, person.contact.name)))


def _person(contact: Contact, activities: Sequence[ActivityState], since: datetime) -> Person:
    recent = [activity for activity in activities if activity.at >= since]
    return Person(
        contact=contact,
        last_contact=max((a.at for a in activities if a.two_way), default=None),
        touches=len(recent),
        inbound=sum(a.direction == "in" for a in recent),
    )

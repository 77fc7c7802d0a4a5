"""One deal: what to say aloud, its people, its story, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    history = pipe.history(deal)
    activities = pipe.activities(deal, limit=ACTIVITIES + 1)
    more = len(activities) > ACTIVITIES
    activities = activities[:ACTIVITIES]
    touch = pipe.touches([deal.id]).get(deal.id, Touch())
    people = _people(pipe, deal, activities)
    ahead = [StoryEntry(a.at, activity=a, planned=True) for a in activities if a.at > pipe.at]
    past = [StoryEntry(a.at, activity=a, talk=talk_of(a)) for a in activities if a.at <= pipe.at]
    entries = [*_versions(history), *past]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return DealStory(
        at=pipe.at,
        currency=pipe.organisation.currency,
        deal=deal,
        touch=touch,
        lines=five_lines(pipe, deal, history, activities, people, touch),
        people=people,
        missing=missing(pipe, deal, touch, people),
        story=tuple(entries),
        planned=tuple(sorted(ahead, key=lambda entry: entry.at)),
        more=more,
    )


def _versions(history: Sequence[DealState]) -> Iterable[StoryEntry]:
    before: DealState | None = None
    for version in history:
        changes = field_words(before, version)
        if changes:
            yield StoryEntry(version.valid_from, changes=changes, began=before is None)
        before = version


def _people(
    pipe: Pipeline, deal: DealState, activities: Sequence[ActivityState]
) -> tuple[Person, ...]:
    """The buyer's people, those most in touch first."""
    addressed = {key for activity in activities for key in activity.contacts}
    since = pipe.at - timedelta(days=ENGAGED_DAYS)
    past = [activity for activity in activities if activity.at <= pipe.at]
    found = [
        _person(contact, [a for a in past if contact.key in a.contacts], since)
        for contact in pipe.contacts(deal, addressed)
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

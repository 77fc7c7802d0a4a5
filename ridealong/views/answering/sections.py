"""What stands below a deal's five lines: each section a pure function of the deal's course.

A section that has nothing to say is left out. A new one is a function in ``SECTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ridealong.record.states import ActivityState
from ridealong.views import forecasting
from ridealong.views.coaching import Followed
from ridealong.views.inspection import DealStory
from ridealong.views.inspection.figures import FieldChange, Person
from ridealong.views.inspection.saying import KIND_WORDS
from ridealong.views.inspection.story import ENGAGED_DAYS
from ridealong.views.inspection.wording import day, when
from ridealong.views.signals import Notice

if TYPE_CHECKING:
    from ridealong.views.forecasting import Heats

LETTERS = 240
"""So much of what somebody wrote or said is told."""
SPOKEN, PLANNED, MOVES, PEOPLE = 3, 3, 8, 6
TOLD = frozenset({"Stage", "Status", "Amount", "Close date", "Forecast category", "Salesperson"})
"""What of a deal's history is told: what moved the number, and who carried it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``when`` in words; ``more``: word for word, or beside it; ``tone``: good or bad."""

    words: str
    when: str = ""
    more: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What is read of one deal. ``guided``: guidance still open; ``names``: of us, by number.

    ``odds``: the heat of all deals that are told.
    """

    story: DealStory
    zone: ZoneInfo
    noticed: Sequence[Notice]
    guided: Sequence[Followed]
    names: Mapping[int, str]
    odds: Heats | None = None

    def ago(self, moment: datetime) -> str:
        """Say when something was or will be, from the moment looked at."""
        return when(moment, self.story.at, self.zone)


def sections(course: Course) -> tuple[Section, ...]:
    """Return what there is to say beyond the five lines, in order."""
    told = (Section(title, tuple(lines(course))) for title, lines in SECTIONS)
    return tuple(section for section in told if section.lines)


def _last_said(course: Course) -> Iterator[Line]:
    """Who said what last, between the buyer and us; what colleagues said among each other is not.

    A talk that was recorded is told by its title: its words are for those who open it.
    """
    names = {person.contact.key: person.contact.name for person in course.story.people}
    past = ((e.activity, e.talk) for e in course.story.story if e.activity is not None)
    told = ((a, talk) for a, talk in past if a.two_way and not _may_be_among_us(a))
    for each, talk in islice(told, SPOKEN):
        said = " ".join(each.text.split()) if talk is None else ""
        cut = f"{said}…" if len(each.text) >= LETTERS else said
        yield Line(_who(each, names), course.ago(each.at), cut)


def _may_be_among_us(activity: ActivityState) -> bool:
    """Whether nobody of the buyer is named beside colleagues: a device keeps what a card tells."""
    return bool(activity.members) and not activity.contacts


def _who(activity: ActivityState, names: Mapping[str, str]) -> str:
    theirs = ", ".join(names[key] for key in activity.contacts if key in names) or "The buyer"
    ours = activity.member or "us"
    who = f"{theirs} to {ours}" if activity.direction == "in" else f"{ours} with {theirs}"
    if activity.direction == "out":
        who = f"{ours} to {theirs}"
    title = f" “{activity.title}”" if activity.title else ""
    return f"{who[:1].upper()}{who[1:]}, {KIND_WORDS[activity.kind]}{title}"


def _odds(course: Course) -> Iterator[Line]:
    """How likely it is won by the end of the month, how that moved, and what carries it."""
    heat = course.odds.heats.get(course.story.deal.id) if course.odds else None
    if course.odds is None or heat is None:
        return
    by = day(heat.odds.horizon.until.astimezone(course.zone).date())
    usual = f"usual for an open deal here: {heat.usual:.0%}"
    tone = "good" if heat.level == "hot" else ""
    yield Line(f"{heat.odds.won:.0%} to be won by {by}", heat.movement, usual, tone)
    for one in forecasting.because(course.odds, course.story):
        times = one.reason.times
        words = f"{one.reason.text[:1].upper()}{one.reason.text[1:]}"
        how = f"×{times:.1f}" if times >= 1 else f"÷{1 / times:.1f}"
        yield Line(words, how, one.words, "good" if times >= 1 else "bad")


def _next(course: Course) -> Iterator[Line]:
    if course.story.deal.next_step:
        yield Line(course.story.deal.next_step, "agreed")
    for entry in course.story.planned[:PLANNED]:
        if entry.activity is not None:
            kind = KIND_WORDS[entry.activity.kind]
            title = entry.activity.title or kind
            yield Line(title, course.ago(entry.at), "" if title == kind else kind)
    for words in course.story.missing:
        yield Line(words, tone="bad")


def _doing(course: Course) -> Iterator[Line]:
    """What was noticed, with what was done about it since; and guidance that is still open."""
    for notice in course.noticed:
        done = "; ".join(notice.acted) or "Nothing was done about it yet"
        good = notice.rule.good
        more = "; ".join(notice.acted) if good else done
        tone = "good" if good else "bad"
        yield Line(f"{notice.rule.title}: {notice.signal.words}", notice.age, more, tone)
    for each in course.guided:
        leader = course.names.get(each.given.leader_id or 0, "Somebody")
        due = f"by {day(each.given.due)}" if each.given.due else ""
        late = "past its day" if each.overdue else ""
        more = ", ".join(part for part in (due, late) if part)
        words = f"{leader}: {each.given.text}"
        yield Line(words, course.ago(each.given.at), more, "bad" if each.overdue else "")


def _history(course: Course) -> Iterator[Line]:
    entries = ((e, [c for c in e.changes if c.field in TOLD]) for e in course.story.story)
    for entry, changes in islice((pair for pair in entries if pair[1]), MOVES):
        told = "It began. " if entry.began else ""
        yield Line(f"{told}{_changed(changes)}", course.ago(entry.at))


def _changed(changes: Iterable[FieldChange]) -> str:
    return "; ".join(
        f"{change.field}: {change.before} → {change.after or 'none'}"
        if change.before
        else f"{change.field}: {change.after}"
        for change in changes
    )


def _people(course: Course) -> Iterator[Line]:
    for person in course.story.people[:PEOPLE]:
        yield _person(course, person)
    rest = len(course.story.people) - PEOPLE
    if rest > 0:
        yield Line(f"And {rest} more.")


def _person(course: Course, person: Person) -> Line:
    what = (person.contact.role or person.contact.title).replace("_", " ")
    words = f"{person.contact.name}, {what}" if what else person.contact.name
    if person.last_contact is None:
        return Line(words, "not heard from", tone="bad")
    heard = f"heard {course.ago(person.last_contact)}"
    if not person.touches:
        return Line(words, heard)
    often = "once" if person.touches == 1 else f"{person.touches} times"
    asked = f", {person.inbound} from their side" if person.inbound else ""
    return Line(words, heard, f"in touch {often} in {ENGAGED_DAYS} days{asked}")


SECTIONS: tuple[tuple[str, Callable[[Course], Iterator[Line]]], ...] = (
    ("Who said what last", _last_said),
    ("Next", _next),
    ("Odds", _odds),
    ("Noticed, and what is done about it", _doing),
    ("How it came here", _history),
    ("People", _people),
)

"""One skill to coach, with the moment in a mail, call or meeting that shows it.

Each habit is a rule over the occasions that the salesperson's open deals gave in the last weeks:
some were used, some missed. The habit that missed the largest part is the lesson, with its latest
moment; a part of few occasions counts for less (shrunk as if ``PRIOR`` more had been used). Nothing
is said where no rule shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import ActivityState, DealState
from ridealong.views.inspection.talking import talk_of
from ridealong.views.inspection.wording import day, span

LEAST = 2
"""A habit shows at least so often; once is chance."""
PRIOR = 4
ANSWER_WITHIN = timedelta(days=3)
OURS_AT_MOST = 0.65
"""Of a recorded talk with a buyer, our side speaks at most this share."""
_LONG_ENOUGH = 10.0
"""Minutes from which on a talk says something about habits."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A skill to coach: ``words`` say what, ``why`` how often and the latest moment.

    ``times`` of ``occasions``: how often it was missed.
    """

    name: str
    words: str
    why: str
    at: datetime
    deal: DealState
    activity: str
    times: int
    occasions: int


@dataclass(frozen=True, slots=True)
class _Shown:
    deal: DealState
    activity: ActivityState
    how: str


Course = Sequence[ActivityState]
Rule = Callable[[Pipeline, DealState, Course], Iterator[_Shown | None]]
"""Goes through the occasions: None for one that was used."""


def lesson(
    pipe: Pipeline, deals: Sequence[DealState], activities: Mapping[int, Course]
) -> Lesson | None:
    """Return what to coach, None where nothing shows a habit."""
    found: list[Lesson] = []
    for name, (words, rule) in _RULES.items():
        all_of_them = [o for deal in deals for o in rule(pipe, deal, activities.get(deal.id, ()))]
        shown = [occasion for occasion in all_of_them if occasion is not None]
        if len(shown) < LEAST:
            continue
        latest = max(shown, key=lambda each: each.activity.at)
        found.append(
            Lesson(
                name,
                words,
                f"Missed {len(shown)} of {len(all_of_them)} times in 60 days; last: {latest.how}",
                latest.activity.at,
                latest.deal,
                latest.activity.key,
                len(shown),
                len(all_of_them),
            )
        )
    return max(
        found, key=lambda each: (each.times / (each.occasions + PRIOR), each.name), default=None
    )


def _unanswered(pipe: Pipeline, deal: DealState, course: Course) -> Iterator[_Shown | None]:
    """A buyer's mail that waited for an answer, or still does."""
    for number, activity in enumerate(course):
        if activity.kind != "email" or activity.direction != "in" or activity.at > pipe.at:
            continue
        answer = next((a for a in course[number + 1 :] if _answers(a) and a.at <= pipe.at), None)
        waited = (answer.at if answer else pipe.at) - activity.at
        if waited > ANSWER_WITHIN:
            still = "" if answer else " and still waits"
            title = activity.title or "a mail"
            yield _Shown(deal, activity, f"“{title}” on {deal.name} waited {span(waited)}{still}")
        elif answer:
            yield None


def _answers(activity: ActivityState) -> bool:
    held = activity.kind in {"phone_call", "meeting"} and activity.two_way
    return activity.direction == "out" or held


def _without_next(pipe: Pipeline, deal: DealState, course: Course) -> Iterator[_Shown | None]:
    """A meeting with the buyer after which nothing was agreed for two weeks."""
    held = [a for a in course if a.kind == "meeting" and a.two_way and a.at <= pipe.at]
    for activity in held:
        until = activity.at + timedelta(days=14)
        if until > pipe.at:
            continue
        booked = any(
            a is not activity and a.two_way and activity.at < a.at <= until for a in course
        )
        if booked:
            yield None
        else:
            when = day(activity.at.astimezone(pipe.organisation.time_zone).date())
            title = activity.title or "the meeting"
            yield _Shown(deal, activity, f"“{title}” on {deal.name}, {when}, led to none")


def _chasing(pipe: Pipeline, deal: DealState, course: Course) -> Iterator[_Shown | None]:
    """Three mails of ours in a row without a word from the buyer: a call was due."""
    row = 0
    for activity in course:
        if activity.at > pipe.at:
            break
        if activity.two_way:
            row = 0
        elif activity.kind == "email" and activity.direction == "out":
            row += 1
            title = activity.title or "a mail"
            if row == 1:
                yield None
            elif row == 3:
                yield _Shown(deal, activity, f"“{title}” was the third in a row on {deal.name}")


def _talking(pipe: Pipeline, deal: DealState, course: Course) -> Iterator[_Shown | None]:
    """A recorded talk with the buyer in which our side did most of the talking."""
    for activity in course:
        talk = talk_of(activity) if activity.two_way and activity.at <= pipe.at else None
        if talk is None or (talk.minutes or 0) < _LONG_ENOUGH:
            continue
        if talk.ours.share <= OURS_AT_MOST:
            yield None
        else:
            title = activity.title or "the call"
            share = round(talk.ours.share * 100)
            yield _Shown(deal, activity, f"“{title}” on {deal.name}: we spoke {share} % of it")


_RULES: dict[str, tuple[str, Rule]] = {
    "answer": ("Answer the buyer within three days", _unanswered),
    "next": ("Agree on the next date before a meeting ends", _without_next),
    "call": ("Call instead of a third mail", _chasing),
    "ask": ("Ask more and speak less", _talking),
}

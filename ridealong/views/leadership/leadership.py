"""Each leader over twelve weeks: reach, nature, depth, guidance, signals, numbers, edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ridealong.insight.ratios import Part, ratio
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.views import briefing, coaching, recall
from ridealong.views.briefing import Accuracy
from ridealong.views.coaching.cadence import nature
from ridealong.views.leadership.counting import counted, pace_of
from ridealong.views.leadership.figures import (
    Counted,
    Figure,
    Leading,
    Scramble,
    Sentence,
)
from ridealong.views.leadership.gathering import SPAN, Told, told
from ridealong.views.leadership.kinds import ACT_DAYS, NOTICE_DAYS, kinds
from ridealong.views.leadership.saying import between, said
from ridealong.views.leadership.scramble import CallTime, call_time, scramble

Found = Mapping[str, tuple[list[Part], list[Counted]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every leader in sight, in order of name. ``differ``: in what they surely do."""

    at: datetime
    leaders: tuple[Leading, ...]
    differ: tuple[Sentence, ...]
    tried: int


def leaders(pipe: Pipeline) -> list[Employed]:
    """Return those in sight who lead salespeople; owners only where they do so themselves."""
    return [each for each in pipe.leading.leaders() if _leads(pipe, each)]


def _leads(pipe: Pipeline, one: Employed) -> bool:
    below = pipe.leading.led_by(one.id)
    if one.role == "owner":
        below = [each for each in below if each.leader_id == one.id]
    return any(each.role == "salesperson" for each in below)


def overview(pipe: Pipeline) -> Overview:
    """Return every leader in sight, and in what they surely differ."""
    found = leaders(pipe)
    called = briefing.accuracies(pipe, [one.id for one in found])
    both = _Both(pipe, pipe.moved(pipe.at - SPAN, pipe.known), call_time(pipe))
    made = tuple(each for one in found if (each := _one(both, one, called[one.id])))
    differ, tried = between(made)
    return Overview(pipe.at, made, differ, tried)


def leadership(pipe: Pipeline, number: int) -> Leading:
    """Return one leader. Raises ``NotVisible``; what is shown is the same to all who may see it."""
    one = next((each for each in leaders(pipe) if each.id == number), None)
    both = _Both(pipe, pipe.moved(pipe.at - SPAN, pipe.known), call_time(pipe))
    made = _one(both, one, briefing.accuracy(pipe, number)) if one else None
    if made is None:
        raise NotVisible("There is no such leader here.")
    return made


@dataclass(frozen=True, slots=True)
class _Both:
    """The two spans' pipelines, shared by all leaders: what each has read is read once."""

    pipe: Pipeline
    before: Pipeline
    when: CallTime


def _one(both: _Both, leader: Employed, called: Sequence[Accuracy]) -> Leading | None:
    pipe, when = both.pipe, both.when
    now = told(pipe, leader)
    if now is None:
        return None
    here, crowding = _counted(now, when)
    then = told(both.before, leader)
    before = _counted(then, when)[0] if then else {}
    figures = tuple(_figures(now, here, before, crowding))
    known = recall.known_share(pipe, leader)
    sentences, tried = said(leader.name, figures, called)
    talks = now.talks()
    return Leading(
        leader=leader,
        at=pipe.at,
        since=now.since,
        people=now.people(),
        talks=len(talks),
        read=sum(bool(talk.nature) for talk in talks),
        nature=nature(talks),
        figures=figures,
        scramble=crowding,
        numbers=tuple(called),
        recall=known,
        recall_before=_known_before(then) if known.answers else None,
        came=_came(now),
        sentences=sentences,
        tried=tried,
        noticed=pace_of(now, NOTICE_DAYS, acted=False),
        acted=pace_of(now, ACT_DAYS, acted=True),
    )


def _counted(now: Told, when: CallTime) -> tuple[Found, Scramble]:
    crowding, edits = scramble(now.pipe, now.team, when)
    weeks = [week.call for week in crowding.weeks]
    parts = [Part(e.hit, e.of, _week(weeks, e.at), e.person) for e in edits]
    return {**counted(now), "crowding": (parts, list(edits))}, crowding


def _week(calls: Sequence[datetime], at: datetime | None) -> int:
    return next((n for n, call in enumerate(calls) if at is not None and at <= call), 0)


def _figures(now: Told, here: Found, before: Found, crowding: Scramble) -> Iterator[Figure]:
    for kind in kinds(crowding.call):
        parts, shown = here[kind.name]
        past = before.get(kind.name, ([], []))[0]
        yield Figure(
            kind=kind,
            now=ratio(parts, kind.sort),
            before=ratio(past, kind.sort),
            hits=sum(part.hit for part in parts),
            of=sum(part.of for part in parts),
            level=crowding.expected if kind.name == "crowding" else kind.level,
            parts=tuple(parts),
            counted=tuple(shown),
            beside=_not_settled(now) if kind.name == "followed" else "",
        )


def _not_settled(now: Told) -> str:
    count = coaching.counted([g for person in now.ledger.people for g in person.guidance])
    if not count.given:
        return ""
    overtaken = f", {count.overtaken} overtaken by events" if count.overtaken else ""
    return f"{count.open or 'none'} open{overtaken}"


def _known_before(then: Told | None) -> float | None:
    if then is None:
        return None
    known = recall.known_share(then.pipe, then.leader)
    return known.share if known.answers else None


def _came(now: Told) -> dict[str, int]:
    """What became of the deals on which guidance was followed: won, lost, or still open."""
    deals = {
        each.deal.id: each.deal.status
        for person in now.ledger.people
        for each in person.guidance
        if each.outcome == "followed" and each.deal is not None
    }
    return dict(Counter(deals.values()))

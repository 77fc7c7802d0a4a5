"""What the record tells of a leader over twelve weeks: gathered once, counted by figure after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ridealong.record.leading_states import Employed, Talk
from ridealong.record.pipeline import Pipeline
from ridealong.views import coaching, signals
from ridealong.views.coaching import Cadence, Ledger
from ridealong.views.signals import Noticing

WEEKS = 12
SPAN = timedelta(weeks=WEEKS)


@dataclass(frozen=True)
class Told:
    """What the record tells of a leader over one span of twelve weeks.

    ``team``: numbers of the salespeople below, at its end. ``talks_since``: of each, since when
    talks would be known; ``guidance_since``: since when guidance would.
    """

    pipe: Pipeline
    leader: Employed
    ledger: Ledger
    noticing: Noticing
    team: frozenset[int]
    talks_since: Mapping[int, datetime]
    guidance_since: Mapping[int, datetime]

    @property
    def since(self) -> datetime:
        """When the span begins."""
        return self.pipe.at - SPAN

    def week(self, at: datetime) -> int:
        """Return in which of the twelve weeks a moment is, from 0."""
        return min(max((at - self.since) // timedelta(weeks=1), 0), WEEKS - 1)

    def weeks(self, since: datetime) -> range:
        """Return which of the twelve weeks began no earlier, by more than a day, than that."""
        late = since - self.since - timedelta(days=1)
        return range(max(-(-late // timedelta(weeks=1)), 0), WEEKS)

    def people(self) -> tuple[Cadence, ...]:
        """Return those below, their talks in the twelve weeks that are counted, not by Mondays."""
        zone = self.pipe.organisation.time_zone
        begin = [self.since + timedelta(weeks=number) for number in range(WEEKS)]
        weeks = tuple(each.astimezone(zone).date() for each in begin)
        found = []
        for person in self.ledger.people:
            counts = Counter(self.week(talk.at) for talk in person.talks)
            per_week = tuple(counts[number] for number in range(WEEKS))
            found.append(replace(person, weeks=weeks, per_week=per_week))
        return tuple(found)

    def talks(self) -> list[Talk]:
        """Return each talk of the leader with any of those below, once, the newest first."""
        found = {talk.id: talk for person in self.ledger.people for talk in person.talks}
        return sorted(found.values(), key=lambda talk: (talk.at, talk.id), reverse=True)

    def person(self, talk: Talk) -> int:
        """Return with whom a talk was; 0 for several at once."""
        below = [number for number in talk.members if number in self.team]
        return below[0] if len(below) == 1 else 0


def told(pipe: Pipeline, leader: Employed) -> Told | None:
    """Gather what is counted of a leader at the pipeline's moment; None where they led nobody."""
    one = pipe.leading.one(leader.id)
    if one is None:
        return None
    ledger = coaching.ledger(pipe, one, pipe.at - SPAN)
    team = frozenset(p.member.id for p in ledger.people if p.member.role == "salesperson")
    if not team:
        return None
    talks, guidance = pipe.editing.begins()
    here = _here(pipe, ledger, team)
    return Told(
        pipe=pipe,
        leader=one,
        ledger=ledger,
        noticing=signals.noticing(pipe, one, pipe.at - SPAN),
        team=team,
        talks_since={number: max(since, talks or pipe.at) for number, since in here.items()},
        guidance_since={number: max(since, guidance or pipe.at) for number, since in here.items()},
    )


def _here(pipe: Pipeline, ledger: Ledger, team: frozenset[int]) -> dict[int, datetime]:
    """Since when each of the team is known to be here: as was stated, or by their first talk."""
    stated = pipe.editing.here_since(team)
    return {
        person.member.id: min(
            [stated.get(person.member.id, pipe.at), *(talk.at for talk in person.talks)]
        )
        for person in ledger.people
        if person.member.id in team
    }

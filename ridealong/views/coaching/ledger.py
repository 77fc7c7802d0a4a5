"""The ledger of conversations: with whom a leader spoke when, how often, and about what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ridealong.record.leading_states import Employed, Talk
from ridealong.record.pipeline import Pipeline
from ridealong.views.coaching.cadence import (
    beginning,
    days_between,
    discussed,
    mondays,
    nature,
    once_each,
    per_week,
)
from ridealong.views.coaching.following import Followed, GuidanceCount, counted, followed


@dataclass(frozen=True, slots=True)
class Cadence:
    """A leader and one of those below them, as of a moment.

    ``last_spoken``: None where they never spoke; ``days_since``: days of the calendar since then.
    ``per_week``: talks in each of the last twelve weeks, this one last; ``weeks``: their Mondays.
    ``talks``: held since the ledger's ``since``, the newest first; ``nature``: shares of those
    whose nature is known (``read`` of them), by their minutes. ``deals``: {number: in how many of
    the talks}. ``guidance``: given since then, with what became of it.
    """

    leader: Employed
    member: Employed
    last_spoken: datetime | None
    days_since: int | None
    weeks: tuple[date, ...]
    per_week: tuple[int, ...]
    talks: tuple[Talk, ...]
    read: int
    nature: Mapping[str, float]
    deals: Mapping[int, int]
    guidance: tuple[Followed, ...]

    @property
    def counted(self) -> GuidanceCount:
        """Return how much guidance was given since, by what became of it."""
        return counted(self.guidance)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A leader's conversations with everybody below them, as of ``at``, since ``since``."""

    leader: Employed
    at: datetime
    since: datetime
    people: tuple[Cadence, ...]


def ledger(
    pipe: Pipeline,
    leader: Employed,
    since: datetime | None = None,
    *,
    only: Sequence[int] | None = None,
) -> Ledger:
    """Return a leader's ledger; ``since``: the last twelve weeks by default.

    ``only``: numbers of those to tell of; everybody below the leader by default.
    """
    zone = pipe.organisation.time_zone
    first = beginning(pipe.at, zone)
    start = first if since is None else since
    below = [e for e in led(pipe, leader) if only is None or e.id in only]
    talks = once_each(
        pipe.leading.talks(since=min(first, start), between=[leader.id]) if below else []
    )
    last = pipe.leading.last_spoken(leader.id, [each.id for each in below])
    given = pipe.leading.guidance(leader=leader.id, since=start)
    outcomes = followed(pipe, given)
    weeks = mondays(pipe.at, zone)
    people = []
    for each in below:
        theirs = [talk for talk in talks if each.id in talk.members]
        counted_since = [talk for talk in theirs if talk.at >= start]
        # Longer ago than the talks that were read, the record alone says when it was.
        spoken = theirs[0].at if theirs else last.get(each.id)
        people.append(
            Cadence(
                leader=leader,
                member=each,
                last_spoken=spoken,
                days_since=None if spoken is None else days_between(spoken, pipe.at, zone),
                weeks=weeks,
                per_week=per_week(theirs, weeks, zone),
                talks=tuple(counted_since),
                read=sum(bool(talk.nature) for talk in counted_since),
                nature=nature(counted_since),
                deals=discussed(counted_since),
                guidance=tuple(o for o in outcomes if o.given.salesperson_id == each.id),
            )
        )
    return Ledger(leader, pipe.at, start, tuple(people))


def led(pipe: Pipeline, leader: Employed) -> list[Employed]:
    """Return everybody below a leader; of an owner only those who report to them."""
    below = pipe.leading.led_by(leader.id)
    if leader.role != "owner":
        return below
    return [each for each in below if each.leader_id == leader.id]


def leaders(pipe: Pipeline) -> list[Employed]:
    """Return whose conversations the viewer may know of: leaders in sight, and their own.

    Of their own leader they know only of what concerns themselves and those below them.
    """
    found = pipe.leading.leaders()
    own = pipe.leading.above(pipe.viewer.id)[:1] if pipe.viewer else []
    return [*found, *(each for each in own if each not in found)]


def ledgers(pipe: Pipeline, since: datetime | None = None) -> list[Ledger]:
    """Return the ledger of everybody of ``leaders`` who leads anybody in sight."""
    made = (ledger(pipe, leader, since) for leader in leaders(pipe))
    return [each for each in made if each.people]

"""Ride-alongs: the buyers' meetings of the next two weeks that a leader's hour is worth most at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ridealong.record.leading_states import Ahead, Talk
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching.worthwhile import Known, Reason, known, reasons, sentence

WITHIN = timedelta(days=14)
EVER = timedelta(days=3650)
WORTH = 2.0
"""What reasons weigh together where joining is suggested: see ``worthwhile``."""
SUGGESTED = 8
"""So many at most: a leader has a calendar of their own."""
_SOME_TIME = 60.0
"""Minutes that a meeting takes where nobody said."""


@dataclass(frozen=True)
class Clash:
    """Something in the leader's own calendar at the same time."""

    at: datetime
    title: str
    activity: str


@dataclass(frozen=True)
class Ride:
    """A meeting that a leader may join, or has.

    ``why``: one sentence, made of the weightiest of ``reasons``. ``people``: who of the buyer's is
    there. ``joined``: the leader takes part already.
    """

    meeting: Ahead
    deal: DealState
    why: str
    reasons: tuple[Reason, ...]
    people: tuple[Contact, ...]
    joined: bool
    clashes: tuple[Clash, ...]

    @property
    def worth(self) -> float:
        """What its reasons weigh together."""
        return sum(reason.weight for reason in self.reasons)


@dataclass(frozen=True)
class Riding:
    """``joined``: the next first. ``suggested``: the worthiest first. ``others``: the next first.

    Together they are every meeting with a buyer of the salespeople below, until ``until``.
    """

    at: datetime
    until: datetime
    joined: tuple[Ride, ...]
    suggested: tuple[Ride, ...]
    others: tuple[Ride, ...]


def riding(pipe: Pipeline) -> Riding:
    """Return the meetings ahead as the viewer, who leads, may join them."""
    until = pipe.at + WITHIN
    own = pipe.viewer.id if pipe.viewer else None
    rides = [
        each
        for each in _rides(pipe, pipe.leading.meetings_ahead(until))
        if each.deal.salesperson_id != own
    ]
    joined = tuple(ride for ride in rides if ride.joined)
    free = [ride for ride in rides if not ride.joined]
    worthy = sorted((r for r in free if r.worth >= WORTH), key=lambda ride: -ride.worth)
    suggested = tuple(_with_people(pipe, ride) for ride in worthy[:SUGGESTED])
    shown = {ride.meeting.id for ride in suggested}
    others = tuple(ride for ride in free if ride.meeting.id not in shown)
    return Riding(
        pipe.at, until, tuple(_with_people(pipe, ride) for ride in joined), suggested, others
    )


def ride(pipe: Pipeline, key: str) -> Ride | None:
    """Return one meeting that the viewer may join, of any time ahead.

    None where there is none with that key: it was, was cancelled, or is not for them to see.
    """
    found = _rides(pipe, pipe.leading.meetings_ahead(pipe.at + EVER, [key]))
    return _with_people(pipe, found[0]) if found else None


def _rides(pipe: Pipeline, meetings: Sequence[Ahead]) -> list[Ride]:
    """Return rides, the next first: none to join where a deal has ended."""
    viewer = pipe.viewer
    deals = {d.id: d for d in pipe.deals_numbered(sorted({m.deal_id for m in meetings}))}
    alongside = [
        (deals[m.deal_id], m)
        for m in meetings
        if m.deal_id in deals and viewer is not None
        if deals[m.deal_id].status == "open" or viewer.id in m.members
    ]
    if not alongside or viewer is None:
        return []
    facts = known(pipe, list({deal.id: deal for deal, _ in alongside}.values()))
    calendar = _calendar(pipe, viewer.id, meetings)
    return [_ride(facts, deal, meeting, viewer.id, calendar) for deal, meeting in alongside]


def _ride(
    facts: Known, deal: DealState, meeting: Ahead, viewer: int, calendar: Sequence[_Busy]
) -> Ride:
    why = reasons(facts, deal, meeting)
    clashes = tuple(
        Clash(busy.at, busy.title, busy.key)
        for busy in calendar
        if busy.key != meeting.key and _overlap(busy, _busy(meeting))
    )
    return Ride(meeting, deal, sentence(why), why, (), viewer in meeting.members, clashes)


def _with_people(pipe: Pipeline, ride: Ride) -> Ride:
    keys = ride.meeting.contacts
    there = [c for c in pipe.contacts(ride.deal, keys) if c.key in keys] if keys else []
    return replace(ride, people=tuple(there))


# The leader's own calendar


@dataclass(frozen=True)
class _Busy:
    key: str
    at: datetime
    end: datetime
    title: str


def _calendar(pipe: Pipeline, viewer: int, meetings: Sequence[Ahead]) -> list[_Busy]:
    """Return what the viewer takes part in while these meetings are, each once."""
    last = max(meeting.at for meeting in meetings) + timedelta(days=1)
    talks = pipe.leading.talks(since=pipe.at - timedelta(days=1), until=last, between=[viewer])
    own = [meeting for meeting in meetings if viewer in meeting.members]
    planned: list[Ahead | Talk] = [*talks, *own]
    found = {each.key: _busy(each) for each in planned}
    return sorted(found.values(), key=lambda busy: (busy.at, busy.key))


def _busy(each: Ahead | Talk) -> _Busy:
    length = timedelta(minutes=each.minutes or _SOME_TIME)
    return _Busy(each.key, each.at, each.at + length, each.title)


def _overlap(one: _Busy, other: _Busy) -> bool:
    return one.at < other.end and other.at < one.end

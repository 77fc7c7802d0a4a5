"""A salesperson as their leader should know them, and as they may see themself: the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ridealong.record.leading_states import Employed, Given, Talk
from ridealong.record.pipeline import Criteria, NotVisible, Pipeline
from ridealong.record.states import DealState
from ridealong.views.coaching.cadence import nature
from ridealong.views.coaching.following import (
    GRACE,
    Followed,
    GuidanceCount,
    counted,
    followed,
)
from ridealong.views.coaching.ledger import Cadence, Ledger, ledger
from ridealong.views.coaching.measuring import Measure, measured, weakest

PART_WEEKS = 4
"""Natures are shown over parts of so many weeks."""
NOT_LATELY = timedelta(days=28)
"""A deal that nobody spoke of for so long is not discussed."""
EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What the talks of four weeks, from the Monday ``since`` on, were about.

    ``read``: of how many talks that is known; ``talks``: of how many it might be.
    """

    since: date
    talks: int
    read: int
    nature: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spoken:
    """An open deal, and when leader and salesperson last spoke of it; ``times`` in twelve weeks."""

    deal: DealState
    last: datetime | None
    times: int


@dataclass(frozen=True, slots=True)
class Coaching:
    """What to coach next: the figure that is surely worse than the team's, and the deals."""

    measure: Measure
    deals: tuple[DealState, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is known of leading one person, as of ``at``.

    ``cadence``: with the leader they report to, None without one; its talks are of twelve weeks,
    and of deals it names this person's only, so that everybody who may see it sees the same.
    ``spoken``, ``silent``: their open deals that were and were not discussed lately, the most
    valuable first. ``guidance``: of twelve weeks, and what is still open. ``measures``: empty for
    who carries no deals. ``coach``: None where no figure is surely worse than the team's.
    """

    at: datetime
    member: Employed
    above: tuple[Employed, ...]
    cadence: Cadence | None
    parts: tuple[Part, ...]
    spoken: tuple[Spoken, ...]
    silent: tuple[Spoken, ...]
    guidance: tuple[Followed, ...]
    measures: tuple[Measure, ...]
    coach: Coaching | None

    @property
    def silence(self) -> str:
        """Say why nothing is named to coach next: what is missing, or that nothing is behind."""
        lacking = sum(bool(each.lacking) for each in self.measures)
        if self.coach is not None or not self.measures:
            return ""
        if not lacking:
            return "each figure may well be the team's own."
        few = "one figure has" if lacking == 1 else f"{lacking} of {len(self.measures)} have"
        return f"{few} too little to say, and the rest may well be the team's own."

    @property
    def counted(self) -> GuidanceCount:
        """Return how much of the guidance shown came to what."""
        return counted(self.guidance)


def portrait(pipe: Pipeline, number: int) -> Portrait:
    """Return what is known of a member. Raises ``NotVisible``."""
    member = pipe.leading.one(number)
    if member is None:
        raise NotVisible("There is nobody like that here.")
    above = tuple(pipe.leading.above(number))
    deals = pipe.open_deals(Criteria(salespeople=frozenset({number})))
    cadence = _cadence(pipe, above, number)
    spoken = _spoken(pipe, deals, above, cadence)
    fresh = pipe.at - NOT_LATELY
    measures = measured(pipe.leading.paces(number)) if member.role == "salesperson" else ()
    return Portrait(
        at=pipe.at,
        member=member,
        above=above,
        cadence=cadence,
        parts=_parts(pipe, cadence) if cadence else (),
        spoken=tuple(each for each in spoken if each.last and each.last >= fresh),
        silent=tuple(each for each in spoken if not each.last or each.last < fresh),
        guidance=_guidance(pipe, number, cadence),
        measures=measures,
        coach=_coach(pipe, measures),
    )


def people(pipe: Pipeline) -> list[Ledger]:
    """Return, of each leader in sight, the ledger of those who report to them directly."""
    leading = pipe.leading
    made = []
    for leader in leading.leaders():
        direct = [e.id for e in leading.led_by(leader.id) if e.leader_id == leader.id]
        if direct:
            made.append(ledger(pipe, leader, only=direct))
    return made


def _cadence(pipe: Pipeline, above: Sequence[Employed], number: int) -> Cadence | None:
    if not above:
        return None
    made = ledger(pipe, above[0], only=[number]).people
    if not made:
        return None
    carried = {
        deal.id
        for deal in pipe.deals_numbered(sorted(made[0].deals))
        if deal.salesperson_id == number
    }
    talks = tuple(
        replace(talk, deals=tuple(deal for deal in talk.deals if deal in carried))
        for talk in made[0].talks
    )
    kept = {deal: times for deal, times in made[0].deals.items() if deal in carried}
    return replace(made[0], talks=talks, deals=kept)


def _spoken(
    pipe: Pipeline, deals: Sequence[DealState], above: Sequence[Employed], cadence: Cadence | None
) -> list[Spoken]:
    if not above or cadence is None:
        return []
    last = pipe.leading.last_discussed([deal.id for deal in deals], above[0].id)
    return [Spoken(deal, last.get(deal.id), cadence.deals.get(deal.id, 0)) for deal in deals]


def _parts(pipe: Pipeline, cadence: Cadence) -> tuple[Part, ...]:
    zone = pipe.organisation.time_zone
    parts = []
    for start in range(0, len(cadence.weeks), PART_WEEKS):
        since = cadence.weeks[start]
        until = since + timedelta(weeks=PART_WEEKS)
        talks = [t for t in cadence.talks if since <= t.at.astimezone(zone).date() < until]
        parts.append(Part(since, len(talks), sum(bool(t.nature) for t in talks), nature(talks)))
    return tuple(parts)


def _guidance(pipe: Pipeline, number: int, cadence: Cadence | None) -> tuple[Followed, ...]:
    """Return guidance of the twelve weeks, and older that is still open; the newest first."""
    zone = pipe.organisation.time_zone
    since = cadence.weeks[0] if cadence else date.min
    today = pipe.at.astimezone(zone).date()

    def is_recent(given: Given) -> bool:
        return given.at.astimezone(zone).date() >= since

    # What is long past its day is open no more: it need not be looked up.
    shown = [
        given
        for given in pipe.leading.guidance(salesperson=number)
        if is_recent(given)
        or (not given.outcome and (given.due is None or given.due + GRACE >= today))
    ]
    return tuple(
        each
        for each in followed(pipe, shown)
        if each.outcome == "open" or (each.outcome != "withdrawn" and is_recent(each.given))
    )


def _coach(pipe: Pipeline, measures: Sequence[Measure]) -> Coaching | None:
    measure = weakest(measures)
    if measure is None:
        return None
    return Coaching(measure, tuple(pipe.deals_numbered(measure.deals[:EVIDENCE])))


def talks_of(talks: Sequence[Talk], about: str = "") -> list[Talk]:
    """Return those of the talks that were about a nature at all; all without one."""
    return [talk for talk in talks if not about or talk.nature.get(about)]

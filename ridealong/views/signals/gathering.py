"""Reading deals as rules look at them: many at once, each kind of thing with few queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from ridealong.record.evidence import Happening
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching.following import Followed, followed
from ridealong.views.coaching.judging import Judge
from ridealong.views.coaching.judging import cases as criteria_cases
from ridealong.views.coaching.playbook import written
from ridealong.views.coaching.playing import Skipped
from ridealong.views.signals.case import TEXT_DAYS, Case, Clock
from ridealong.views.signals.norms import Norms

MOVED_DAYS = 90
"""Moves onward longer ago than this are not held against the exit criteria any more."""


def cases(
    pipe: Pipeline, deals: Sequence[DealState], norms: Norms, *, foresees: bool = True
) -> Iterator[Case]:
    """Yield each of these deals, which are open, as rules look at it."""
    numbers = [deal.id for deal in deals]
    zone = pipe.organisation.time_zone
    recent = pipe.at - timedelta(days=TEXT_DAYS)
    versions = pipe.histories(numbers)
    happenings = pipe.evidence.happenings(numbers, texts_since=recent)
    called_off = pipe.evidence.called_off(numbers, recent)
    spoken = pipe.evidence.spoken_of(numbers)
    guidance = _guidance(pipe, numbers)
    skipped = _skipped(pipe, deals, versions, norms)
    people = _people(pipe, deals, happenings)
    leaders = {number: each.leader_id for number, each in pipe.leading.employed.items()}
    for deal in deals:
        clock = Clock(pipe.at, zone)
        past: list[Happening] = []
        planned: list[Happening] = []
        for each in happenings.get(deal.id, ()):
            if clock.reached(each.at):
                past.append(each)
            elif not each.declined:
                planned.append(each)
        # A version that begins later was told ahead: then is when it counts.
        clock.reached(deal.valid_to)
        yield Case(
            clock=clock,
            deal=deal,
            versions=versions.get(deal.id, [deal]),
            past=past,
            planned=planned[::-1],
            called_off=called_off.get(deal.id, ()),
            people=people[deal.id],
            leader=leaders.get(deal.salesperson_id or 0),
            spoken=spoken.get(deal.id, ()),
            guidance=guidance.get(deal.id, ()),
            skipped=skipped.get(deal.id, ()),
            norms=norms,
            foresees=foresees,
        )


def _guidance(pipe: Pipeline, numbers: Sequence[int]) -> dict[int, list[Followed]]:
    found: dict[int, list[Followed]] = {}
    given = pipe.leading.guidance(deals=numbers, since=pipe.at - timedelta(days=365))
    for each in followed(pipe, given):
        found.setdefault(each.given.deal_id or 0, []).append(each)
    return found


def _people(
    pipe: Pipeline, deals: Sequence[DealState], happenings: Mapping[int, Sequence[Happening]]
) -> dict[int, dict[str, Contact]]:
    named = {
        deal.id: dict.fromkeys(
            [*deal.contacts, *(key for h in happenings.get(deal.id, ()) for key in h.contacts)]
        )
        for deal in deals
    }
    people = pipe.evidence.people({key for keys in named.values() for key in keys})
    return {
        deal.id: {
            key: replace(people[key], role=deal.contacts.get(key) or "")
            for key in named[deal.id]
            if key in people
        }
        for deal in deals
    }


def _skipped(
    pipe: Pipeline,
    deals: Sequence[DealState],
    versions: Mapping[int, Sequence[DealState]],
    norms: Norms,
) -> dict[int, list[Skipped]]:
    """The last move onward of each deal that moved lately, where exit criteria were missing then.

    Others are left out: asking costs the texts of all that happened.
    """
    book = written(pipe)
    since = pipe.at - timedelta(days=MOVED_DAYS)
    moved = {
        deal.id: pair
        for deal in deals
        if deal.stage_since >= since and (pair := _last_move(versions.get(deal.id, ())))
    }
    if not book.total or not moved:
        return {}
    asked = [deal for deal in deals if deal.id in moved]
    judge = Judge(pipe, asked)
    found: dict[int, list[Skipped]] = {}
    for case in criteria_cases(pipe, asked):
        before, after = moved[case.deal.id]
        left = {stage.id for stage in book.left(before.stage_position, after.stage_position)}
        wanted = [each for stage, criteria in book.stages if stage.id in left for each in criteria]
        flowing = norms.flowing.get(before.salesperson_id or 0, frozenset())
        states = judge.states(case.until(after.valid_from, before, flowing), wanted)
        missing = tuple(each for each in states if each.state == "missing")
        if missing:
            skip = Skipped(after.valid_from, before.stage, after.stage, missing)
            found[case.deal.id] = [skip]
    return found


def _last_move(versions: Sequence[DealState]) -> tuple[DealState, DealState] | None:
    """The versions before and after the last move between stages, where it went onward."""
    for before, after in zip(versions[-2::-1], versions[:0:-1], strict=True):
        if before.stage_id != after.stage_id:
            known = before.stage_id is not None and after.stage_id is not None
            onward = known and after.stage_position > before.stage_position
            return (before, after) if onward and before.status == "open" else None
    return None

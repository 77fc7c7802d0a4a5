"""Reading what questions are made of, for many deals with few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ridealong.record.leading_states import Given
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Contact, DealState, Touch
from ridealong.views import briefing
from ridealong.views.inspection.changing import changes_of
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words
from ridealong.views.recall.calling import callings
from ridealong.views.recall.questions import Matter, Scene

GUIDANCE_READ = timedelta(days=120)
"""Guidance given longer ago is not asked for any more."""
VOID = {"withdrawn", "overtaken"}
TEXTS_READ = timedelta(days=120)
WEEK = timedelta(days=7)


def scene(pipe: Pipeline, deals: Sequence[DealState]) -> Scene:
    """Return what can be known of these open deals, but for what the buyer said."""
    kept = briefing.last_kept(pipe)
    earlier = briefing.earlier_than(pipe, kept)
    numbers = [deal.id for deal in deals]
    touches = pipe.touches(numbers)
    people = _people(pipe, deals)
    moves = _moves(pipe, earlier, deals)
    given = _given(pipe, numbers)
    zone = pipe.organisation.time_zone
    alike = pipe.recalled.called_alike(deals)
    return Scene(
        at=pipe.at,
        zone=zone,
        since=earlier.at,
        since_words=_since(pipe, earlier.at, is_kept=kept is not None),
        stages=pipe.stages(),
        matters={
            deal.id: Matter(
                deal,
                touches.get(deal.id, Touch()),
                people.get(deal.id, ()),
                moves.get(deal.id, ()),
                given.get(deal.id),
            )
            for deal in deals
        },
        calls=callings(alike, numbers),
        countries={each.id: each.country for each in alike},
    )


def with_words(pipe: Pipeline, made: Scene, deals: Collection[int]) -> Scene:
    """Return the scene with what the buyers of these deals said."""
    said = pipe.evidence.happenings(deals, texts_since=pipe.at - TEXTS_READ)
    matters = dict(made.matters)
    for number in deals:
        if number in matters:
            spoken = [h for h in said.get(number, ()) if h.two_way and h.at <= pipe.at]
            matters[number] = replace(matters[number], spoken=spoken)
    return replace(made, matters=matters)


def _since(pipe: Pipeline, since: datetime, *, is_kept: bool) -> str:
    if pipe.at - since < WEEK:
        return f"since {since.astimezone(pipe.organisation.time_zone):%A}"
    return "since the last brief" if is_kept else "in the last seven days"


def _people(pipe: Pipeline, deals: Iterable[DealState]) -> Mapping[int, list[Contact]]:
    deals = list(deals)
    known = pipe.evidence.people({key for deal in deals for key in deal.contacts})
    return {
        deal.id: [
            replace(known[key], role=role or "")
            for key, role in deal.contacts.items()
            if key in known
        ]
        for deal in deals
    }


def _moves(
    pipe: Pipeline, earlier: Pipeline, deals: Iterable[DealState]
) -> Mapping[int, tuple[str, ...]]:
    moved = [deal.id for deal in deals if deal.valid_from > earlier.at]
    return {
        pair.after.id: tuple(
            f"{CHANGE_WORDS[change.kind]} {change_words(change)}"
            for change in changes_of(pair)
            if change.kind != "new"
        )
        for pair in pipe.deals_compared_with(earlier, moved)
        if pair.after is not None
    }


def _given(pipe: Pipeline, deals: Collection[int]) -> Mapping[int, Given]:
    found: dict[int, Given] = {}
    since = pipe.at - GUIDANCE_READ
    # The newest first; what was withdrawn was never agreed.
    for given in pipe.leading.guidance(deals=deals, since=since):
        if given.deal_id is not None and given.outcome not in VOID:
            found.setdefault(given.deal_id, given)
    return found

"""Looking for the deals of activities, and saying what was found as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from ridealong.lib import clock
from ridealong.record import placeable, writer
from ridealong.record.facts import Fact
from ridealong.record.placeable import Unplaced
from ridealong.record.progress import Progress, Watch
from ridealong.record.ranks import SourceName
from ridealong.sources.matching.given import Heard, Match
from ridealong.sources.matching.weighing import CLEAR
from ridealong.sources.placing.asking import ask
from ridealong.sources.placing.known import Known
from ridealong.sources.placing.recordings import MEETINGS, meeting_of, talks_of

SOURCE = SourceName("matching", "inferred")
_BATCH = 500
_SPAN = timedelta(days=400)
"""Deals that ended longer ago than this are no candidates."""
AGAIN = timedelta(days=120)
"""How far back activities without a deal are looked at again when deals are new."""
_FOLLOWING = 2000
AMONG_COLLEAGUES = {"sure": 1.0, "why": ["Only colleagues took part"], "aside": True}
"""What colleagues speak of among themselves may be about deals, and is of none: see listening."""


def carry_out(run: Any, watch: Watch) -> dict[str, Any]:
    """Place what is due.

    With ``again`` in the run's plan, look again at what was not placed; with ``like``, at what
    has something in common with the activity of that key.
    """
    plan = run.plan or {}
    placed = place_due(watch)
    if plan.get("again"):
        placed += again_since(watch)
    if plan.get("like"):
        placed += again_with(plan["like"])
    return {"placed": placed}


def place_due(watch: Watch | None = None) -> int:
    """Look for the deal of every activity that is due; return how many were placed."""
    known: Known | None = None
    done = placed = 0
    while batch := placeable.due(_BATCH):
        known = known or Known(since=batch[0].at - _SPAN)
        placed += _place(known, batch)
        done += len(batch)
        if watch:
            watch(Progress("placing", done, None))
    return placed


def again_since(watch: Watch | None = None) -> int:
    """Look again at what was not placed of late; return how many are placed now."""
    since = clock.now() - AGAIN
    # Read before anything is written: what is placed leaves the list.
    waiting = list(placeable.open_ones(since))
    return _in_batches(waiting, watch) if waiting else 0


def again_with(key: str) -> int:
    """Look again at what shares a thread, a series or a person with an activity just placed."""
    tied = placeable.tied_to(key, _FOLLOWING)
    return _in_batches(tied, None) if tied else 0


def _in_batches(activities: Sequence[Unplaced], watch: Watch | None) -> int:
    known = Known(since=min(each.at for each in activities) - _SPAN)
    placed = done = 0
    rest = iter(activities)
    while batch := list(islice(rest, _BATCH)):
        placed += _place(known, batch)
        done += len(batch)
        if watch:
            watch(Progress("placing again", done, len(activities)))
    return placed


def _place(known: Known, batch: Sequence[Unplaced]) -> int:
    """Place a batch, then what was left of the threads and series that it made clear."""
    placed = _looked_at(known, batch)
    clear = [each for each in batch if placed.get(each.key, 0.0) >= CLEAR]
    left = placeable.left_of(
        {each.thread for each in clear if each.thread},
        {each.series for each in clear if each.series},
        _FOLLOWING,
    )
    return len(placed) + len(_looked_at(known, left))


def _looked_at(known: Known, batch: Sequence[Unplaced]) -> dict[str, float]:
    """Say where activities belong; return {key: how sure} of those that were placed."""
    if not batch:
        return {}
    known.learn_of(batch)
    talks = {each.key: each for each in batch if each.is_talk}
    others = [each for each in batch if not each.is_talk]
    facts = list(_facts(known, others))
    writer.append(SOURCE, facts)
    # Meetings first: their records belong where they do, also those that were here before.
    talks |= {each.key: each for each in talks_of([e for e in others if e.kind in MEETINGS])}
    recorded = [_talk(known, talk) for talk in talks.values()]
    writer.append(SOURCE, recorded)
    facts += recorded
    found = [fact for fact in facts if fact.changes.get("deal")]
    ask(known, {f.key: f.changes["deal"] for f in found}, [*others, *talks.values()])
    return {fact.key: fact.changes["match"]["sure"] for fact in found}


def _facts(known: Known, batch: Iterable[Unplaced]) -> Iterator[Fact]:
    return (_fact(activity, _found(known, activity)) for activity in batch)


def _talk(known: Known, talk: Unplaced) -> Fact:
    meeting = meeting_of(talk)
    changes = _found(known, talk)
    if meeting is None:
        return _fact(talk, changes)
    changes["recording_of"] = meeting.key
    if meeting.deal:
        why = [f"It is the record of the meeting “{meeting.title}”"]
        changes |= {"deal": meeting.deal, "match": {"sure": 1.0, "why": why}}
    return _fact(talk, changes)


def _found(known: Known, activity: Unplaced) -> dict[str, Any]:
    if known.among_colleagues(activity):
        return {"match": AMONG_COLLEAGUES}
    heard = known.heard(activity)
    match = known.matcher.match(heard)
    if match.deal is not None:
        known.placements.learn(heard, match.deal)
    return _said(known, heard, match)


def _said(known: Known, heard: Heard, match: Match) -> dict[str, Any]:
    return {
        "deal": match.deal,
        "company": match.company or None,
        "contacts": known.contacts(heard.outsiders) or None,
        "match": {
            "sure": match.sure,
            "why": list(match.why),
            "candidates": [list(each) for each in match.candidates],
        },
    }


def _fact(activity: Unplaced, changes: dict[str, Any]) -> Fact:
    """One statement an activity, said again when something else is found.

    Its moment is the activity's, so that the same activities give the same facts.
    """
    return Fact("activity", activity.key, activity.at, changes, f"place:{activity.key}"[:255])

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
from ridealong.sources.placing.asking import ask
from ridealong.sources.placing.known import Known

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
    known.learn_of(batch)
    facts = list(_facts(known, batch))
    writer.append(SOURCE, facts)
    placed = {fact.key: fact.changes["deal"] for fact in facts if fact.changes.get("deal")}
    ask(known, placed, batch)
    return len(placed)


def _facts(known: Known, batch: Iterable[Unplaced]) -> Iterator[Fact]:
    for activity in batch:
        heard = known.heard(activity)
        if known.among_colleagues(activity):
            yield _fact(activity, {"match": AMONG_COLLEAGUES})
            continue
        match = known.matcher.match(heard)
        if match.deal is not None:
            known.placements.learn(heard, match.deal)
        yield _fact(activity, _said(known, heard, match))


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

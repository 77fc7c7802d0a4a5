"""Judging the deals that are due, and keeping what changed about them.

What stands after it is what judging every open deal at that moment would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from ridealong.lib import clock
from ridealong.record import pipeline, watchable
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.record.progress import Progress, Watch
from ridealong.record.signals import SignalState
from ridealong.sources.stating import Noticed, keep_norms, notice
from ridealong.views import signals
from ridealong.views.signals import Evidence, Found, Norms, Verdict

BATCH = 500


@dataclass(frozen=True, slots=True)
class Watched:
    """How many deals were judged; how many signals were raised, and how many cleared."""

    deals: int = 0
    raised: int = 0
    cleared: int = 0


def carry_out(_run: Any, watch: Watch) -> dict[str, Any]:
    """Judge what is due; a run of the kind "watch"."""
    done = watch_due(watch)
    return {"deals": done.deals, "raised": done.raised, "cleared": done.cleared}


def watch_due(
    watch: Watch | None = None, *, now: datetime | None = None, live: bool = True
) -> Watched:
    """Judge every deal that is due and keep what changed; return how much that was.

    ``now``: the moment, this one by default. ``live`` False: at a past moment with what was known
    then, and kept as of it, for a history that is made all at once. Cut anywhere, it is completed
    by running it again.
    """
    moment = now or clock.now()
    norms = norms_of(_open(moment, live=live), live=live)
    total = watchable.count_due(moment)
    deals = raised = cleared = 0
    while numbers := watchable.take(moment, BATCH):
        # Later than they were taken, so that it sees all that was learned until then.
        moment = now or clock.now()
        part = _judge(_open(moment, live=live), numbers, norms, live=live)
        deals, raised, cleared = deals + part.deals, raised + part.raised, cleared + part.cleared
        if watch:
            watch(Progress("looking at deals", deals, max(total, deals)))
    return Watched(deals, raised, cleared)


def _open(moment: datetime, *, live: bool) -> Pipeline:
    return pipeline.open(EVERYTHING, moment, None if live else moment)


def norms_of(pipe: Pipeline, *, live: bool = True) -> Norms:
    """Return what is normal in the week of the pipeline's moment; learn and keep it if need be.

    Once rules are others than those it was learned for, it is learned anew, and every deal judged.
    """
    monday = signals.week_of(pipe.at, pipe.organisation.time_zone)
    body = pipe.signals.norms(monday.isoformat())
    if not _holds(body):
        body = {**signals.as_body(signals.learn(pipe)), "edition": signals.edition()}
        keep_norms(body, monday=monday, at=pipe.at, live=live)
    # As they were kept, so that they are the same for everybody.
    return signals.from_body(body)


def is_due(now: datetime) -> bool:
    """Say whether deals are to be judged: some of them, or all in a new week or by new rules."""
    if watchable.is_due(now):
        return True
    pipe = _open(now, live=True)
    if pipe.evidence.is_empty:
        return False
    return not _holds(pipe.signals.norms(str(signals.week_of(now, pipe.organisation.time_zone))))


def _holds(body: Mapping[str, Any] | None) -> TypeGuard[Mapping[str, Any]]:
    return body is not None and body.get("edition") == signals.edition()


def _judge(pipe: Pipeline, numbers: Sequence[int], norms: Norms, *, live: bool) -> Watched:
    deals = pipe.deals_numbered(numbers)
    standing: dict[int, dict[str, SignalState]] = {}
    for each in pipe.signals.standing(deals=numbers):
        standing.setdefault(each.deal_id, {})[each.rule] = each
    wakes: dict[int, datetime | None] = watchable.beginnings(numbers, pipe.at)
    ahead = watchable.turns(numbers, pipe.at)
    changed: list[Noticed] = []
    for verdict in signals.judge(pipe, deals, norms):
        changed += _changes(verdict, standing.pop(verdict.deal.id, {}), pipe.at)
        soonest = (verdict.wake, ahead.get(verdict.deal.id))
        wakes[verdict.deal.id] = min((each for each in soonest if each), default=None)
    # Deals that are gone have nothing.
    keys = watchable.keys_of(standing)
    changed += [Noticed(rule, keys[deal], None) for deal, has in standing.items() for rule in has]
    notice(changed, at=pipe.at, live=live)
    any_of_them = {watchable.ANY: ahead.get(watchable.ANY)}
    watchable.settle({number: wakes.get(number) for number in numbers} | any_of_them)
    new = sum(each.raised == pipe.at for each in changed)
    return Watched(len(numbers), new, sum(each.raised is None for each in changed))


def _changes(
    verdict: Verdict, standing: Mapping[str, SignalState], at: datetime
) -> Iterator[Noticed]:
    for rule, found in verdict.found.items():
        there = standing.get(rule)
        evidence = [_plain(each) for each in found.evidence]
        if there is None or not _same(there, found, evidence):
            raised = at if there is None else there.raised_at
            audience = signals.rules()[rule].audience
            yield Noticed(rule, verdict.deal.key, raised, found.words, evidence, audience)
    for rule in standing.keys() - verdict.found.keys():
        yield Noticed(rule, verdict.deal.key, None)


def _same(there: SignalState, found: Found, evidence: list[dict[str, Any]]) -> bool:
    return there.words == found.words and list(there.evidence) == evidence


def _plain(evidence: Evidence) -> dict[str, Any]:
    at = evidence.at
    return {
        "text": evidence.text,
        "activity": evidence.activity,
        "at": at.isoformat() if at else None,
    }

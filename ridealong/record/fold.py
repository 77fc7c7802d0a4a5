"""From facts to history: pure functions, the same result for the same facts in any order.

The facts of one subject, as known at a moment, are put in order and folded into states over time.
Going through the moments at which something was learned gives *rectangles*: a state over
``[valid_from, valid_to)`` as known in ``[known_from, known_to)``.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from ridealong.lib.clock import FOREVER
from ridealong.record.facts import MASKED

State = dict[str, Any]
Weigh = Callable[[str, str], int]
"""Rank of a statement from (kind of source, field)."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stored fact as the fold needs it."""

    at: datetime
    recorded_at: datetime
    source: str
    source_kind: str
    external_id: str
    digest: bytes
    changes: State
    was: State

    @property
    def order(self) -> tuple[Any, ...]:
        """Where this fact stands among the facts of its subject."""
        return (self.at, self.recorded_at, self.source, self.external_id, self.digest)


@dataclass(frozen=True, slots=True)
class Moment:
    """A state from ``at`` on."""

    at: datetime
    state: State


@dataclass(slots=True)
class Rectangle:
    """A state over an interval, as known in another. Ends are exclusive."""

    valid_from: datetime
    valid_to: datetime
    known_from: datetime
    known_to: datetime
    state: State


def in_force(facts: Iterable[Said]) -> list[tuple[datetime, list[Said], list[Said]]]:
    """Return, for each moment at which something was learned, the facts gone and those come.

    A statement said again with other content goes when the new one comes.
    """
    statements: dict[tuple[str, str], list[Said]] = {}
    for fact in facts:
        statements.setdefault((fact.source, fact.external_id), []).append(fact)
    gone: dict[datetime, list[Said]] = {}
    come: dict[datetime, list[Said]] = {}
    for revisions in statements.values():
        revisions.sort(key=lambda fact: (fact.recorded_at, fact.digest))
        last: Said | None = None
        for known, same_time in groupby(revisions, key=lambda fact: fact.recorded_at):
            newest = list(same_time)[-1]
            if last is not None and last.digest == newest.digest:
                continue
            if last is not None:
                gone.setdefault(known, []).append(last)
            come.setdefault(known, []).append(newest)
            last = newest
    return [
        (known, _saying(gone.get(known, [])), _saying(come.get(known, [])))
        for known in sorted({*gone, *come})
    ]


def _saying(facts: Iterable[Said]) -> list[Said]:
    """Those that say something: what was masked does not."""
    return [fact for fact in facts if fact.changes != MASKED]


def states(
    ordered: Sequence[Said], weigh: Weigh, held_back: frozenset[str] = frozenset()
) -> list[Moment]:
    """Fold facts, already in order, into the state after each moment; equal neighbours are one.

    ``held_back``: fields whose first known value holds from the beginning. ``was`` of the first
    statement on a field says what it held before.
    """
    state = _beginning(ordered, held_back)
    ranks: dict[str, int] = {}
    moments: list[Moment] = []
    for fact in ordered:
        state = _after(state, fact, ranks, weigh)
        if moments and moments[-1].at == fact.at:
            moments.pop()
        if not moments or moments[-1].state != state:
            moments.append(Moment(fact.at, state))
    return moments


def _beginning(ordered: Sequence[Said], held_back: frozenset[str]) -> State:
    state: State = {}
    for fact in ordered:
        for name, value in fact.changes.items():
            if name in state:
                continue
            if name in fact.was:
                state[name] = fact.was[name]
            elif name in held_back and value is not None:
                state[name] = value
            elif name not in held_back:
                state[name] = None
    return {name: value for name, value in state.items() if value is not None}


def _after(state: State, fact: Said, ranks: dict[str, int], weigh: Weigh) -> State:
    changed = dict(state)
    for name, value in fact.changes.items():
        weight = weigh(fact.source_kind, name)
        if weight < ranks.get(name, 0):
            continue
        ranks[name] = weight
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed


def rectangles(
    facts: Iterable[Said],
    weigh: Weigh,
    *,
    held_back: frozenset[str] = frozenset(),
    derive: Callable[[list[Moment]], list[Moment]] = list,
) -> list[Rectangle]:
    """Return the subject's whole history in both times, in order of (known_from, valid_from).

    No two rectangles overlap. A subject that is ``deleted``, or of
    which nothing is said any more, has no state while it is.
    ``derive`` adds to each moment's state what follows from those before it.
    """
    done: list[Rectangle] = []
    live: list[Rectangle] = []
    ordered: list[Said] = []
    for known, gone, come in in_force(facts):
        for fact in gone:
            del ordered[bisect_left(ordered, fact.order, key=lambda f: f.order)]
        for fact in come:
            insort(ordered, fact, key=lambda f: f.order)
        live = _revise(live, derive(states(ordered, weigh, held_back)), known, done)
    done.extend(live)
    done.sort(key=lambda r: (r.known_from, r.valid_from))
    return done


def _revise(
    live: list[Rectangle], moments: list[Moment], known: datetime, done: list[Rectangle]
) -> list[Rectangle]:
    """Return what is believed from ``known`` on; what no longer is goes to ``done``."""
    before = {(r.valid_from, r.valid_to): r for r in live}
    after: list[Rectangle] = []
    ends = [moment.at for moment in moments[1:]] + [FOREVER]
    # Nothing said: neither a moment nor an end.
    for moment, valid_to in zip(moments, ends, strict=False):
        if moment.state.get("deleted"):
            continue
        same = before.get((moment.at, valid_to))
        if same is not None and same.state == moment.state:
            del before[moment.at, valid_to]
            after.append(same)
        else:
            after.append(Rectangle(moment.at, valid_to, known, FOREVER, moment.state))
    for superseded in before.values():
        superseded.known_to = known
        if superseded.known_from < known:
            done.append(superseded)
    return after

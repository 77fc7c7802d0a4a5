"""Worlds tried one after the other: how often something false is claimed, how often what is true.

A world is looked at every eight weeks from its first year on, as its people look at the page again
and again; one false claim at any look counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from scipy.stats import beta

from bench.insight.worlds import BEGAN, DAYS, Effects, World, world
from ridealong.insight import Trial, tables, tried

LOOKS = tuple(BEGAN + DAYS - 56.0 * back for back in range(10, -1, -1))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was claimed of one world at any look: (kind, name, person); ``false``: of these."""

    claimed: frozenset[tuple[str, str, int]]
    false: frozenset[tuple[str, str, int]]
    uncorrected: bool
    """Whether any single comparison looked significant at 5% at the last look, uncorrected."""


def looked_at(seed: int, deals: int, effects: Effects, looks: Sequence[float]) -> Outcome:
    """Return what was claimed of the world with this seed, at any of the looks."""
    made = world(seed, deals, effects)
    table = tables(made.company)
    claimed: set[tuple[str, str, int]] = set()
    trials: tuple[Trial, ...] = ()
    for look in looks:
        trials = tried(made.company, table, look)
        claimed |= {(t.kind, t.name, t.person) for t in trials if t.holds}
    naive: set[tuple[str, str, int]] = {
        (t.kind, t.name, t.person)
        for t in trials
        if t.found is not None and t.found.effect > 1.645 * t.found.error
    }
    return Outcome(
        frozenset(claimed),
        frozenset(_false(made, claimed, effects)),
        bool(set(_false(made, naive, effects))),
    )


def _false(
    made: World, claimed: set[tuple[str, str, int]], effects: Effects
) -> Iterator[tuple[str, str, int]]:
    """Of claims, those that are not so. Where something was planted, what leans on it is so."""
    for kind, name, person in claimed:
        if kind == "salesperson":
            if not made.is_true(person, int(name), effects):
                yield kind, name, person
        elif (kind == "deal" and not effects.decider) or (
            kind == "leading" and not effects.followed
        ):
            yield kind, name, person


def many(
    seeds: range, deals: int, effects: Effects, looks: Sequence[float] = LOOKS
) -> list[Outcome]:
    """Return the outcome of each world; on two processes."""
    with ProcessPoolExecutor(2) as pool:
        jobs = [pool.submit(looked_at, seed, deals, effects, looks) for seed in seeds]
        return [job.result() for job in jobs]


def exact(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Return an interval of a share that holds it with ``level``: C. Clopper, E. Pearson 1934."""
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else float(beta.ppf(tail, hits, of - hits + 1))
    high = 1.0 if hits == of else float(beta.ppf(1 - tail, hits + 1, of - hits))
    return low, high

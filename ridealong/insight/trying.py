"""All comparisons of the three kinds, tried together, and what holds up among them.

What may go wrong is shared out beforehand: one half to deals, by how much the field says for each
thing they may have; a quarter to salespeople, by the order in which they came (who comes later
lives on what was kept back), equally over their stages; a quarter to leading, one half of it to
guidance as a whole, one to its aims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ridealong.insight.betting import ENOUGH, adjusted, evidence, interval, shrunk
from ridealong.insight.comparing import Comparison, compare
from ridealong.insight.courses import Company
from ridealong.insight.having import HAVINGS
from ridealong.insight.landmarks import AIMS, Table, Tables, Truths, Whole
from ridealong.insight.shrinking import Estimate, share

Kind = Literal["deal", "salesperson", "leading"]
FIRST = 90.0
"""So many days after the record began nothing is claimed: who is there by then came first."""
OTHERS = 3
"""With so many others under the same leader a salesperson can be compared."""
DEALS, PEOPLE, LEADING = 0.5, 0.25, 0.25


@dataclass(frozen=True)
class Trial:
    """One comparison. ``name``: what a deal has, a stage's number, or an aim of guidance ("" all).

    ``person``: of a salesperson. ``found`` None: there was too little to compare. ``evidence``: the
    e-value alone; ``joint``: after all were tried together. ``rows``: which rows of the kind's
    table were counted, and of these ``having`` which had it.

    Of a salesperson it is looked for a larger share of the others: theirs stand in
    ``found.having``, and ``having`` says which rows are the salesperson's.
    """

    kind: Kind
    name: str
    person: int
    weight: float
    found: Comparison | None
    evidence: float
    rows: Whole
    having: Truths
    joint: float = 0.0

    @property
    def holds(self) -> bool:
        """Say whether this may be claimed."""
        return self.found is not None and self.joint >= ENOUGH

    @property
    def p(self) -> float:
        """The chance of as much evidence for any claim if there were nothing: at all times."""
        return min(1.0, 1 / self.joint) if self.joint > 0 else 1.0

    @property
    def effect(self) -> float:
        """How much larger the share is, shrunk."""
        return 0.0 if self.found is None else shrunk(self.found.effect, self.found.error)

    @property
    def bounds(self) -> tuple[float, float]:
        """An interval of the effect that holds it with 95%, however often one looks."""
        if self.found is None:
            return (-1.0, 1.0)
        return interval(self.found.effect, self.found.error)


def tried(company: Company, made: Tables, at: float) -> tuple[Trial, ...]:
    """Return every comparison as it stands at ``at``; ``made``: the tables of the company."""
    trials = [*_of_deals(made.deals, at), *_of_people(company, made.entries, at)]
    trials += _of_leading(made.advised, at)
    joint = adjusted([t.evidence for t in trials], [t.weight for t in trials])
    settled = [replace(t, joint=float(e)) for t, e in zip(trials, joint, strict=True)]
    if not made.entries.at.size or at < float(made.entries.at.min()) + FIRST:
        return tuple(replace(trial, joint=0.0) for trial in settled)
    return tuple(settled)


def _both(table: Table) -> Whole:
    """A number for each stage and salesperson."""
    return np.asarray(table.stage * (int(table.person.max(initial=0)) + 1) + table.person)


def _of_deals(table: Table, at: float) -> Iterator[Trial]:
    rows = np.flatnonzero(table.settled <= at)
    known = table.by(at)
    names = [having.name for having in HAVINGS]
    marks = np.column_stack([known.having[name] for name in names])
    for number, found in enumerate(compare(known, marks, _both(known))):
        weight = DEALS * HAVINGS[number].weight
        yield _trial("deal", names[number], 0, weight, found, rows, marks[:, number])


def _of_people(company: Company, table: Table, at: float) -> Iterator[Trial]:
    """Each salesperson in each stage. Who reports to nobody has no team to stand beside."""
    stages = len(company.stages)
    weights = (
        {p: PEOPLE * part / stages for p, part in arrivals(table, at).items()} if stages else {}
    )
    for leader in sorted({company.leaders.get(person) or 0 for person in weights} - {0}):
        team = [person for person, above in company.leaders.items() if above == leader]
        for stage in company.stages:
            kept = np.isin(table.person, team) & (table.stage == stage) & (table.settled <= at)
            yield from _of_team(table, np.flatnonzero(kept), stage, weights)


def _of_team(
    table: Table, rows: Whole, stage: int, weights: Mapping[int, float]
) -> Iterator[Trial]:
    """Each of a team in one stage, against the others of it together."""
    known = table.where(rows)
    people = [person for person in np.unique(known.person).tolist() if person in weights]
    if not people:
        return
    own = np.column_stack([known.person == person for person in people])
    # Less often than the team: what is looked for is the others' larger share.
    level = np.zeros(rows.size, dtype=int)
    compared = compare(known, ~own, level) if len(people) > OTHERS else [None] * len(people)
    for number, (person, found) in enumerate(zip(people, compared, strict=True)):
        weight = weights[person]
        yield _trial("salesperson", str(stage), person, weight, found, rows, own[:, number])


def _of_leading(table: Table, at: float) -> Iterator[Trial]:
    for aim in ("", *AIMS):
        asked = table.having[aim] if aim else np.ones(table.at.size, dtype=bool)
        rows = np.flatnonzero(asked & (table.settled <= at))
        known = table.by(at, asked)
        weight = LEADING / 2 if not aim else LEADING / 2 / len(AIMS)
        done = known.having["followed"]
        (found,) = compare(known, done[:, None], _both(known))
        yield _trial("leading", aim, 0, weight, found, rows, done)


def _trial(  # noqa: PLR0917  the fields of a trial, in their order
    kind: Kind,
    name: str,
    person: int,
    weight: float,
    found: Comparison | None,
    rows: Whole,
    having: Truths,
) -> Trial:
    value = 1.0 if found is None else evidence(found.effect, found.error)
    return Trial(kind, name, person, weight, found, value, rows, having)


def estimated(trial: Trial, counted: Table) -> Estimate:
    """Return the share of a salesperson's deals that went on, shrunk towards the others'.

    ``counted``: the rows that the comparison counted.
    """
    counts = {
        int(each): (int(counted.went[mine].sum()), int(mine.sum()))
        for each in np.unique(counted.person)
        for mine in [counted.person == each]
    }
    own = counts.pop(trial.person)
    return share(own, list(counts.values()))


def arrivals(table: Table, at: float) -> Mapping[int, float]:
    """Return which part of the salespeople's budget each one has, in the order they came.

    Those of the first days share three quarters of it; the next, twice as many, three quarters of
    the rest, and so on. What each has is set when they come, and never changes.
    """
    came: dict[int, float] = {}
    for person, moment in zip(table.person.tolist(), table.at.tolist(), strict=True):
        if person and moment <= at:
            came[person] = min(moment, came.get(person, moment))
    order = sorted(came, key=lambda person: (came[person], person))
    if not order:
        return {}
    first = sum(came[person] <= came[order[0]] + FIRST for person in order)
    found: dict[int, float] = {}
    start, size, block = 0, first, 0
    while start < len(order):
        part = 0.75 * 0.25**block
        found.update(dict.fromkeys(order[start : start + size], part / size))
        start, size, block = start + size, size * 2, block + 1
    return found

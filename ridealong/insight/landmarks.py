"""Rows to compare: each deal as it stood at one moment, and what became of it from there.

Everything that is compared is known at the row's moment (the *landmark*), and what became of the
deal is looked for only after it. So a deal that lived longer had no more time to have a thing than
any other (no immortal time), and only deals still open then are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ridealong.insight.courses import Advised, Company, Course, Step
from ridealong.insight.having import HAVINGS

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]
SETTLED_IN = 14.0
"""So many days after a deal came to a stage it is compared with others there."""
ACTED_IN = 14.0
"""So many days after guidance was given, it was followed by then or not."""
WON_WITHIN = 182.0
"""Within so many days after the landmark a deal was won, or was not."""
ON_WITHIN = 60.0
"""Within so many days a deal went on to a later stage, or was won."""
AIMS = ("meet", "phone", "write", "widen", "date", "amount")
"""What guidance may ask for, in a fixed order."""


class Passage(NamedTuple):
    """A deal's stay in a stage: ``first`` is the step with which it began; ``left`` None: still."""

    first: Step
    left: float | None


@dataclass(frozen=True)
class Table:
    """Rows as columns. ``settled``: since when it is known what became of it; ``went``: it did.

    ``deal`` is the index of the deal among the company's courses. ``heard``: the buyer was, lately.
    ``having``: by name, whether the row has it.
    """

    deal: Whole
    stage: Whole
    person: Whole
    worth: Floats
    age: Floats
    at: Floats
    settled: Floats
    heard: Truths
    went: Truths
    having: Mapping[str, Truths]

    def by(self, moment: float, kept: Truths | None = None) -> Table:
        """Return the rows of which it was known by then what became of them; of those kept."""
        known = self.settled <= moment
        return self.where(known if kept is None else known & kept)

    def where(self, kept: Truths | Whole) -> Table:
        """Return these rows only: those that are marked, or that have these numbers."""
        columns = {name: getattr(self, name)[kept] for name in _COLUMNS}
        return Table(**columns, having={name: values[kept] for name, values in self.having.items()})


_COLUMNS = ("deal", "stage", "person", "worth", "age", "at", "settled", "heard", "went")


@dataclass(frozen=True)
class Tables:
    """Rows of the three kinds: deals in a stage, entries to a stage, guidance."""

    deals: Table
    entries: Table
    advised: Table


def tables(company: Company) -> Tables:
    """Return all rows of a company. What is not settled yet is among them: see ``Table.by``."""
    index = {course.deal: number for number, course in enumerate(company.courses)}
    courses = list(enumerate(company.courses))
    kinds = [_by_aim(one, company.courses, index) for one in company.advised]
    return Tables(
        deals=_table(
            [row for n, c in courses for row in _of_deal(n, c)], [h.name for h in HAVINGS]
        ),
        entries=_table([row for n, c in courses for row in _of_entry(n, c)], []),
        advised=_table([row for row in kinds if row is not None], ["followed", *AIMS]),
    )


def passages(course: Course) -> Iterator[Passage]:
    """Yield a deal's stays in stages, in order, of which the record saw the beginning."""
    began: Step | None = None
    for number, step in enumerate(course.steps):
        before = course.steps[number - 1] if number else None
        if before is not None and (before.stage, before.status) == (step.stage, step.status):
            continue
        if began is not None:
            yield Passage(began, step.at)
        # Out of an unknown stage: nobody knows since when it is in this one.
        seen = before is None or bool(before.stage)
        began = step if step.status == "open" and step.stage and seen else None
    if began is not None:
        yield Passage(began, None)


def went_on(course: Course, place: int, since: float, until: float) -> bool:
    """Say whether the deal came to a later stage than ``place``, or was won, in that time."""
    return any(
        since < step.at <= until
        and (step.status == "won" or (step.status == "open" and step.place > place))
        for step in course.steps
    )


def was_won(course: Course, since: float, until: float) -> bool:
    """Say whether the deal was won in that time."""
    return any(since < step.at <= until and step.status == "won" for step in course.steps)


def has(course: Course, step: Step, began: float, moment: float) -> list[bool]:
    """Return of each of ``HAVINGS`` whether the deal has it at ``moment``."""
    return [having.test(course, step, began, moment) for having in HAVINGS]


_Row = tuple[tuple[object, ...], list[bool]]


def _of_deal(number: int, course: Course) -> Iterator[_Row]:
    for first, left in passages(course):
        moment = first.at + SETTLED_IN
        if left is not None and left <= moment:
            continue
        step = course.at(moment) or first
        until = moment + WON_WITHIN
        yield (
            (*_plain(number, course, step, moment), until, False, was_won(course, moment, until)),
            has(course, step, first.at, moment),
        )


def _of_entry(number: int, course: Course) -> Iterator[_Row]:
    for first, _ in passages(course):
        until = first.at + ON_WITHIN
        on = went_on(course, first.place, first.at, until)
        yield (*_plain(number, course, first, first.at), until, False, on), []


def _by_aim(one: Advised, courses: Sequence[Course], index: Mapping[int, int]) -> _Row | None:
    """One guidance, if its deal was open and with the same salesperson at the landmark."""
    if one.deal not in index:
        return None
    number = index[one.deal]
    course, moment = courses[number], one.at + ACTED_IN
    before, step = course.at(one.at), course.at(moment)
    if before is None or step is None or step.status != "open" or before.status != "open":
        return None
    if step.salesperson != one.salesperson:
        return None
    until = moment + ON_WITHIN
    # How it was before the guidance: what came after may be what it led to.
    heard = any(h.two_way and one.at - ACTED_IN < h.at <= one.at for h in course.happenings)
    on = went_on(course, step.place, moment, until)
    done = one.followed is not None and one.followed <= moment
    return (
        (*_plain(number, course, step, moment), until, heard, on),
        [done, *(aim == one.aim for aim in AIMS)],
    )


def _plain(number: int, course: Course, step: Step, moment: float) -> tuple[object, ...]:
    worth = float("nan") if step.worth is None else step.worth
    return (number, step.stage, step.salesperson, worth, moment - course.created, moment)


def _table(rows: Sequence[_Row], names: Sequence[str]) -> Table:
    plain = np.array([row for row, _ in rows], dtype=float).reshape(len(rows), len(_COLUMNS))
    columns = dict(zip(_COLUMNS, plain.T, strict=True))
    marks = np.array([marks for _, marks in rows], dtype=bool).reshape(len(rows), len(names))
    return Table(
        deal=columns["deal"].astype(int),
        stage=columns["stage"].astype(int),
        person=columns["person"].astype(int),
        worth=columns["worth"],
        age=columns["age"],
        at=columns["at"],
        settled=columns["settled"],
        heard=columns["heard"] > 0,
        went=columns["went"] > 0,
        having=dict(zip(names, marks.T, strict=True)),
    )

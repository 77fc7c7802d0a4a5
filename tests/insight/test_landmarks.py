"""Rows at one moment: what was so by then, and what became of it after."""

from __future__ import annotations

from typing import Any

import pytest

from ridealong.insight import AIMS, Advised, Company, Course, Happening, Step, has, tables
from ridealong.insight.having import HAVINGS
from ridealong.insight.landmarks import ON_WITHIN, SETTLED_IN, WON_WITHIN, passages

NAMES = [having.name for having in HAVINGS]


def step(at: float, stage: int, status: Any = "open", **more: Any) -> Step:
    return Step(at=at, stage=stage, place=stage, status=status, salesperson=1, **more)


def course(*steps: Step, **more: Any) -> Course:
    return Course(7, steps[0].at, steps, **more)


def test_stays_begin_where_the_record_saw_it():
    stays = list(passages(course(step(0, 0), step(5, 1), step(9, 2), step(20, 3, "lost"))))
    assert [(stay.first.stage, stay.left) for stay in stays] == [(2, 20)]
    again = list(passages(course(step(0, 1), step(3, 4, "lost"), step(8, 1))))
    assert [(stay.first.at, stay.left) for stay in again] == [(0, 3), (8, None)]
    changed = list(passages(course(step(0, 1), step(3, 1, pushes=1), step(8, 2))))
    assert [(stay.first.at, stay.left) for stay in changed] == [(0, 8), (8, None)]


def test_only_what_was_so_by_then_counts_and_only_what_came_after_it():
    late = Happening(SETTLED_IN + 1, "meeting", True, people=("eva",))
    deal = course(step(0, 1, deciders=frozenset({"eva"})), step(40, 5, "won"), happenings=(late,))
    rows = tables(Company((deal,))).deals
    assert rows.went.tolist() == [True]
    assert rows.settled.tolist() == [SETTLED_IN + WON_WITHIN]
    assert not any(rows.having[name][0] for name in ("decider", "met", "heard"))
    by_then = Happening(SETTLED_IN, "meeting", True, people=("eva",))
    again = tables(Company((course(*deal.steps, happenings=(by_then,)),))).deals
    assert all(again.having[name][0] for name in ("decider", "met", "heard"))


def test_who_left_the_stage_before_is_not_compared_there():
    rows = tables(Company((course(step(0, 1), step(SETTLED_IN, 2), step(90, 5, "won")),))).deals
    assert rows.stage.tolist() == [2]
    assert rows.by(SETTLED_IN + WON_WITHIN).at.size == 0


def test_going_on_is_a_later_stage_or_an_order_and_never_a_loss():
    entries = tables(
        Company(
            (
                course(step(0, 1), step(30, 6, "lost")),
                course(step(0, 1), step(30, 5, "won")),
                course(step(0, 2), step(30, 1)),
                course(step(0, 1), step(ON_WITHIN + 1, 2)),
            )
        )
    ).entries
    assert entries.went.tolist() == [False, True, False, False, False, False]


@pytest.mark.parametrize(
    ("steps", "followed", "row"),
    [
        ((step(0, 1), step(40, 2)), 20.0, (True, True)),
        ((step(0, 1), step(40, 2)), 30.0, (False, True)),
        ((step(0, 1), step(20, 6, "lost")), None, None),
        ((step(0, 1), step(20, 2)), 15.0, (True, False)),
    ],
)
def test_guidance_is_followed_by_a_day_on_a_deal_that_still_lives(steps, followed, row):
    made = tables(Company((course(*steps),), (Advised(7, 1, 10, "meet", followed),))).advised
    found = list(zip(made.having["followed"].tolist(), made.went.tolist(), strict=True))
    assert found == ([] if row is None else [row])
    if row:
        assert {aim for aim in AIMS if made.having[aim][0]} == {"meet"}


def test_each_thing_a_deal_may_have():
    eva, tom, kim = (
        Happening(float(day), "email", True, inbound=True, people=(name,))
        for day, name in ((1, "eva"), (2, "tom"), (3, "kim"))
    )
    now = step(0, 1, deciders=frozenset({"kim"}), next_step=True)
    deal = course(now, happenings=(eva, tom, kim), discussed=(4.0,))
    marks = dict(zip(NAMES, has(deal, now, 0, 5), strict=True))
    assert marks == dict.fromkeys(NAMES, True) | {"met": False}
    none = dict(
        zip(NAMES, has(course(step(0, 1, pushes=1)), step(0, 1, pushes=1), 0, 5), strict=True)
    )
    assert not any(none.values())

"""Comparisons: among alike ones, in any order, and silent where there is too little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.insight.betting import evidence
from ridealong.insight.comparing import FEWEST, compare
from ridealong.insight.landmarks import Table


def table(went, *, deal=None, worth=None, age=None) -> Table:
    count = len(went)
    nothing = np.zeros(count)
    dice = np.random.default_rng(1)
    return Table(
        deal=np.arange(count) if deal is None else np.asarray(deal),
        stage=np.ones(count, dtype=int),
        person=np.ones(count, dtype=int),
        worth=dice.normal(size=count) if worth is None else np.asarray(worth, dtype=float),
        age=dice.normal(size=count) if age is None else np.asarray(age, dtype=float),
        at=dice.normal(size=count),
        settled=nothing,
        heard=nothing > 0,
        went=np.asarray(went, dtype=bool),
        having={},
    )


def one(made: Table, having, strata=None):
    column = np.asarray(having, dtype=bool)[:, None]
    level = np.zeros(made.went.size, dtype=int) if strata is None else np.asarray(strata)
    return compare(made, column, level)[0]


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_the_order_of_rows_says_nothing(seed):
    dice = np.random.default_rng(seed)
    having, went = dice.random(120) < 0.4, dice.random(120) < 0.5
    made, order = table(went), dice.permutation(120)
    strata = dice.integers(0, 3, size=120)
    before = compare(made, having[:, None], strata)[0]
    after = compare(made.where(order), having[order][:, None], strata[order])[0]
    assert before is not None
    assert after is not None
    assert after.effect == pytest.approx(before.effect, abs=1e-9)
    assert after.error == pytest.approx(before.error, abs=1e-9)
    assert (after.having, after.lacking) == (before.having, before.lacking)


@given(st.integers(1, FEWEST - 1), st.booleans())
def test_of_few_deals_nothing_is_said_however_clear_they_are(few, turned):
    having = np.arange(200) < few
    having = ~having if turned else having
    assert one(table(having), having) is None
    # Rows of one deal are one, however many they are.
    many = np.arange(200) < 100
    assert one(table(many, deal=np.where(many, np.arange(200) % few, np.arange(200))), many) is None


def test_there_is_nothing_to_compare_where_all_went_the_same_way():
    having = np.arange(100) % 2 == 0
    assert one(table(np.ones(100)), having) is None


def test_the_more_of_the_same_the_more_evidence():
    found = []
    for count in (80, 160, 320, 640):
        having = np.arange(count) % 2 == 0
        went = (np.arange(count) // 2) % 10 < np.where(having, 7, 3)
        one_of = one(table(went), having)
        assert one_of is not None
        found.append(evidence(one_of.effect, one_of.error))
    assert found == sorted(found)
    assert found[-1] > 1e6


def test_a_good_salesperson_who_has_more_of_it_is_not_what_it_does():
    """Simpson: within each salesperson it makes no difference, over all it seems to."""
    dice = np.random.default_rng(5)
    good = np.arange(2000) % 2
    having = dice.random(2000) < np.where(good, 0.8, 0.2)
    went = dice.random(2000) < np.where(good, 0.7, 0.3)
    over_all, within = one(table(went), having), one(table(went), having, good)
    assert over_all is not None
    assert within is not None
    assert evidence(over_all.effect, over_all.error) > 1e6
    assert evidence(within.effect, within.error) < 20


@pytest.mark.parametrize("what", ["worth", "age"])
def test_large_and_old_deals_that_have_more_of_it_are_not_what_it_does(what):
    dice = np.random.default_rng(6)
    large = dice.normal(size=3000)
    having = dice.random(3000) < 1 / (1 + np.exp(-1.5 * large))
    went = dice.random(3000) < 1 / (1 + np.exp(-1.5 * large))
    crude, beside = one(table(went), having), one(table(went, **{what: large}), having)
    assert crude is not None
    assert beside is not None
    assert crude.effect > 0.2
    assert abs(beside.effect) < 0.05
    assert evidence(beside.effect, beside.error) < 20


def test_amounts_that_nobody_knows_are_compared_with_each_other():
    having = np.arange(200) % 2 == 0
    worth = np.where(np.arange(200) % 4 < 2, np.nan, 1e12)
    assert one(table((np.arange(200) // 2) % 2 == 0, worth=worth), having) is not None

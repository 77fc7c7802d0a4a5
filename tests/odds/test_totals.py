"""Totals: the same worlds for all sums, ranges that hold, and what new things bring."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.odds import keeping
from ridealong.odds.arriving import QUARTER, Arrivals
from ridealong.odds.middles import ends
from ridealong.odds.replaying import COMPANY, Said, spread
from ridealong.odds.worlds import EXACT, drawn

NONE = np.empty(0)
NOBODY = np.empty(0, dtype=np.int64)


def nothing_new(people: np.ndarray) -> Arrivals:
    return Arrivals(NONE, NONE, NONE, NOBODY, people, 0.0, 400.0)


def past(seed: int, *, shock: float, weeks: int = 60, deals: int = 60) -> list[Said]:
    """Weeks of a company whose odds are right on average, and that has good weeks and bad ones."""
    chance = np.random.default_rng(seed)
    people = np.arange(1, 5)
    found = []
    for week in range(weeks):
        won = chance.uniform(0.02, 0.6, deals)
        amounts = chance.lognormal(8, 1, deals)
        moved = np.log(won / (1 - won)) + shock * chance.standard_normal()
        hit = chance.random(deals) < 1 / (1 + np.exp(-moved))
        who = chance.integers(1, 5, deals)
        new = nothing_new(people)
        found.append(Said(7.0 * week, won, amounts, who, hit * amounts, new, NOBODY, NONE))
    return found


@pytest.mark.parametrize("shock", [0.0, 0.8], ids=["independent", "good and bad weeks"])
def test_ranges_hold_about_four_times_in_five(shock):
    seeds = range(4)
    team = {9: [1, 2]}
    found = [spread(7.0, past(seed, shock=shock), team, 7.0) for seed in seeds]
    held = [each.of[COMPANY] for each in found]
    share = sum(each.held for each in held) / sum(each.times for each in held)
    assert 0.74 <= share <= 0.86
    assert all(each.low < each.share < each.high for each in held)
    members = [each.members for each in found if each.members]
    assert 0.72 <= np.mean([each.share for each in members]) <= 0.9


def test_how_much_deals_move_together_is_found():
    together, alone = (spread(7.0, past(5, shock=s), {}, 7.0).shift for s in (0.8, 0.0))
    assert together == pytest.approx(0.8, abs=0.25)
    assert alone < 0.3


def test_without_a_past_what_is_usual_is_said():
    found = spread(30.0, [], {1: [1]}, 7.0)
    assert found.shift == pytest.approx(0.25, rel=0.1)
    assert found.of == {}
    assert found.members is None


def test_odds_that_are_always_too_high_make_wider_ranges():
    wrong = [
        Said(e.at, e.won, e.amounts, e.who, e.came * 0, e.new, e.new_who, e.new_came)
        for e in past(2, shock=0.0, weeks=30)
    ]
    found = spread(7.0, wrong, {}, 7.0)
    assert found.shift > 0.8
    assert found.inside["company"] > 0.9


amounts = st.lists(st.floats(0, 1e12), min_size=1, max_size=40)


@given(amounts=amounts, seed=st.integers(0, 1000), shift=st.floats(0, 1.5))
def test_groups_add_up_world_by_world(amounts, seed, shift):
    chance = np.random.default_rng(seed)
    n = len(amounts)
    won, cell = chance.uniform(0, 1, n), chance.integers(0, 3, n)
    parts = drawn(won, np.array(amounts), cell, 3, shift=shift, worlds=200)
    whole = drawn(won, np.array(amounts), np.zeros(n, dtype=np.int64), 1, shift=shift, worlds=200)
    assert parts.shape == (200, 3)
    assert (parts >= 0).all()
    assert parts.sum() <= 200 * sum(amounts) * (1 + 1e-9)
    low, middle, high = ends(parts.sum(axis=1), 0.8)
    assert low <= middle <= high
    # Other cells, other draws: but the same distribution.
    assert whole.mean() == pytest.approx(parts.sum(axis=1).mean(), abs=0.3 * sum(amounts) + 1e-6)


def test_a_total_is_wider_where_deals_move_together():
    won, worth = np.full(80, 0.3), np.full(80, 1000.0)
    cell = np.zeros(80, dtype=np.int64)
    alone, together = (ends(drawn(won, worth, cell, 1, shift=s)[:, 0], 0.8) for s in (0.0, 0.6))
    assert alone[1] == pytest.approx(24_000, rel=0.03)
    assert together[1] == pytest.approx(24_000, rel=0.08)
    assert together[2] - together[0] > 2 * (alone[2] - alone[0])


def test_many_small_deals_together_are_as_good_as_one_by_one():
    chance = np.random.default_rng(1)
    won, worth = chance.uniform(0.01, 0.5, 6 * EXACT), chance.lognormal(7, 1, 6 * EXACT)
    cell = chance.integers(0, 20, len(won))
    found = drawn(won, worth, cell, 20, shift=0.3)
    assert found.sum(axis=1).mean() == pytest.approx((won * worth).sum(), rel=0.01)
    one = cell == 3
    alone = drawn(won[one], worth[one], cell[one] * 0, 1, shift=0.3)
    assert ends(found[:, 3], 0.8) == pytest.approx(ends(alone[:, 0], 0.8), rel=0.02)


def test_nothing_open_brings_nothing():
    assert drawn(NONE, NONE, NOBODY, 2, shift=0.3).sum() == 0
    assert ends(NONE, 0.8) == (0, 0, 0)


def arriving(seed: int, each_week: float) -> Arrivals:
    chance = np.random.default_rng(seed)
    n = int(each_week * 60)
    began = np.sort(chance.uniform(0, 420, n))
    ended = began + chance.uniform(1, 20, n)
    kept = ended <= 420
    people = np.array([1, 2])
    brought = chance.lognormal(7, 0.5, kept.sum())
    who = chance.choice([1, 1, 1, 2], kept.sum())
    return Arrivals(began[kept], ended[kept], brought, who, people, 0.0, 420.0)


def test_new_things_bring_what_they_did_in_windows_of_the_past():
    new = arriving(4, 10)
    for horizon in (7.0, 30.0):
        came = [new.between(start, horizon).amounts.sum() for start in range(60, 380, 5)]
        sums = new.drawn(horizon)
        assert sums.sum(axis=1).mean() == pytest.approx(np.mean(came), rel=0.12)
        assert new.expected(horizon).sum() == pytest.approx(sums.sum(axis=1).mean(), rel=0.05)
        low, _, high = ends(sums.sum(axis=1), 0.8)
        assert np.mean([low <= each <= high for each in came]) >= 0.7
    shares = new.shares()
    assert shares.sum() == pytest.approx(1)
    assert shares[0] == pytest.approx(0.75, abs=0.05)


def in_quarters(weekly, *, days: float = 420.0, since: float = 0.0) -> Arrivals:
    """As many a week as ``weekly`` says of each day in its quarter; day 0 begins one."""
    chance = np.random.default_rng(6)
    began = np.concatenate(
        [day + chance.random(chance.poisson(weekly(day % QUARTER) / 7)) for day in range(int(days))]
    )
    ended = began + chance.uniform(0.5, 3, len(began))
    kept = (ended <= days) & (ended > since)
    who = np.ones(kept.sum(), dtype=np.int64)
    return Arrivals(began[kept], ended[kept], who * 1e3, who, np.array([1]), 0.0, days)


def test_more_are_foreseen_at_the_end_of_a_quarter_where_more_came():
    rush = in_quarters(lambda day: 40.0 if day > QUARTER - 35 else 4.0)
    last, first = (rush.as_of(at, rush.people) for at in (4 * QUARTER - 8, 4 * QUARTER + 1))

    assert last.rate(7.0)[0] > 20
    assert first.rate(7.0)[0] < 14
    low, _, high = ends(last.drawn(7.0).sum(axis=1), 0.8)
    assert low <= rush.between(last.until, 7.0).amounts.sum() <= high


def test_even_quarters_are_no_season():
    even = in_quarters(lambda _: 10.0)
    for at in (300.0, 4 * QUARTER - 8, 4 * QUARTER + 1):
        known = even.as_of(at, even.people)
        assert known.rate(7.0)[0] == pytest.approx(known.counts(7.0)[1].mean(), rel=0.1)


def test_weeks_before_the_first_was_won_are_no_weeks_without_any():
    late = in_quarters(lambda _: 10.0, since=200.0)

    assert late.counts(30.0)[0].min() > 190
    assert late.rate(30.0)[0] == pytest.approx(43, rel=0.15)


@pytest.mark.parametrize("until", [3.0, 420.0], ids=["a past of three days", "nobody closed"])
def test_a_past_too_short_foretells_nothing_new(until):
    new = Arrivals(NONE, NONE, NONE, NOBODY, np.array([1]), 0.0, until)
    assert new.drawn(7.0).sum() == 0
    assert new.expected(7.0).sum() == 0


def test_nothing_later_than_a_moment_is_known_then():
    new = arriving(4, 10).as_of(100.0, np.array([1]))
    assert new.ended.max() <= 100
    assert new.until == 100


def test_what_was_kept_says_the_same():
    found = spread(7.0, past(1, shock=0.3, weeks=12), {9: [1, 2]}, 7.0)
    assert keeping.restored_spread(keeping.plain_spread(found)) == found
    new = arriving(1, 3)
    again = keeping.restored_arrivals(keeping.plain_arrivals(new))
    assert (again.drawn(30.0) == new.drawn(30.0)).all()

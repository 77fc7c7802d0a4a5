"""Figures of one among a team: how often intervals hold what is so, and what is claimed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ridealong.insight.shrinking import mean, share
from ridealong.record.pacing import Course, Paces
from ridealong.views.coaching.measuring import KINDS, measured, weakest

ROUNDS = 100
WIN_RATE, STEPS = KINDS[0], KINDS[3]


def held(times: int) -> bool:
    """Whether 80% intervals held so often: within three deviations of chance."""
    deviation = math.sqrt(0.8 * 0.2 / ROUNDS)
    return abs(times / ROUNDS - 0.8) <= 3 * deviation


@pytest.mark.parametrize("team", [4, 8])
@pytest.mark.parametrize(("wins", "losses"), [(1.0, 1.0), (6.0, 12.0), (30.0, 60.0)])
def test_four_in_five_intervals_of_a_share_hold_it(team, wins, losses):
    chance = np.random.default_rng(7)
    times = 0
    for _ in range(ROUNDS):
        true = chance.beta(wins, losses, team)
        tries = chance.integers(5, 30, team)
        hits = chance.binomial(tries, true)
        counts = [(int(h), int(n)) for h, n in zip(hits, tries, strict=True)]
        found = share(counts[0], counts[1:])
        times += found.low <= true[0] <= found.high
    assert held(times), times / ROUNDS


@pytest.mark.parametrize("team", [4, 8])
@pytest.mark.parametrize("spread", [0.1, 0.5, 2.0])
def test_four_in_five_intervals_of_a_mean_hold_it(team, spread):
    chance = np.random.default_rng(8)
    times = 0
    for _ in range(ROUNDS):
        true = chance.normal(3, spread, team)
        values = [chance.normal(m, 1, chance.integers(5, 30)).tolist() for m in true]
        found = mean(values[0], values[1:])
        times += found.low <= true[0] <= found.high
    # The spread between few members is guessed from above: never too narrow.
    assert times / ROUNDS >= 0.8 - 3 * (0.8 * 0.2 / ROUNDS) ** 0.5, times / ROUNDS


def test_a_share_of_few_is_drawn_towards_the_others_and_one_of_many_is_not():
    others = [(30, 100), (28, 100), (33, 100), (31, 100)]
    few, many = share((0, 3), others), share((5, 200), others)
    assert few.value > 0.15
    assert few.least < few.low < few.value < few.high < few.most
    assert abs(many.value - 5 / 200) < 0.02


def test_the_order_of_the_others_says_nothing():
    others = [(3, 10), (7, 12), (1, 9)]
    one, other = share((4, 11), others), share((4, 11), others[::-1])
    assert one.low == pytest.approx(other.low)
    values = [[1.0, 2.0], [4.0, 3.0, 5.0], [2.5]]
    one, other = mean([2.0, 3.0], values), mean([2.0, 3.0], values[::-1])
    assert one.high == pytest.approx(other.high)


def test_where_all_are_alike_the_mean_is_what_all_have():
    found = mean([2.0] * 5, [[2.0] * 6, [2.0] * 7, [2.0] * 5])
    assert found.low == pytest.approx(2, abs=1e-3)
    assert found.high == pytest.approx(2, abs=1e-3)


def course(*, won: bool | None = None, step: bool = True, pushes: int = 0) -> Course:
    """A deal of somebody's: open where nothing says how it ended."""
    outcome = "" if won is None else "won" if won else "lost"
    return Course(1, outcome, (5.0,), pushes, step, 3, 60)


def courses(chance: np.random.Generator, rate: float, number: int = 20) -> tuple[Course, ...]:
    """Deals of which that many are won by chance, with all else alike by chance."""
    ended = [
        course(won=bool(chance.random() < rate), pushes=int(chance.poisson(1)))
        for _ in range(number)
    ]
    return (*ended, *(course(step=bool(chance.random() < 0.8)) for _ in range(number)))


def test_where_all_do_alike_hardly_anything_is_claimed_and_a_real_difference_is():
    chance = np.random.default_rng(9)
    rounds = 60
    wrong = right = 0
    for _ in range(rounds):
        others = tuple(courses(chance, 0.4) for _ in range(5))
        wrong += weakest(measured(Paces(courses(chance, 0.4), others))) is not None
        worst = weakest(measured(Paces(courses(chance, 0.02, 40), others)))
        right += worst is not None and worst.kind is WIN_RATE
    assert wrong / rounds <= 0.1
    assert right / rounds >= 0.7


def test_too_few_deals_or_colleagues_say_nothing_and_say_so():
    chance = np.random.default_rng(1)
    team = tuple(courses(chance, 0.4) for _ in range(3))
    few = measured(Paces(tuple(course(won=True) for _ in range(4)), team))[0]
    assert few.estimate is None
    assert "too few to say: 4 of at least 5" in few.lacking
    alone = measured(Paces(courses(chance, 0.4), team[:2]))
    assert all(each.estimate is None and each.team is None for each in alone)
    assert "nobody to compare with" in alone[0].lacking
    assert weakest(alone) is None


def test_deals_that_show_what_is_amiss_come_first():
    own = (*(course(step=True) for _ in range(6)), Course(9, "", (), 0, False, 0, 60))
    found = next(each for each in measured(Paces(own, ())) if each.kind is STEPS)
    assert found.deals[0] == 9
    assert found.count == 7

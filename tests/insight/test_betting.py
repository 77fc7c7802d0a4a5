"""E-values: how often there is evidence of nothing, and what many claims together come to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ridealong.insight.betting import ENOUGH, adjusted, evidence, interval, shrunk

effects = st.floats(-1, 1)
errors = st.floats(0.001, 1)
values = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)


@given(effects, effects, errors)
def test_the_larger_an_effect_the_more_evidence(one, other, error):
    low, high = sorted((one, other))
    assert evidence(low, error) <= evidence(high, error)


@given(st.floats(-1, 0), errors)
def test_what_points_the_other_way_is_no_evidence(effect, error):
    assert evidence(effect, error) <= 1.0 + 1e-9


@given(effects, errors)
def test_what_is_said_of_an_effect_is_drawn_towards_none_and_within_its_interval(effect, error):
    low, high = interval(effect, error)
    assert low <= shrunk(effect, error) <= high
    assert abs(shrunk(effect, error)) <= abs(effect)


def test_who_looks_every_day_sees_evidence_of_nothing_in_one_of_twenty_at_most():
    dice = np.random.default_rng(3)
    steps = dice.choice([-1.0, 1.0], size=(400, 1500))
    sums = steps.cumsum(axis=1)
    seen = 0
    for path in sums:
        counts = np.arange(20, path.size, 7)
        seen += any(evidence(path[n] / n / 2, 0.5 / n**0.5) >= ENOUGH for n in counts)
    assert 0 < seen <= 20


@given(values, st.randoms(use_true_random=False))
def test_together_claims_have_less_and_their_order_does_not_matter(alone, dice):
    weights = [0.9 / len(alone)] * len(alone)
    joint = adjusted(alone, weights)
    assert (joint <= np.array(alone) + 1e-9).all()
    order = list(range(len(alone)))
    dice.shuffle(order)
    again = adjusted([alone[n] for n in order], [weights[n] for n in order])
    np.testing.assert_allclose(again, joint[order], rtol=1e-9)


@given(values, st.integers(0, 11), st.floats(1, 100))
def test_more_evidence_for_one_never_takes_from_any(alone, which, more):
    weights = [1 / len(alone)] * len(alone)
    raised = list(alone)
    raised[which % len(alone)] += more
    assert (adjusted(raised, weights) >= adjusted(alone, weights) - 1e-6).all()


@given(values)
def test_it_is_the_least_average_over_all_sets_that_hold_a_claim(alone):
    few = alone[:7]
    weights = [0.8 / len(few)] * len(few)
    every = [*few, 1.0]
    masses = [*weights, 1 - sum(weights)]
    for number, joint in enumerate(adjusted(few, weights)):
        sets = (s | (1 << number) for s in range(1 << len(every)))
        means = []
        for chosen in sets:
            inside = [n for n in range(len(every)) if chosen >> n & 1]
            mass = sum(masses[n] for n in inside)
            means.append(sum(masses[n] * every[n] for n in inside) / mass)
        np.testing.assert_allclose(joint, min(means), rtol=1e-6, atol=1e-9)


def test_one_claim_alone_needs_what_all_of_it_is_worth():
    assert adjusted([ENOUGH], [1.0])[0] == ENOUGH
    assert adjusted([], []).size == 0

"""Middles: how many worlds a range holds, where amounts come in lumps and where they do not."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ridealong.odds.middles import ends, middles

# Whole amounts: which of two totals is the larger must not hang on how they were rounded.
WORLDS = st.lists(
    st.one_of(st.just(0), st.integers(0, 10**7), st.sampled_from([50_000, 100_000])),
    min_size=1,
    max_size=60,
).map(lambda amounts: np.array(amounts, dtype=float))


def within(totals, low, high):
    return float(((totals >= low - 0.5) & (totals <= high + 0.5)).mean())


def test_a_smooth_total_ends_at_its_tenth_and_its_nineteenth_twentieth():
    totals = np.linspace(0, 1e6, 2001)

    assert ends(totals, 0.8) == (1e5, 5e5, 9e5)


def test_a_week_that_mostly_brings_nothing_is_not_told_wider_than_it_has_to_be():
    totals = np.concatenate([np.zeros(500), np.linspace(1e4, 1e6, 1500)])

    low, _, high = ends(totals, 0.8)

    assert low == 0
    assert abs(within(totals, low, high) - 0.8) < 0.01
    assert high < np.quantile(totals, 0.9)


def test_nothing_narrower_than_a_lump_is_told():
    totals = np.concatenate([np.zeros(1900), np.full(100, 7e4)])

    assert ends(totals, 0.8) == (0, 0, 0)


@given(WORLDS, st.floats(0.1, 1))
def test_no_other_middle_comes_nearer(totals, inside):
    low, middle, high = ends(totals, inside)
    ordered = np.sort(totals)
    pairs = [(ordered[k], ordered[-1 - k]) for k in range((len(ordered) + 1) // 2)]

    assert low <= middle <= high
    nearest = min(abs(within(totals, *pair) - inside) for pair in pairs)
    assert abs(within(totals, low, high) - inside) <= nearest + 1e-9


@given(WORLDS, st.data(), st.floats(0, 1))
def test_what_came_is_in_every_middle_that_holds_what_is_needed(totals, data, chance):
    came = data.draw(st.one_of(st.sampled_from(list(totals)), st.floats(0, 2e7)))
    every = middles(totals)
    needed = every.needed(came, chance)

    assert 0 <= needed <= 1
    if came > totals.max() + 100 or came < totals.min() - 100:
        assert needed == 1
    wide = every.held[every.held > needed]
    if needed < 1 and len(wide):
        low, high = every.ends(float(wide.min()))
        assert low - 100 <= came <= high + 100


def test_needed_is_even_where_worlds_are_right():
    dice = np.random.default_rng(3)
    totals = dice.choice([0.0, 1.0, 2.0, 5.0], size=4000, p=[0.4, 0.3, 0.2, 0.1])
    every = middles(totals)

    needed = [every.needed(float(dice.choice(totals)), dice.random()) for _ in range(3000)]

    shares = np.histogram(needed, bins=5, range=(0, 1))[0] / 3000
    assert np.abs(shares - 0.2).max() < 0.03

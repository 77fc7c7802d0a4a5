"""The interval of a sum of things that are so or not: against the binomial, and by trying."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from ridealong.insight.adding import GRID, interval

CHANCES = st.floats(0, 1)


@given(st.integers(1, 60), CHANCES)
def test_of_equal_weights_it_is_the_binomials(count: int, chance: float) -> None:
    low, high = interval([1.0] * count, [chance] * count)
    near = count * count / GRID
    for found, level in ((low, 0.025), (high, 0.975)):
        cut = binom.cdf(binom.ppf(level, count, chance), count, chance)
        if abs(cut - level) > 1e-6:
            assert found == pytest.approx(binom.ppf(level, count, chance), abs=near)


@given(st.lists(st.tuples(st.floats(0, 1e9), CHANCES), max_size=60))
def test_it_is_within_what_there_is_and_certainty_has_no_width(
    pairs: list[tuple[float, float]],
) -> None:
    weights, chances = [w for w, _ in pairs], [c for _, c in pairs]
    low, high = interval(weights, chances)
    assert 0 <= low <= high <= sum(weights) * (1 + 1e-9)
    sure = interval(weights, [1.0] * len(weights))
    assert sure == pytest.approx((sum(weights), sum(weights)))


def test_of_different_weights_the_sum_falls_into_it_as_often_as_it_says() -> None:
    rng = Random(3)
    weights = [rng.paretovariate(1.2) for _ in range(40)]
    chances = [rng.random() for _ in weights]
    low, high = interval(weights, chances)
    sums = [
        sum(w for w, c in zip(weights, chances, strict=True) if rng.random() < c)
        for _ in range(4000)
    ]
    assert 0.93 <= sum(low <= each <= high for each in sums) / len(sums) <= 0.985

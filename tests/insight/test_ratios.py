"""Ratios of what goes together: intervals hold what is behind them, and equals do not differ."""

from __future__ import annotations

from random import Random

import pytest

from ridealong.insight.ratios import Part, differ, off, ratio

WEEKS, PEOPLE = 12, 5


def drawn(rng: Random, mean: float, *, spread: float = 0.0) -> list[Part]:
    """Shares of persons who differ among themselves, and weeks that do."""
    persons = [min(max(rng.gauss(mean, spread), 0.02), 0.98) for _ in range(PEOPLE)]
    weeks = [rng.gauss(0, spread / 2) for _ in range(WEEKS)]
    return [
        Part(float(rng.random() < min(max(persons[p] + weeks[w], 0), 1)), 1.0, w, p)
        for p in range(PEOPLE)
        for w in range(WEEKS)
    ]


@pytest.mark.parametrize("spread", [0.0, 0.12])
def test_the_interval_holds_what_is_behind_it(spread: float) -> None:
    rng = Random(5)
    held = 0
    for _ in range(300):
        found = ratio(drawn(rng, 0.4, spread=spread))
        assert found is not None
        held += found.low <= 0.4 <= found.high
    assert held >= 0.93 * 300


def test_equals_are_told_apart_no_more_often_than_chance_says() -> None:
    rng = Random(6)
    below = 0
    for _ in range(400):
        one, other = (ratio(drawn(rng, 0.5, spread=0.15)) for _ in range(2))
        assert one is not None
        assert other is not None
        below += differ(one, other) < 0.05
    assert below <= 0.07 * 400


def test_what_differs_is_told_apart() -> None:
    rng = Random(7)
    one, other = ratio(drawn(rng, 0.1)), ratio(drawn(rng, 0.8))
    assert one is not None
    assert other is not None
    assert differ(one, other) < 1e-4
    assert off(other, 0.5) < 0.05 < off(other, other.value + 0.01)


def test_too_few_say_nothing_and_never_is_not_sure() -> None:
    assert ratio([Part(1, 1, 0, 1)] * 9) is None
    assert ratio([Part(1, 1, 0, 1)] * 40) is None
    assert ratio([]) is None
    never = ratio([Part(0, 1, n % 6, n % 3) for n in range(12)])
    assert never is not None
    assert never.low == 0 < never.high < 1
    rare = ratio([Part(0, 1, n % 6, n % 3) for n in range(12)], "rate")
    assert rare is not None
    assert rare.high > 0

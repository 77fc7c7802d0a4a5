"""The interval of a calibration error: it holds what very many deals would show."""

from __future__ import annotations

import numpy as np
import pytest

from ridealong.odds.measuring import measured


def deals(seed: int, count: int, off: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Odds that are ``off`` by so much, what came, and whose rows they are: up to five a deal."""
    dice = np.random.default_rng(seed)
    right = 1 / (1 + np.exp(1 - dice.normal(size=count)))
    odds = np.clip(right + off * dice.choice([-1, 1]), 0, 1)
    things = np.repeat(np.arange(count), dice.integers(1, 6, count))
    return odds[things], (dice.random(count) < right)[things], things


@pytest.mark.parametrize("off", [0.0, 0.02, 0.1])
@pytest.mark.parametrize("count", [100, 800])
def test_it_holds_the_error_that_is_there(count, off):
    found = [measured(*deals(seed, count, off)) for seed in range(60)]

    held = [each.calibration_low <= off + 1e-9 <= each.calibration_high + 0.005 for each in found]

    assert np.mean(held) >= 0.8
    assert np.mean([each.calibration_high for each in found]) < off + 60 / count


def test_odds_that_are_right_are_not_told_to_be_wrong():
    found = [measured(*deals(seed, 200, 0.0)) for seed in range(60)]

    assert np.mean([each.calibration_error for each in found]) > 0.05, "chance alone makes it"
    assert np.mean([each.calibration_low == 0 for each in found]) >= 0.85


def test_much_that_is_wrong_is_seen():
    found = [measured(*deals(seed, 800, 0.15)) for seed in range(20)]

    assert all(each.calibration_low > 0.05 for each in found)


def test_one_row_and_one_thing_can_be_measured():
    for rows in (1, 3):
        found = measured(np.full(rows, 0.3), np.ones(rows, dtype=bool), np.zeros(rows, dtype=int))
        assert 0 <= found.calibration_low <= found.calibration_high <= 2

"""What comes after a rule fired is compared with deals like it, and with honest width."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.views.signals.lifting import Lift, lift


def world(seed: int, *, effect: float, deals: int = 1200, moments: int = 3) -> dict[str, Any]:
    """Deals of two strata, a bad one in which rules fire often: with the effect of firing."""
    chance = np.random.default_rng(seed)
    bad = chance.random(deals) < 0.5
    owner = np.repeat(np.arange(deals), moments)
    fired = chance.random(deals * moments) < np.where(bad, 0.6, 0.1)[owner]
    lost = np.where(bad, 0.5, 0.1)[owner] * np.where(fired, effect, 1.0)
    return {
        "deals": owner.tolist(),
        "strata": bad[owner].astype(int).tolist(),
        "fired": fired.tolist(),
        "came": (chance.random(deals * moments) < lost).tolist(),
    }


def test_an_effect_is_found_and_its_size_is_in_the_interval():
    found = lift(**world(1, effect=1.6), tries=25)
    assert found.shown
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1.6 < found.high


def test_what_only_comes_from_the_kind_of_deal_is_no_lift():
    worlds = [lift(**world(seed, effect=1.0, deals=400), tries=1) for seed in range(60)]
    assert sum(each.shown for each in worlds) <= 6  # 2.5 % of them are to be expected
    within = sum(each.low <= 1 <= each.high for each in worlds if each.low and each.high)
    assert within >= 52
    raw = world(0, effect=1.0)
    fired = np.array(raw["fired"])
    came = np.array(raw["came"])
    assert came[fired].mean() / came[~fired].mean() > 1.5, "the raw shares do differ"


def test_the_ratio_is_that_of_the_formula():
    # Two strata: 30 of 40 against 20 of 40, and 10 of 20 against 30 of 60.
    rows = [
        *[(0, True, n < 30) for n in range(40)],
        *[(0, False, n < 20) for n in range(40)],
        *[(1, True, n < 10) for n in range(20)],
        *[(1, False, n < 30) for n in range(60)],
    ]
    found = lift(
        deals=range(len(rows)),
        strata=[row[0] for row in rows],
        fired=[row[1] for row in rows],
        came=[row[2] for row in rows],
    )
    upper = 30 * 40 / 80 + 10 * 60 / 80
    lower = 20 * 40 / 80 + 30 * 20 / 80
    assert found.ratio == pytest.approx(upper / lower)
    assert (found.fired, found.alike) == (60, 100)
    assert found.share_fired == pytest.approx(40 / 60)
    # Of the deals alike as those that fired lie over the strata: 20/40 and 30/60 are both a half.
    assert found.share_alike == pytest.approx(0.5)


@given(st.integers(0, 9), st.integers(0, 400))
def test_with_too_few_nothing_is_said(cases: int, controls: int):
    fired = [True] * cases + [False] * controls
    found = lift(
        deals=range(len(fired)), strata=[0] * len(fired), fired=fired, came=[True] * len(fired)
    )
    assert found.ratio is None
    assert not found.shown


def test_strata_with_only_one_side_are_left_out():
    found = lift(deals=[1, 2], strata=[0, 1], fired=[True, False], came=[True, False])
    assert found == Lift(0, 0, None, None)


def test_one_deal_looked_at_often_is_one_deal():
    """The same rows of the same deal again and again make nothing surer."""
    once = world(3, effect=1.3, deals=300, moments=1)
    often = {name: list(values) * 8 for name, values in once.items()}
    narrow, wide = lift(**often), lift(**once)
    assert narrow.low == pytest.approx(wide.low, rel=0.05)

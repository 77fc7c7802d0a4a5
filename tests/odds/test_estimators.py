"""The estimators, on simulated things whose odds are known."""

from __future__ import annotations

import builtins
import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ridealong.odds import boosted, choosing, keeping, pooled
from ridealong.odds.measuring import measured
from ridealong.odds.snapshots import EVER, LOST, OPEN, WON, Snapshots, between, together

WEEK = np.array([7.0])


def simulated(count: int, *, days: float = 200, seed: int = 1) -> Snapshots:
    """Things that end after an exponential time, and are won the likelier the higher x is."""
    dice = np.random.default_rng(seed)
    begun = dice.uniform(0, days, count)
    x = dice.normal(size=count)
    stage = dice.integers(0, 3, count)
    lasts = dice.exponential(10 + 5 * stage)
    won = dice.random(count) < 1 / (1 + np.exp(-(2 * x - 0.5 + 0.5 * stage)))
    rows = [
        (number, at)
        for number in range(count)
        for at in np.arange(
            np.ceil(begun[number] / 2) * 2, min(begun[number] + lasts[number], days), 2
        )
    ]
    thing, at = (np.array([row[k] for row in rows]) for k in (0, 1))
    left = begun[thing] + lasts[thing] - at
    ended = at + left <= days
    return Snapshots(
        names=("stage", "x", "age"),
        values=np.stack([stage[thing], x[thing], at - begun[thing]], axis=1).astype(np.float32),
        categorical=frozenset({"stage"}),
        stage=stage[thing].astype(np.int64),
        thing=thing.astype(np.int64),
        at=at.astype(float),
        outcome=np.where(ended, np.where(won[thing], WON, LOST), OPEN).astype(np.int8),
        after=np.minimum(left, days - at),
        until=days,
    )


def rushed(past: Snapshots, every: float) -> Snapshots:
    """The same, but nothing is won in the first half of every so many days."""
    left = every - past.at % every
    ends = past.at + past.after
    late = (past.outcome == WON) & (ends % every < every / 2)
    after = np.where(late, (ends // every + 0.5) * every + ends % 1 - past.at, past.after)
    followed = past.at + after <= past.until
    return dataclasses.replace(
        past,
        names=(*past.names, "left"),
        values=np.column_stack([past.values, left.astype(np.float32)]),
        seasonal=frozenset({"left"}),
        outcome=np.where(followed, past.outcome, OPEN).astype(np.int8),
        after=np.minimum(after, past.until - past.at),
    )


@pytest.fixture(scope="module")
def past() -> Snapshots:
    return simulated(1000)


@pytest.fixture(scope="module")
def trees(past) -> boosted.Boosted:
    return boosted.fit(past, (7.0, 30.0))


@pytest.mark.parametrize("name", ["boosted", "pooled"])
def test_odds_are_odds_and_grow_with_time(past, trees, name):
    estimator = trees if name == "boosted" else pooled.fit(past)
    horizons = np.array([0.5, 1.0, 3.3, 7.0, 12.0, 30.0, 200.0, EVER])
    said = estimator.predict(past, horizons)
    for each in (said.won, said.lost, said.open):
        assert each.min() >= -1e-9
        assert each.max() <= 1 + 1e-9
    assert (np.diff(said.won, axis=1) >= -1e-9).all()
    assert (said.low <= said.won + 1e-9).all()
    assert (said.high >= said.won - 1e-9).all()
    assert said.open[:, -1] == pytest.approx(0), "for ever, nothing stays open"


def test_odds_hold_on_things_never_seen(trees):
    others = simulated(1500, seed=2)
    asked = others.where(others.full(7.0))
    hit = asked.ended(WON, 7.0)
    found = measured(trees.predict(asked, WEEK).won[:, 0], hit, asked.thing)
    assert found.auc is not None
    assert found.auc > 0.7
    assert found.calibration_error < 0.03
    assert found.calibration_low <= found.calibration_error
    assert found.brier == pytest.approx(
        found.reliability - found.resolution + found.uncertainty, abs=0.01
    )


@pytest.mark.parametrize("name", ["boosted", "pooled"])
def test_contributions_add_up_to_the_odds(past, trees, name):
    estimator = trees if name == "boosted" else pooled.fit(past)
    added, start = estimator.contributions(past, 7.0)
    odds = 1 / (1 + np.exp(-(added.sum(axis=1) + start)))
    assert odds == pytest.approx(estimator.predict(past, WEEK).won[:, 0], abs=1e-6)


def test_what_was_kept_says_the_same(past, trees):
    for estimator in (trees, pooled.fit(past)):
        again = keeping.restored(json.loads(json.dumps(keeping.plain(estimator))))
        said, before = (each.predict(past, WEEK) for each in (again, estimator))
        assert said.won == pytest.approx(before.won)
        assert said.lost == pytest.approx(before.lost)


def test_a_season_that_was_seen_twice_is_learned(past):
    season = rushed(past, 60.0)
    trees = boosted.fit(season, (7.0,))
    asked = season.pick(np.full(2, 5))
    asked.values[:, -1] = 58, 25
    early, late = trees.predict(asked, WEEK).won[:, 0]
    assert late > 3 * early


@pytest.mark.parametrize(("every", "horizon"), [(150.0, 7.0), (30.0, 30.0)])
def test_a_season_seen_once_or_that_a_horizon_holds_whole_is_not(past, every, horizon):
    season = rushed(past, every)
    trees = boosted.fit(season, (horizon,))
    added, _ = trees.contributions(season, horizon)
    assert (added[:, -1] == 0).all()
    assert (added[:, 1] != 0).any()


def test_few_deals_use_the_stages_and_many_use_trees(past):
    few = choosing.chosen(simulated(60), WEEK)
    assert few.estimator.name == "pooled"
    assert "Trees need" in few.told[0]
    many = choosing.chosen(past, WEEK)
    assert many.estimator.name == "boosted"
    assert "so trees are used" in many.told[0]


def test_for_ever_the_longest_horizon_that_can_be_learned_tells(past):
    choice = choosing.chosen(past, np.array([EVER]))
    assert choice.estimator.name == "boosted"
    asked = past.where((np.abs(past.at - 100) < 1e-6) & (past.outcome != OPEN))
    hit = asked.outcome == WON
    ours, theirs = (
        np.mean((each.predict(asked, np.array([EVER])).won[:, 0] - hit) ** 2)
        for each in (choice.estimator, pooled.fit(past))
    )
    assert ours < theirs - 0.02


def test_a_machine_that_cannot_fit_trees_says_what_is_missing(past, monkeypatch):
    usual = builtins.__import__

    def without(name, *more):
        if name == "lightgbm":
            raise OSError("libgomp.so.1: cannot open shared object file")
        return usual(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    choice = choosing.chosen(past, WEEK)
    assert choice.estimator.name == "pooled"
    assert "libgomp1 (Debian, Ubuntu) or libomp (macOS) is missing" in choice.told[0]


def test_a_stage_with_few_deals_says_little():
    rows = simulated(300)
    rare = rows.thing == rows.thing[rows.outcome == WON][0]
    rows.stage[rare] = 9
    fitted = pooled.fit(rows)
    asked = rows.where(rare).pick(np.array([0]))
    said = fitted.predict(asked, np.array([30.0]))
    assert 0.2 < said.won[0, 0] < 0.9
    usual = fitted.predict(rows.where(rows.stage == 0).pick(np.array([0])), np.array([30.0]))
    assert (said.high - said.low)[0, 0] > (usual.high - usual.low)[0, 0]


def test_nothing_ended_is_said():
    rows = simulated(50)
    rows.outcome[:] = OPEN
    with pytest.raises(ValueError, match="No deal has been won or lost yet"):
        choosing.chosen(rows)


def test_what_is_known_at_a_moment_ends_there(past):
    then = past.as_of(100.0)
    assert (then.at < 100).all()
    assert (then.at + then.after <= 100 + 1e-9).all()
    later = past.where(past.at < 100)
    ends_later = later.at + later.after > 100
    assert (then.outcome[ends_later] == OPEN).all()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=5), st.floats(0, 500))
@settings(max_examples=60)
def test_between_two_horizons_odds_are_between_theirs(odds, days):
    learned = np.array([7.0, 30.0, 90.0, 180.0, 365.0][: len(odds)])
    said = between(np.array([days]), learned, np.array([odds]))[0, 0]
    grown = np.maximum.accumulate(odds)
    place = np.searchsorted(learned, days)
    low = 0.0 if place == 0 else grown[place - 1]
    high = grown[min(place, len(grown) - 1)]
    assert low - 1e-9 <= said <= high + 1e-9


@given(
    hnp.arrays(float, (5, 4), elements=st.floats(0, 1)),
    hnp.arrays(float, (5, 4), elements=st.floats(0, 1)),
)
def test_won_and_lost_together_only_grow_and_never_exceed_what_there_is(won, lost):
    both = together(won, lost)
    for each in both:
        assert (np.diff(each, axis=1) >= -1e-9).all()
        assert (each >= 0).all()
    assert (both[0] + both[1] <= 1 + 1e-9).all()
    grown = [np.maximum.accumulate(each, axis=1) for each in (won, lost)]
    fine = (grown[0] + grown[1] <= 1).all(axis=1)
    for said, kept in zip(grown, both, strict=True):
        assert kept[fine] == pytest.approx(said[fine], abs=1e-9)

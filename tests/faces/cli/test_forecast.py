"""``ridealong forecast`` and ``ridealong backtest forecast``."""

from __future__ import annotations

import json

import pytest

from tests.faces.cli.test_reading import run
from tests.record.telling import deal, on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
AT = ("--at", on(80).isoformat())


@pytest.fixture
def company() -> None:
    world.begin()
    tell(world.facts(90))


def test_each_open_deal_by_its_sources_id_and_the_total(company):
    shape = json.loads(run("forecast", *AT, "--horizon", "30d", "--format", "json").output)
    assert {each["id"] for each in shape["deals"]} <= {f"d{n}" for n in range(90)}
    assert len(shape["deals"]) > 3
    for each in shape["deals"]:
        assert each["p_won"] + each["p_lost"] + each["p_open"] == pytest.approx(1, abs=1e-4)
    odds = [each["p_won"] for each in shape["deals"]]
    assert odds == sorted(odds, reverse=True)
    assert shape["total"]["p10"] <= shape["total"]["p50"] <= shape["total"]["p90"]
    assert set(shape["total"]) == {"p10", "p50", "p90"}
    whole, *others = shape["rollup"]["lines"]
    assert whole["open"] == shape["total"]
    assert {line["name"] for line in others} == {"Ann", "Ben"}
    assert sum(line["expected"] for line in others) == pytest.approx(whole["expected"], abs=0.05)
    assert shape["estimator"] == "pooled"
    assert any("in stage Offer" in r["text"] for d in shape["deals"] for r in d["reasons"])


def test_as_a_table(company):
    said = run("forecast", *AT, "--horizon", "month").output
    assert "Learned from" in said
    assert "four times in five" in said
    assert "Won already" in said


def test_what_each_member_may_see(company):
    mine = json.loads(run("forecast", *AT, "--as", "ann@seller.example", "--format", "json").output)
    whole = json.loads(run("forecast", *AT, "--format", "json").output)
    assert 0 < len(mine["deals"]) < len(whole["deals"])


def test_nothing_to_learn_from_is_a_sentence_not_a_failure():
    world.begin()
    tell([deal("one", 3, known=3, stage="Talk", status="open")])
    shape = json.loads(run("forecast", *AT, "--format", "json").output)
    assert shape["problem"].startswith("No deal has been won or lost yet")
    assert shape["deals"] == []
    assert shape["total"] is None
    held = json.loads(run("backtest", "forecast", *AT, "--format", "json").output)
    assert held["problem"]


def test_a_horizon_that_is_none():
    result = run("forecast", "--horizon", "soon")
    assert result.exit_code == 1
    assert "“soon” is no horizon" in result.output


def test_the_back_test(company):
    at = ("--at", on(119).isoformat())
    shape = json.loads(run("backtest", "forecast", *at, "--format", "json").output)
    by = {held["days"]: held for held in shape["horizons"]}
    methods = {each["name"]: each for each in by[7.0]["methods"]}
    assert set(methods) >= {"boosted trees", "pooled stages", "stage probability", "close date"}
    measures = methods["pooled stages"]["measures"]
    assert measures["rows"] == sum(each["count"] for each in measures["bins"])
    assert measures["calibration_low"] <= measures["calibration_high"]
    said = run("backtest", "forecast", *at).output
    assert "Won within 7 days, told at" in said
    assert "forecast category: does not apply" in said

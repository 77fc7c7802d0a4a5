"""Odd data gives odds of honest width, or a clear sentence why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.views import forecasting
from ridealong.views.forecasting import Forecast, Range
from tests.record.telling import deal, on, stages, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
NOTHING = Range(Decimal(0), Decimal(0), Decimal(0))


def foretold(at: float = 110, horizon: str = "30d") -> Forecast:
    pipe = pipeline.open(pipeline.EVERYTHING, on(at))
    found = forecasting.forecast(pipe, forecasting.horizon(pipe, horizon), patient=True)
    for _, odds in found.deals:
        assert odds.won + odds.lost + odds.open == pytest.approx(1)
        assert 0 <= odds.low <= odds.won <= odds.high <= 1
    assert all(0 <= usual <= 1 for usual in found.book.usual.values())
    if found.total:
        assert 0 <= found.total.p10 <= found.total.p50 <= found.total.p90
    return found


def told(facts: Iterable[Fact]) -> None:
    world.begin()
    tell(facts)


def changed(count: int, **values: object) -> list[Fact]:
    """The company's facts, with some fields always the same."""
    return [
        replace(each, changes={k: values.get(k, v) for k, v in each.changes.items()})
        for each in world.facts(count)
    ]


def test_an_empty_record_says_so():
    found = foretold()
    assert found.book.problem == "There are no deals yet."
    assert found.deals == ()
    assert found.total is None


def test_only_open_deals_say_so():
    told(deal(f"d{n}", n, known=n, stage="Talk", status="open") for n in range(30))
    assert "No deal has been won or lost yet" in foretold().book.problem


def test_one_stage():
    told(
        [
            *(deal(f"d{n}", n, known=n, stage="Talk", status="open") for n in range(90)),
            *(
                deal(
                    f"d{n}",
                    n + 10,
                    known=n + 10,
                    stage="Won" if n % 3 else "Lost",
                    status="won" if n % 3 else "lost",
                )
                for n in range(80)
            ),
        ]
    )
    found = foretold(88.5)
    assert len(found.deals) > 5
    assert {round(odds.won, 2) for _, odds in found.deals} != {0.0}
    assert "shares that went from each stage" in " ".join(found.book.told)


def test_no_lost_deals():
    told(f for f in world.facts(60) if f.changes.get("status") != "lost")
    found = foretold(80)
    assert max(odds.lost for _, odds in found.deals) < 0.2
    assert found.deals[0][1].high > found.deals[0][1].low


def test_all_closed_on_one_day():
    facts = [f for f in world.facts(60, until=60) if f.changes.get("status") not in {"won", "lost"}]
    ends = [
        deal(f"d{n}", 70, known=70, stage="Won", status="won")
        if n % 2
        else deal(f"d{n}", 70, known=70, stage="Lost", status="lost")
        for n in range(50)
    ]
    told([*facts, *ends])
    found = foretold(75)
    assert len(found.deals) == 10
    assert all(odds.high > odds.low for _, odds in found.deals)


@pytest.mark.parametrize("amount", ["0", "-5000", None, "90000000000000"])
def test_amounts_of_any_size(amount):
    told(changed(60, amount=amount))
    found = foretold(80)
    assert len(found.deals) > 3
    if amount is None:
        assert found.unpriced == len(found.deals)
        assert "without an amount are not in the total" in " ".join(
            forecasting.forecast_shape(pipeline.open(pipeline.EVERYTHING, on(80)), found)["told"]
        )
    if amount in {"0", "-5000"}:
        assert found.total == NOTHING


def test_a_currency_without_a_rate():
    facts = world.facts(60)
    told([*facts, *(deal(f"d{n}", 79, known=79, currency="XXX") for n in range(60))])
    found = foretold(80)
    assert found.unpriced == len(found.deals) > 0
    assert found.total == NOTHING


def test_future_dates():
    facts = [*world.facts(60), deal("ahead", 200, known=70, stage="Talk", status="open")]
    told([*facts, *(deal(f"d{n}", 79, known=79, close_date="2199-01-01") for n in range(60))])
    found = foretold(80)
    assert len(found.deals) > 3
    assert "ahead" not in {state.key for state, _ in found.deals}


def test_a_pipeline_renamed_half_way():
    new = {"Talk": "Conversation", "Offer": "Proposal"}
    facts = [
        replace(each, changes={k: new.get(v, v) for k, v in each.changes.items()})
        if each.kind == "deal" and each.at > on(75)
        else each
        for each in world.facts(90)
    ]
    told(facts)
    tell(stages(Conversation="open", Proposal="open"))
    found = foretold(80)
    assert {state.stage for state, _ in found.deals} & {"Conversation", "Proposal"}
    renamed = [odds for state, odds in found.deals if state.stage in {"Conversation", "Proposal"}]
    # Nobody knows yet how deals go from the new stages: their figure is that of all, and wide.
    assert all(0.05 < odds.won < 0.95 for odds in renamed)
    assert all(odds.high - odds.low > 0.03 for odds in renamed)


def test_no_salespeople_no_dates_no_activities():
    kept = {"stage", "status"}
    told(
        replace(each, changes={k: v for k, v in each.changes.items() if k in kept})
        for each in world.facts(60)
        if each.kind == "deal" and kept & each.changes.keys()
    )
    assert len(foretold(80).deals) > 3


@pytest.mark.parametrize("horizon", ["7d", "week", "month", "quarter", "ever"])
def test_every_horizon(horizon):
    told(world.facts(60))
    found = foretold(80, horizon)
    if horizon == "ever":
        assert all(odds.open == pytest.approx(0, abs=1e-9) for _, odds in found.deals)


def test_the_back_test_says_why_a_baseline_does_not_apply():
    told(world.facts(90))
    held = forecasting.backtest(pipeline.open(pipeline.EVERYTHING, on(119)), [7.0])
    (week,) = held.horizons
    by = {each.name: each for each in week.methods}
    assert by["pooled stages"].measures is not None
    assert by["close date"].measures is not None
    assert by["forecast category"].told == "does not apply: no deal has a forecast category"
    assert "Trees need 40" in by["boosted trees"].told

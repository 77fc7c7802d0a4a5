"""The roll-up: who sees which lines, what they add up to, and what moved them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from pytest_django import DjangoDbBlocker

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.views import briefing, forecasting
from ridealong.views.forecasting import Line, RollUp, fitting, ranking
from ridealong.views.forecasting.odds import odds_of
from tests.record.telling import deal, member, on, stages, tell
from tests.support.database import rolled_back
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
NOW = 80.0


@pytest.fixture(scope="module", autouse=True)
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Ann and Ben report to Lea, Lea and Sue to Ona; a fit was made on day 73 and one on day 80.

    Made once: each test is rolled back to it.
    """
    with django_db_blocker.unblock(), rolled_back():
        begin()
        yield


def begin() -> None:
    tell(stages(**world.STAGES))
    tell(
        [
            member("ona", role="owner"),
            member("lea", "ona", role="leader"),
            *(
                member(key, leader)
                for key, leader in (("ann", "lea"), ("ben", "lea"), ("sue", "ona"))
            ),
        ]
    )
    tell(world.facts(150))
    begun = {"stage": "Talk", "status": "open", "salesperson": "sue", "amount": "700"}
    tell(deal(f"s{n}", 60 + n, known=60 + n, **begun) for n in range(4))
    tell([deal("s0", 78, known=78, stage="Won", status="won", category="commit")])
    for day in (73.0, NOW):
        with time_machine.travel(on(day), tick=False):
            fitting.refit()


@pytest.fixture
def company() -> dict[str, int]:
    return {each.key: each.id for each in pipeline.open(EVERYTHING).members()}


def seen(number: int, day: float = NOW) -> Pipeline:
    return pipeline.open(number, on(day))


def rolled(pipe: Pipeline, span: str = "month") -> RollUp:
    return forecasting.rolled_up(pipe, forecasting.horizon(pipe, span))


def by_name(found: RollUp) -> dict[str, Line]:
    return {line.name: line for line in found.lines}


def test_many_deals_land_by_the_odds_that_a_worker_kept(company, monkeypatch):
    pipe, owner = pipeline.open(EVERYTHING, on(NOW)), company["ona"]
    plain = forecasting.ranges(seen(owner)), rolled(seen(owner))
    monkeypatch.setattr(ranking, "MANY", 2)
    assert (forecasting.ranges(seen(owner)), rolled(seen(owner))) == plain, "none were kept yet"

    ranking.keep(pipe)
    asked: list[int] = []

    def counted(pipe, deals, asked_by, **more):
        asked.extend(deals)
        return odds_of(pipe, deals, asked_by, **more)

    monkeypatch.setattr(ranking, "odds_of", counted)
    assert (forecasting.ranges(seen(owner)), rolled(seen(owner))) == plain
    assert not asked, "no deal is told anew"

    since = deal("n1", NOW, known=NOW, stage="Talk", status="open", salesperson="sue", amount="9")
    tell([since])
    assert rolled(seen(owner)).whole
    assert asked == [pipeline.open(EVERYTHING, on(NOW)).deal("n1").id]


def test_everybody_sees_their_own_and_what_is_below(company):
    names = {key: [line.name for line in rolled(seen(company[key])).lines] for key in company}
    assert names["ann"] == ["Ann"]
    assert names["lea"] == ["Lea", "Ann", "Ben"]
    assert names["ona"][1:] == ["Lea", "Ann", "Ben", "Sue"]
    depths = {line.name: line.depth for line in rolled(seen(company["ona"])).lines}
    assert depths["Ann"] == depths["Lea"] + 1


def test_the_same_deals_land_the_same_for_whoever_looks(company):
    owner, leader = (by_name(rolled(seen(company[key]))) for key in ("ona", "lea"))
    for name in ("Lea", "Ann"):
        assert owner[name].expected == pytest.approx(leader[name].expected, abs=Decimal("0.05"))
        assert float(owner[name].total.p50) == pytest.approx(
            float(leader[name].total.p50), rel=0.15
        )


@pytest.mark.parametrize("span", ["week", "month", "quarter"])
def test_lines_and_categories_add_up(company, span):
    found = rolled(seen(company["ona"]), span)
    whole, lines = found.whole, by_name(found)
    assert whole is not None
    team, below = lines["Lea"], [lines["Ann"], lines["Ben"]]
    assert team.won.amount == sum(each.won.amount for each in below)
    assert team.expected == pytest.approx(sum(each.expected for each in below), abs=Decimal("0.05"))
    apart = team.expected + lines["Sue"].expected
    assert whole.expected == pytest.approx(apart, abs=Decimal("0.05"))
    for line in found.lines:
        assert line.total.p10 <= line.total.p50 <= line.total.p90
        assert line.total.p10 >= line.won.amount
        brought = sum((each.expected for each in line.categories), Decimal(0))
        assert brought <= line.expected - line.won.amount + Decimal("0.05")


def test_what_is_won_already_is_certain_and_opens_to_its_deals(company):
    sue = by_name(rolled(seen(company["ona"])))["Sue"]
    assert (sue.won.count, sue.won.amount) == (1, Decimal(700))
    assert sue.won.selection.query() == {"salesperson": str(company["sue"]), "changed": "won"}
    assert sue.evident
    assert not by_name(rolled(seen(company["ona"])))["Lea"].evident


def test_how_often_such_ranges_held_is_told(company):
    whole = rolled(seen(company["ona"])).whole
    assert whole is not None
    assert "the range held" in whole.total.held


@pytest.mark.parametrize("span", ["week", "month", "quarter"])
@pytest.mark.parametrize("key", ["ona", "lea", "sue"])
def test_a_waterfall_adds_up_to_the_hundredth(company, span, key):
    pipe = seen(company[key])
    found = forecasting.waterfall(pipe, span)
    assert found.problem == ""
    assert sum(part.amount for part in found.parts) == found.after - found.before
    for kind in ("won", "lost", "odds", "amount"):
        of_kind = [each for each in found.parts if each.kind == kind]
        named = [each.amount for each in found.deals if each.kind == kind]
        assert sum(each.amount for each in of_kind) == sum(named)
    whole = rolled(pipe, span).whole
    assert whole is not None
    assert found.after == pytest.approx(whole.expected, abs=Decimal("0.3"))


def test_the_waterfall_names_what_was_won(company):
    found = forecasting.waterfall(seen(company["sue"]), "month")
    won = {each.deal.key: each for each in found.deals if each.kind == "won"}
    assert set(won) == {"s0"}
    assert 0 < won["s0"].amount <= 700


def test_a_period_that_had_not_begun_is_compared_with_what_was_expected_of_it(company):
    begun = {"stage": "Talk", "status": "open", "salesperson": "sue", "amount": "900"}
    tell(
        [
            deal("early", 60, known=60, **begun),
            deal("early", 75, known=75, stage="Won", status="won"),
        ]
    )
    pipe = seen(company["sue"])
    found = forecasting.waterfall(pipe, "week")
    assert found.since == on(NOW - 7)
    assert sum(part.amount for part in found.parts) == found.after - found.before
    early = next(each for each in found.deals if each.deal.key == "early")
    assert early.kind == "early"
    assert -900 < early.amount < 0


def test_a_brief_says_where_each_period_lands(company):
    landings = briefing.brief(seen(company["lea"])).landings
    assert [each.why_none for each in landings] == ["", "", ""]
    for each in landings:
        assert each.range is not None
        assert each.range.p10 >= each.won.amount
    assert set(forecasting.ranges(seen(company["lea"]))) == {"week", "month", "quarter"}
    kept = briefing.frozen(briefing.brief(seen(company["lea"])))
    assert kept["landings"][1]["range"]["held"]


def test_without_a_fit_it_is_said_why(company):
    pipe = seen(company["ona"], 100)
    assert rolled(pipe).lines == ()
    assert rolled(pipe).problem == fitting.NOT_YET
    assert forecasting.waterfall(pipe, "month").problem == fitting.NOT_YET
    assert forecasting.ranges(pipe) == {}

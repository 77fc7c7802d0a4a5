"""Insights of a record: what holds up, whose deals may be seen, and what nobody can tell yet."""

from __future__ import annotations

import pytest

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.views import insights
from ridealong.views.insights import Insight
from ridealong.views.insights.working import forget
from tests.record.telling import deal, on, tell
from tests.views.insights.company import EACH, END, OPEN, SELLERS, company

pytestmark = pytest.mark.django_db
CAUSES = ("because", "led to", "caused", "due to", "thanks to", "makes", "improve", "increase")


@pytest.fixture(autouse=True)
def anew():
    forget()
    yield
    forget()


@pytest.fixture
def people() -> dict[str, int]:
    tell(company())
    return {m.key: m.id for m in pipeline.open(EVERYTHING).members()}


def at_end(viewer: int | pipeline.Everything = EVERYTHING) -> Pipeline:
    return pipeline.open(viewer, on(END))


def one(pipe: Pipeline, kind: str, name: str = "") -> Insight:
    return next(
        i for i in insights.insights(pipe).found if i.kind == kind and (not name or i.name == name)
    )


def test_what_holds_up_comes_with_its_counts_the_deals_and_what_to_do(people):
    seen = insights.insights(at_end())
    assert seen.compared == sum(each.compared for each in seen.tried)
    decider = one(at_end(), "deal", "decider")
    assert (decider.first.went, decider.first.of) == (EACH * 5, EACH * 5)
    assert (decider.second.went, decider.second.of) == (0, EACH * 5)
    for insight in seen.found:
        for share, had in ((insight.first, True), (insight.second, False)):
            side = [each for each in insight.deals if each.had is had]
            assert (sum(each.went for each in side), len(side)) == (share.went, share.of)
        assert insight.unseen == 0
        assert insight.low <= insight.effect <= insight.high
        assert 0 < insight.p <= 0.05
        assert insight.tried == seen.compared
        assert insight.to_do.endswith(".")
        assert not any(word in insight.claim.lower() for word in CAUSES)


def test_where_a_salesperson_stalls_is_for_them_and_their_leaders_only(people):
    stalled = insights.of_person(at_end(people["lea"]), people["ann"]).found
    assert [(i.kind, i.person) for i in stalled] == [("salesperson", people["ann"])]
    (about,) = stalled
    assert (about.first.went, about.first.of) == (0, EACH)
    assert about.second.went == about.second.of == EACH * (len(SELLERS) - 1)
    assert "Out of Qualify, Ann’s deals" in about.claim
    own = insights.insights(at_end(people["ann"])).of("salesperson")
    assert [i.person for i in own] == [people["ann"]]
    assert {each.deal_id for each in own[0].deals} < {each.deal_id for each in about.deals}
    assert own[0].unseen == EACH * (len(SELLERS) - 1)
    assert not insights.insights(at_end(people["ben"])).of("salesperson")
    assert not insights.of_person(at_end(people["ben"]), people["ann"]).found


def test_about_leading_for_those_who_lead(people):
    led = one(at_end(people["lea"]), "leading")
    assert (led.first.value, led.second.value) == (1, 0)
    assert not insights.insights(at_end(people["ben"])).of("leading")


def test_everybody_is_told_of_the_same_deals_and_sees_their_own(people):
    whole, mine, none = (
        one(at_end(people[who]), "deal", "decider") for who in ("ona", "ben", "bo")
    )
    assert (mine.first, mine.second, mine.p) == (whole.first, whole.second, whole.p)
    assert {
        pipe.salesperson_id
        for pipe in at_end(people["ben"]).deals_numbered([each.deal_id for each in mine.deals])
    } == {people["ben"]}
    assert mine.unseen == EACH * (len(SELLERS) - 1)
    assert none.deals == ()


def test_what_a_deal_lacks_from_here(people):
    pipe = at_end(people["ben"])
    found = insights.of_deal(pipe, pipe.deal(OPEN))
    lacking = {each.name: each for each in found.lacks}
    assert found.waits == 0
    assert "decider" in lacking
    assert lacking["decider"].first.of == EACH // 2 * len(SELLERS)
    assert lacking["decider"].claim.startswith("Nobody who has the money has taken part")
    early = pipe.moved(on(END - 27))
    waiting = insights.of_deal(early, early.deal(OPEN))
    assert (waiting.lacks, waiting.waits) == ((), 11)
    ended = insights.of_deal(pipe, pipe.deal("Dben0"))
    assert (ended.lacks, ended.has, ended.waits) == ((), (), 0)


def test_nothing_of_later_is_known_before(people):
    before = insights.insights(at_end().moved(on(100)))
    assert before.found == ()
    then = insights.insights(at_end().moved(on(400)))
    tell([deal(f"D{who}1", 500, known=500, stage="Propose", status="open") for who in SELLERS])
    forget()
    assert insights.insights(at_end().moved(on(400))) == then


def test_of_an_empty_company_nothing_is_said(db):
    seen = insights.insights(pipeline.open(EVERYTHING, on(END)))
    assert (seen.found, seen.deals) == ((), 0)
    assert seen.compared == 0

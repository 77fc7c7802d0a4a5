"""Insights on pages and the command line: claims with their deals, and silence that says so."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.contrib.auth import get_user_model

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views.insights.working import forget
from tests.faces.cli.test_reading import run
from tests.faces.web.browsing import signed_in
from tests.record.telling import on, tell
from tests.views.insights.company import END, OPEN, company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew():
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(on(END), tick=True):
        yield


@pytest.fixture
def people() -> dict[str, int]:
    tell(company())
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key in ("lea", "ann", "ben"):
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=found[key]
        )
    return found


def test_a_claim_leads_to_each_deal_that_it_counts(people):
    lea = signed_in(people["lea"])
    page = lea.get("/insights").content.decode()
    assert "Deals on which whoever has the money had taken part" in page
    assert "5% at most" in page
    listed = lea.get("/insights/deal-decider").content.decode()
    assert listed.count("<tr data-row>") == 100
    assert lea.get("/insights/deal-decider?all=1").content.decode().count("<tr data-row>") == 300
    assert lea.get("/insights/deal-nothing").status_code == 404
    early = lea.get(f"/insights?at={on(20).date()}").content.decode()
    assert "There is too little to compare yet" in early
    young = lea.get(f"/deals/{OPEN}/insights?at={on(END - 25).date()}").content.decode()
    assert "It can be compared in" in young


def test_a_deal_says_what_it_lacks_and_a_person_where_deals_stall(people):
    lea, ben = signed_in(people["lea"]), signed_in(people["ben"])
    deal = ben.get(f"/deals/{OPEN}").content.decode()
    assert "What deals won from here had" in deal
    from_here = ben.get(f"/deals/{OPEN}/insights").content.decode()
    assert "Nobody who has the money has taken part in a talk" in from_here
    assert ben.get("/deals/Dann0/insights").status_code == 404
    number = pipeline.open(EVERYTHING).deal(OPEN).id
    counted = ben.get(f"/insights/deal-decider?deal={number}").content.decode()
    assert "colleagues are counted, and not shown" in counted
    ann = people["ann"]
    assert f"/insights?person={ann}" in lea.get(f"/people/{ann}").content.decode()
    assert "Out of Qualify, Ann’s deals" in lea.get(f"/insights?person={ann}").content.decode()
    assert ben.get(f"/insights?person={ann}").status_code == 404
    assert "Nothing holds up" in lea.get(f"/insights?person={people['ben']}").content.decode()


def test_the_command_prints_claims_and_all_that_was_tried(people):
    shape = json.loads(run("insights", "--format", "json").output)
    assert {"deal", "salesperson", "leading"} == {one["kind"] for one in shape["insights"]}
    first = next(one for one in shape["insights"] if one["about"] == "decider")
    assert first["with"]["of"] == sum(each["had"] for each in first["deals"])
    assert all(one["p"] <= 0.05 for one in shape["insights"])
    text = run("insights").output
    assert "Deals on which whoever has the money" in text
    assert "compared" in text
    early = run("insights", "--at", on(20).isoformat()).output
    assert "Nothing holds up after 0 comparisons" in early

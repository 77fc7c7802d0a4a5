"""Odds on pages: a column, a card with what shows its reasons, and how they held."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model

from ridealong.connections import holding, refitting
from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views.forecasting import fitting, heat, held
from tests.faces.cli.test_reading import run
from tests.faces.web.browsing import signed_in
from tests.record.telling import deal, member, on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
NOW = 80.0


@pytest.fixture
def people() -> dict[str, int]:
    world.begin()
    tell([member("lea", role="owner")])
    tell(world.facts(60, until=NOW))
    open_still: dict[str, Any] = {"known": 60, "stage": "Talk", "status": "open"}
    tell([deal("anns", 60, **open_still, salesperson="ann", name="Ann's pump", amount="10")])
    tell([deal("bens", 60, **open_still, salesperson="ben", name="Ben's pump", amount="20")])
    tell([deal("anns", 78, known=78, stage="Offer")])
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key in ("lea", "ann"):
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=found[key]
        )
    return found


@pytest.fixture
def now():
    with time_machine.travel(on(NOW), tick=True):
        yield


@pytest.fixture
def fit(now):
    fitting.refit()


def names(page: str) -> list[str]:
    return re.findall(r'<td class="deal"><a href="[^"]+">([^<]+)</a>', page)


def test_where_there_are_no_odds_a_sentence_says_why_and_there_is_no_column(people, now):
    lea = signed_in(people["lea"])
    page = lea.get("/pipeline").content.decode()
    assert fitting.NOT_YET in page
    assert "/forecast/trust" in page
    assert "Odds <span" not in page
    assert "Ben&#x27;s pump" in page
    asked = lea.get("/pipeline?sort=-odds&heat=hot").content.decode()
    assert "Shown is everything, now." in asked
    assert "Ben&#x27;s pump" in asked
    card = lea.get("/deals/bens/odds").content.decode()
    assert fitting.NOT_YET in card
    assert lea.get("/api/deals/bens").json()["odds"] == {"problem": fitting.NOT_YET}


def test_the_pipeline_is_put_in_order_of_odds_and_narrowed_to_what_is_hot(people, fit, monkeypatch):
    lea = signed_in(people["lea"])
    page = lea.get("/pipeline").content.decode()
    assert names(page)[0] != "Ann&#x27;s pump", "the default order stays"
    assert "Odds <span" in page
    assert page.count('class="odds ') == page.count('<tr data-row class="open">')
    down = names(lea.get("/pipeline?sort=-odds").content.decode())
    up = names(lea.get("/pipeline?sort=odds").content.decode())
    assert sorted(down) == sorted(up)
    assert down.index("Ann&#x27;s pump") < down.index("Ben&#x27;s pump")
    assert up.index("Ben&#x27;s pump") < up.index("Ann&#x27;s pump")
    at = f"/pipeline?closes=quarter&at={on(NOW - 20).date()}"
    assert fitting.NOT_YET in lea.get(at).content.decode()
    monkeypatch.setattr(heat, "EVEN", 0.2)
    hot = lea.get("/pipeline?heat=hot&text=pump").content.decode()
    told = lea.get("/api/deals/anns").json()["odds"]
    expected = ["Ann&#x27;s pump"] if told["heat"] == "hot" else []
    assert names(hot) == expected
    board = lea.get("/pipeline?view=board").content.decode()
    assert board.count('class="odds ') == board.count('class="card"')
    assert "cannot" in lea.get("/pipeline?heat=tepid").content.decode()


def test_a_deal_says_its_odds_and_leads_to_what_shows_each_reason(people, fit):
    ann = signed_in(people["ann"])
    assert 'hx-get="/deals/' in ann.get("/deals/anns").content.decode()
    card = ann.get("/deals/anns/odds").content.decode()
    assert "In stage Offer" in card
    assert "up " in card
    assert "Ever" in card
    (address,) = re.findall(r'href="(/deals/\d+\?about=stage)#story"', card)
    only = ann.get(address).content.decode()
    assert "Only what shows this: in stage Offer" in only
    assert only.count('<li class="change">') == 2
    assert ann.get("/deals/anns?about=nothing").status_code == 200
    assert ann.get("/deals/bens/odds").status_code == 404
    shape = ann.get("/api/deals/anns").json()["odds"]
    assert shape["by"]["month"]["p_won"] <= shape["by"]["ever"]["p_won"]
    assert [each["about"] for each in shape["reasons"]] == ["stage"]
    printed = json.loads(run("deal", "anns", "--format", "json").output)["odds"]
    assert printed["by"].keys() == shape["by"].keys()
    assert "in stage Offer (times" in run("deal", "anns").output


def test_call_cards_tell_odds(people, fit):
    cards = signed_in(people["lea"]).get("/call").content.decode()
    assert "to be won by" in cards
    assert "In stage Offer" in cards


def test_the_brief_tells_hot_deals_by_their_odds(people, fit, monkeypatch):
    lea = signed_in(people["lea"])
    cold = lea.get("/brief").content.decode()
    assert "No open deal should close this month" in cold or "likely to be won by" in cold
    monkeypatch.setattr(heat, "EVEN", 0.0)
    assert "likely to be won by" in lea.get("/brief").content.decode()


def test_how_odds_held_is_tried_by_a_worker_and_shown(people, now, monkeypatch):
    monkeypatch.setattr(held.backtest, "__defaults__", ((7.0,), lambda _: None))
    lea, ann = signed_in(people["lea"]), signed_in(people["ann"])
    empty = lea.get("/forecast/trust").content.decode()
    assert "Not tried yet" in empty
    assert "Try it now" in empty
    assert "Try it now" not in ann.get("/forecast/trust").content.decode()
    assert ann.post("/forecast/trust/make").status_code == 403
    lea.post("/forecast/trust/make")
    assert "It begins as soon as a worker is free." in lea.get("/forecast/trust").content.decode()
    Run.objects.filter(subject=holding.HOLDING).update(state="running", doing="trying", total=1)
    assert "horizon 1 of 1" in ann.get("/forecast/trust").content.decode()
    report = refitting.carry_out(Run(), lambda _: None)
    Run.objects.create(kind="refit", subject=refitting.SUBJECT, state="done", report=report)
    refused = {"used": False, "why": "On what came since, the old one did better."}
    Run.objects.create(kind="refit", subject=refitting.SUBJECT, state="done", report=refused)
    holding.hold(Run(), lambda _: None)
    Run.objects.filter(subject=holding.HOLDING).update(state="done")
    page = ann.get("/forecast/trust").content.decode()
    assert "Won within 7 days" in page
    assert "Of 100 deals given the highest odds" in page
    assert 'role="img"' in page
    assert "does not apply: no deal has a forecast category" in page
    assert "Ridealong, from the stage alone" in page
    assert "the old one did better" in page
    assert "It is the first." in page


ODD: dict[str, dict[str, Any]] = {
    "zero": {"amount": "0"},
    "negative": {"amount": "-5000"},
    "missing": {"amount": None},
    "huge": {"amount": "90000000000000"},
    "foreign": {"amount": "5", "currency": "XXX"},
    "far": {"close_date": "2199-01-01"},
    "past": {"close_date": "1970-01-01"},
    "renamed": {"stage": "Conversation"},
    "bare": {},
}


def test_odd_deals_have_odds_of_honest_width_on_every_page(people, now):
    tell(
        deal(key, 70, known=70, status="open", name=f"Odd {key}", **{"stage": "Talk"} | more)
        for key, more in ODD.items()
    )
    fitting.refit()
    lea = signed_in(people["lea"])
    page = lea.get("/pipeline?text=odd&sort=-odds").content.decode()
    assert page.count('class="odds ') == len(ODD)
    for key in ODD:
        by = lea.get(f"/api/deals/{key}").json()["odds"]["by"]["quarter"]
        assert 0 < by["p_won_low"] < by["p_won"] < by["p_won_high"] < 1
        assert "What carries it" in lea.get(f"/deals/{key}/odds").content.decode()


def test_a_deal_that_is_yet_to_begin_or_has_ended_says_so(people, fit):
    tell([deal("ahead", 200, known=79, stage="Talk", status="open")])
    tell([deal("over", 70, known=70, stage="Won", status="won")])
    lea = signed_in(people["lea"])
    assert lea.get("/deals/ahead/odds").status_code == 404
    assert "It is closed." in lea.get("/deals/over/odds").content.decode()

"""In the call as a page: what it sends to the browser, what it takes back, and what is owed."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from ridealong.record import pipeline
from ridealong.record.calling import Promised
from ridealong.views import answering
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text, undo
from tests.record.telling import on

pytestmark = pytest.mark.django_db
NOW = on(40)


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def lea(numbers: dict[str, int]) -> Client:
    """A browser in which Lea is signed in."""
    return signed_in(numbers["lea"])


SETTLE = "/brief/promise/settle"


def data(client: Client) -> dict[str, Any]:
    found = re.search(r'<script id="call-data"[^>]*>(.*?)</script>', text(client, "/call"))
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def owed(number: int) -> list[Promised]:
    return pipeline.open(number).calling.promises()


def send(client: Client, holder: str, *events: dict[str, Any]):
    body = json.dumps({"holder": holder, "events": events})
    return client.post("/call/notes", body, content_type="application/json")


def question(deal: int, number: str = "one", **more: Any) -> dict[str, Any]:
    return {"id": number, "kind": "question", "deal": deal, "text": "", **more}


def harbour(client: Client) -> int:
    number: int = next(d["id"] for d in data(client)["deals"] if d["name"] == "Harbour rollout")
    return number


def test_the_page_has_each_open_deal_in_sight_and_no_other(lea, numbers):
    assert [d["name"] for d in data(lea)["deals"]] == ["Harbour rollout"]
    assert [d["name"] for d in data(signed_in(numbers["bo"]))["deals"]] == ["Sensor line"]
    assert len(data(signed_in(numbers["ona"]))["deals"]) == 2
    for each in data(lea)["deals"]:
        assert len(each["lines"]) == 5
    adi = signed_in(numbers["adi"])
    assert adi.get("/call").status_code == 404
    assert send(adi, "x").status_code == 404


def test_the_page_works_without_a_script(lea, numbers):
    page = text(lea, "/call")
    assert re.search(r'<form action="/pipeline".*?name="text"', page, re.DOTALL)
    assert f'href="/deals/{harbour(lea)}"' in page
    assert 'href="/call"' in text(signed_in(numbers["ona"]), "/today")


def test_what_is_left_out_is_said(lea, monkeypatch):
    everything = answering.cards
    monkeypatch.setattr(answering, "cards", lambda pipe: everything(pipe, most=0))
    assert "No open deal to be asked about" in text(lea, "/call")
    ona = signed_in(pipeline.open(pipeline.EVERYTHING).members()[-1].id)
    monkeypatch.setattr(answering, "cards", lambda pipe: everything(pipe.counting(), most=1))
    assert re.search(r"1 open deal at hand, .*1 other is in the", text(ona, "/call"))


def test_a_question_is_kept_with_its_deal_however_often_it_is_sent(lea, numbers, then):
    holder, deal = data(lea)["holder"], harbour(lea)
    at = (NOW - timedelta(minutes=5)).isoformat()
    then.shift(timedelta(hours=2))
    events = (question(deal, at=at), {"id": "one", "words": "Who signs there?"})
    for _ in range(2):
        assert send(lea, holder, *events).json() == {"done": ["one", "one"]}
    [kept] = owed(numbers["lea"])
    assert (kept.kind, kept.text, kept.deal_id, kept.state) == (
        "question",
        "Who signs there?",
        deal,
        "open",
    )
    assert kept.at == NOW - timedelta(minutes=5)
    send(lea, holder, {"id": "one", "undo": True}, *events)
    assert not owed(numbers["lea"])


def test_a_promise_has_its_day_and_an_unreadable_one_is_not_lost(lea, numbers):
    holder, deal = data(lea)["holder"], harbour(lea)
    said = {"kind": "promise", "deal": deal, "text": "Terms to them"}
    send(lea, holder, {"id": "a", "due": "2026-02-20", **said}, {"id": "b", "due": "soon", **said})
    first, second = owed(numbers["lea"])
    assert (first.kind, first.due, second.due) == ("promise", date(2026, 2, 20), None)


@pytest.mark.parametrize("deal", ["sensor", 999_999, "", None, "1 or 1", "9" * 40])
def test_a_note_on_a_deal_out_of_sight_is_kept_without_it(lea, numbers, deal):
    if deal == "sensor":
        deal = data(signed_in(numbers["bo"]))["deals"][0]["id"]
    assert send(lea, data(lea)["holder"], question(deal)).status_code == 200
    [kept] = owed(numbers["lea"])
    assert kept.deal_id is None
    assert "Sensor line" not in text(lea, "/call")


def test_nobody_notes_for_another(lea, numbers):
    holder, deal = data(lea)["holder"], harbour(lea)
    sam = signed_in(numbers["sam"])
    assert send(sam, holder, question(deal)).status_code == 409
    send(lea, holder, question(deal))
    # The same id is another note of somebody else's.
    send(sam, data(sam)["holder"], {"id": "one", "undo": True})
    assert len(owed(numbers["lea"])) == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"events": 3}', '{"events": [{}]}', '{"events": ["x"]}']
)
def test_what_is_no_list_of_notes_is_refused(lea, body):
    assert lea.post("/call/notes", body, content_type="application/json").status_code == 400


def test_what_is_owed_is_on_today_until_it_is_settled(lea, numbers, then):
    holder, deal = data(lea)["holder"], harbour(lea)
    said = {"kind": "promise", "deal": deal, "text": "Terms to them"}
    send(lea, holder, question(deal, text="Who signs?"), {"id": "two", **said})
    page = text(lea, "/today")
    assert "Owed to the CEO: 2" in page
    assert "Asked: Who signs?" in page
    first, second = owed(numbers["lea"])
    lea.post(SETTLE, {"promise": first.key, "state": "kept", "answer": "Ida Holm"})
    shown = text(lea, "/call")
    assert ">answered<" in shown
    assert "Ida Holm" in shown
    assert "Owed to the CEO: 1" in text(lea, "/today")
    lea.post(SETTLE, {"promise": second.key, "state": "dropped"})
    undo(lea, text(lea, "/call"))
    assert "Owed to the CEO: 1" in text(lea, "/today")
    then.shift(timedelta(minutes=1))
    lea.post(SETTLE, {"promise": first.key, "state": "open"})
    assert "Owed to the CEO: 2" in text(lea, "/today")


def test_nobody_settles_what_another_owes(lea, numbers):
    send(lea, data(lea)["holder"], question(harbour(lea)))
    [one] = owed(numbers["lea"])
    for key in ("sam", "ona", "bo"):
        other = signed_in(numbers[key])
        said = {"promise": one.key, "state": "dropped"}
        assert other.post(SETTLE, said).status_code == 404
    assert lea.post(SETTLE, {"promise": one.key, "state": "lost"}).status_code == 404
    assert owed(numbers["lea"])[0].state == "open"


def test_nothing_of_the_page_stays_in_the_browsers_own_cache(lea):
    assert "no-store" in lea.get("/call").headers["Cache-Control"]


def test_a_device_keeps_nothing_where_that_is_wanted(lea, settings: LazySettings):
    assert data(lea)["keeps"] is True
    lea.post("/offline/keep", {"keep": "nothing", "back": "/call"})
    assert data(lea)["keeps"] is False
    assert "Nothing is kept here" in text(lea, "/call")
    lea.post("/offline/keep", {"keep": "sealed", "back": "/call"})
    settings.RIDEALONG_KEEP_NOTHING = True
    assert data(lea)["keeps"] is False
    assert "Nothing is kept on any device" in text(lea, "/call")

"""Recall as a page: by forms alone, in batches from a browser, and what a device may keep."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from ridealong.faces.web import offline
from ridealong.record import pipeline
from ridealong.record.recalled import Answered
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text
from tests.record.telling import deal, on, tell

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


def answers(number: int) -> list[Answered]:
    return pipeline.open(number).recalled.answers(number)


def data(client: Client) -> dict[str, Any]:
    found = re.search(r'<script id="recall-data"[^>]*>(.*?)</script>', text(client, "/recall"))
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def send(client: Client, holder: str, *events: dict[str, Any]):
    body = json.dumps({"holder": holder, "events": events})
    return client.post("/recall/answers", body, content_type="application/json")


def event(item: dict[str, Any], number: str, rating: int = 3, **more: Any) -> dict[str, Any]:
    return {"id": number, "token": item["token"], "rating": rating, **more}


def test_a_question_is_answered_by_a_form_and_the_answer_taken_back(lea, numbers, then):
    page = text(lea, "/recall?show=1")
    token = html.unescape(re.findall(r'name="token" value="([^"]+)"', page)[0])
    first = data(lea)["items"][0]
    assert html.escape(first["words"], quote=False) in html.unescape(page)
    by_form = {
        "chosen": {"choice": first["answer"]},
        "typed": {"typed": str(first["amount"])},
        "graded": {"rating": "3"},
    }
    lea.post("/recall/answer", {"token": token, **by_form[first["form"]]})
    [kept] = answers(numbers["lea"])
    assert (kept.rating, kept.question, kept.words) == (3, first["name"], first["told"])
    after = text(lea, "/recall")
    assert first["told"] in html.unescape(after)
    undo = re.search(r'name="id" value="([^"]+)"', after)
    assert undo
    then.shift(timedelta(seconds=5))
    lea.post("/recall/undo", {"id": undo[1]})
    assert not answers(numbers["lea"])
    assert data(lea)["items"][0]["words"] == first["words"]


def test_a_wrong_answer_is_kept_as_one(lea, numbers):
    for item in data(lea)["items"]:
        if item["options"]:
            wrong = next(o for o in item["options"] if o != item["answer"])
            lea.post("/recall/answer", {"token": item["token"], "choice": wrong})
        elif item["amount"]:
            lea.post("/recall/answer", {"token": item["token"], "typed": "7"})
    assert {each.rating for each in answers(numbers["lea"])} == {1}


def test_a_batch_is_kept_once_however_often_it_is_sent(lea, numbers, then):
    shown = data(lea)
    items, holder = shown["items"], shown["holder"]
    at = (NOW + timedelta(minutes=5)).isoformat()
    then.shift(timedelta(hours=8))
    batch = (event(items[0], "one", at=at), event(items[1], "two", rating=1, at=at))
    for _ in range(2):
        assert send(lea, holder, *batch).json() == {"done": ["one", "two"]}
    kept = answers(numbers["lea"])
    assert [each.rating for each in kept] == [3, 1]
    # When it was answered counts, not when the network was back.
    assert {each.at for each in kept} == {NOW + timedelta(minutes=5)}
    then.shift(timedelta(seconds=5))
    send(lea, holder, {"id": "two", "undo": True})
    send(lea, holder, *batch)
    assert [each.key.split(":")[1] for each in answers(numbers["lea"])] == ["one"]


@pytest.mark.parametrize("at", ["2001-01-01T00:00:00+00:00", "2099-01-01T00:00:00Z", "rubbish", ""])
def test_a_device_whose_clock_is_wrong_answers_between_asked_and_now(lea, numbers, then, at):
    shown = data(lea)
    then.shift(timedelta(hours=1))
    send(lea, shown["holder"], event(shown["items"][0], "one", at=at))
    [kept] = answers(numbers["lea"])
    assert NOW <= kept.at <= NOW + timedelta(hours=1)


def test_nobody_answers_for_another(lea, numbers):
    shown = data(lea)
    sam = signed_in(numbers["sam"])
    one = event(shown["items"][0], "one")
    assert send(sam, shown["holder"], one).status_code == 409
    # With a name of one's own and another's question nothing is kept either.
    assert send(sam, data(sam)["holder"], one).status_code == 200
    assert not answers(numbers["sam"])
    assert sam.post("/recall/answer", {"token": one["token"], "rating": "4"}).status_code == 404


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"events": 3}', '{"events": [{}]}', '{"events": ["x"]}']
)
def test_what_is_no_list_of_answers_is_refused(lea, body):
    answer = lea.post("/recall/answers", body, content_type="application/json")
    assert answer.status_code == 400


def test_what_nothing_can_be_made_of_does_not_hold_up_the_rest(lea, numbers):
    shown = data(lea)
    good = event(shown["items"][0], "good")
    bad = [{"id": "a", "token": "forged", "rating": 3}, {**good, "id": "b", "rating": 9}]
    assert send(lea, shown["holder"], *bad, good).json() == {"done": ["a", "b", "good"]}
    assert len(answers(numbers["lea"])) == 1


def test_a_changed_fact_is_said_with_old_and_new(lea, numbers, then):
    shown = data(lea)
    known = [i for i in shown["items"] if i["name"] == "amount"]
    send(lea, shown["holder"], *(event(i, f"n{n}") for n, i in enumerate(known)))
    changed = known[0]
    key = next(d.key for d in pipeline.open(numbers["lea"]).deals_numbered([changed["deal"]]))
    then.shift(timedelta(hours=1))
    tell([deal(key, 40.01, known=40.01, amount="7777")])
    again = data(lea)["items"][0]
    assert again["state"] == "changed"
    assert (again["before"], again["told"]) == (changed["told"], "€7,777")
    page = html.unescape(text(lea, "/recall"))
    assert "This has changed." in page
    assert f"<s>{changed['told']}</s>" in page


def test_today_says_how_long_it_takes_and_what_is_known(lea, numbers):
    count = len(data(lea)["items"])
    page = text(lea, "/today")
    assert f"{count} question" in page
    assert "Nothing was asked yet" in page
    assert 'href="/recall"' in text(signed_in(numbers["sam"]), "/today")


def test_whoever_has_no_deals_is_told_so(numbers):
    assert "No open deal to ask about" in text(signed_in(numbers["adi"]), "/recall")


def test_a_past_moment_shows_what_was_known_then(lea, numbers, then):
    shown = data(lea)
    send(lea, shown["holder"], *(event(i, f"n{n}") for n, i in enumerate(shown["items"])))
    then.shift(timedelta(days=1))
    assert "Nothing was asked yet" in text(lea, "/recall?at=2026-02-01")
    now = re.search(r'class="large">(\d+)%</strong> of .* \((\d+)% to (\d+)%', text(lea, "/recall"))
    assert now
    share, low, high = map(int, now.groups())
    assert share > 50
    assert 0 < low <= share <= high
    assert "recall-data" not in text(lea, "/recall?at=2026-02-01")


def test_nothing_of_the_page_stays_in_the_browsers_own_cache(lea):
    assert "no-store" in lea.get("/recall").headers["Cache-Control"]


def test_signing_out_clears_the_device(lea):
    assert lea.post("/sign-out").headers["Clear-Site-Data"] == '"storage"'


def test_the_worker_keeps_the_shell_and_nobodys_data(lea, numbers):
    stranger = Client(headers={"host": "localhost"})
    worker = stranger.get("/sw.js")
    assert worker.status_code == 200
    assert worker.headers["Content-Type"] == "text/javascript"
    said = worker.content.decode()
    kept = json.loads(re.findall(r"const ASSETS = (.*);", said)[0])
    assert all(address.startswith("/static/") for address in kept)
    shells = json.loads(re.findall(r"const SHELLS = (.*);", said)[0])
    assert shells == {"/call": "/offline/call", "/recall": "/offline/recall"}
    # The shell is the same for whoever asks.
    for address in shells.values():
        page = lea.get(address).content
        assert page == stranger.get(address).content
        assert b"Lea" not in page
        assert b"<script>" not in page
    assert stranger.get("/offline/other").status_code == 404


def test_everything_the_shell_asks_for_is_kept(lea):
    named = {f"/static/ridealong/{name}" for name in offline.ASSETS}
    pages = "".join(text(lea, f"/offline/{name}") for name in offline.SHELLS)
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', pages))
    imported = set()
    for address in [a for a in named if a.endswith(".js")]:
        folder = address.rsplit("/", 1)[0]
        source = offline._file(address.removeprefix("/static/")).read_text()
        imported |= {f"{folder}/{name}" for name in re.findall(r'from "\./([^"]+)"', source)}
    assert asked | imported <= named


def test_a_device_keeps_nothing_where_that_is_wanted(lea):
    assert data(lea)["keeps"] is True
    lea.post("/offline/keep", {"keep": "nothing", "back": "/recall"})
    assert data(lea)["keeps"] is False
    assert "Nothing is kept here" in text(lea, "/recall")
    lea.post("/offline/keep", {"keep": "sealed", "back": "/recall"})
    assert data(lea)["keeps"] is True


def test_an_installation_can_keep_nothing_anywhere(lea, settings: LazySettings):
    settings.RIDEALONG_KEEP_NOTHING = True
    assert data(lea)["keeps"] is False
    assert "Keep nothing on this device" not in text(lea, "/recall")

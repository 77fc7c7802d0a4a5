"""What was said, on pages, the command line and the API: then, beside what came."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.contrib.auth import get_user_model

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views.said import judging
from tests.faces.cli.test_reading import run
from tests.faces.web.browsing import signed_in
from tests.record.telling import on
from tests.views.said import world
from tests.views.said.world import LAST, MORNINGS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def then():
    judging.forget()
    with time_machine.travel(on(LAST), tick=True):
        yield


def accounts() -> dict[str, int]:
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key in ("ona", "ann", "ben"):
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=found[key]
        )
    return found


def test_what_was_said_stands_beside_what_came_for_whoever_may_see_it():
    world.live_through(MORNINGS[:2], count=60)
    people = accounts()
    day = on(MORNINGS[1]).date()
    ona, ann = signed_in(people["ona"]), signed_in(people["ann"])
    seen = ona.get(f"/forecast/said?at={day}").content.decode()
    assert "On the morning of Monday 23 February 2026" in seen
    assert ">The company<" in seen
    assert '<span class="state won">Won</span>' in seen
    assert "How near it was so far" in seen
    own = ann.get(f"/forecast/said?at={day}").content.decode()
    assert "Ben" not in own
    assert ">The company<" not in own
    early = ona.get(f"/forecast/said?at={on(20).date()}").content.decode()
    assert "Nothing was said yet: odds are kept since" in early
    shape = ann.get(f"/api/said?at={day}").json()
    assert {each["id"] for each in shape["deals"]} < {f"d{n}" for n in range(60)}
    assert shape["insights"] == []
    printed = json.loads(run("said", "--at", str(day), "--format", "json").output)
    assert printed["count"] > shape["count"]
    assert printed["accuracy"]["mornings"] == 2
    table = run("said", "--at", str(day)).output
    assert "Odds to be won, as said at 2026-02-23" in table
    assert "2026-W09, the company" in table
    _one_deal(ann, next(each for each in shape["deals"] if each["p_won"])["id"], people)


def _one_deal(ann, key: str, people: dict[str, int]) -> None:
    page = ann.get(f"/deals/{key}").content.decode()
    assert "What Ridealong said" in page
    assert "Odds to be won within 90 days as they were said since" in page
    course = ann.get(f"/api/said?deal={key}").json()
    assert course["said"][0]["p_won"].keys() >= {"7d", "90d", "ever"}
    assert signed_in(people["ben"]).get(f"/api/said?deal={key}").status_code == 404
    assert ann.get("/api/said?page=0").status_code == 400
    printed = run("said", "--deal", key).output
    assert "Said at" in printed
    assert run("said", "--deal", "none").exit_code != 0


def test_before_anything_was_said_pages_say_when_it_begins():
    world.begin(20)
    people = accounts()
    ona = signed_in(people["ona"])
    page = ona.get("/forecast/said").content.decode()
    assert "No odds were said so far. They are said, and kept, each morning" in page
    assert "There is nothing to judge yet" in page
    key = pipeline.open(people["ona"]).deals_called("d1")[0].key
    assert "Odds are said each morning, once" in ona.get(f"/deals/{key}").content.decode()
    assert "No odds were said in the week before" in run("said").output

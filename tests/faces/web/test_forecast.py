"""The forecast page: the range, the number called beside it, and what is not for everybody."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.contrib.auth import get_user_model

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views.forecasting import fitting
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text
from tests.record.telling import member, on, stages, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(on(80), tick=True):
        yield


@pytest.fixture
def people() -> dict[str, int]:
    tell(stages(**world.STAGES))
    tell([member("ona", role="owner"), member("adm", role="admin")])
    tell(member(key, "ona") for key in ("ann", "ben"))
    tell(world.facts(90))
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key, number in found.items():
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=number
        )
    return found


def test_without_a_fit_the_page_says_the_next_thing(people):
    page = text(signed_in(people["ona"]), "/forecast")
    assert "No range yet" in page
    assert fitting.NOT_YET in page


def test_a_range_stands_beside_the_number_called(people):
    fitting.refit()
    ona = signed_in(people["ona"])
    page = text(ona, "/forecast?period=quarter")
    assert "Likely to land at" in page
    assert page.count('class="lands"') == 3
    said = {"period": "2026-Q1", "amount": "90k", "back": "/forecast?period=quarter"}
    answer = ona.post("/brief/call", said)
    assert answer.headers["Location"] == "/forecast?period=quarter"
    page = text(ona, "/forecast?period=quarter")
    assert "called €90,000" in page
    assert 'class="called"' in page
    own = text(signed_in(people["ann"]), "/forecast")
    assert ">Ben<" not in own
    assert own.count('class="lands"') == 1
    assert signed_in(people["adm"]).get("/forecast").status_code == 404


def test_a_number_below_what_is_won_already_is_kept_and_said_to_be_so(people):
    ona = signed_in(people["ona"])

    def said(period: str, amount: str) -> str:
        form = {"period": period, "amount": amount, "back": "/forecast"}
        return text(ona, ona.post("/brief/call", form).headers["Location"])

    assert re.search(
        r"You call €1 for Q1 2026. That is less than the €\d+,\d+ won", said("2026-Q1", "1")
    )
    assert "won already" not in said("2026-Q1", "900k")
    assert "won already" not in said("2026-Q2", "1")


def test_the_api_serves_the_same(people):
    fitting.refit()
    ona = signed_in(people["ona"])
    shape = ona.get("/api/forecast?horizon=month").json()
    assert set(shape["total"]) == {"p10", "p50", "p90"}
    assert [line["name"] for line in shape["rollup"]["lines"]][1:] == ["Ann", "Ben"]
    moved = shape["waterfall"]
    change = moved["after"] - moved["before"]
    assert sum(part["amount"] for part in moved["parts"]) == pytest.approx(change, abs=0.05)
    assert ona.get("/api/forecast?horizon=7d").json()["waterfall"] is None
    assert ona.get("/api/forecast?horizon=soon").status_code == 400

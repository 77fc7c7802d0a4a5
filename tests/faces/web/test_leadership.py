"""Leadership on pages, the command line and the API: for owners and leaders."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.contrib.auth import get_user_model

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.faces.cli.test_reading import run
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import text
from tests.views.leadership.company import Habits, moment, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, int]:
    far = Habits(talk=0.1, eve=0.95, guide=0.0, soon=0.1)
    near = Habits(talk=0.95, eve=0.1, collect=0.0)
    told({"lea": (near, near), "max": (far, far)}, 5)
    found = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    for key in ("ona", "lea", "max", "lea0"):
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=found[key]
        )
    return found


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(moment(), tick=True):
        yield


def test_the_owner_sees_all_a_leader_themself_and_salespeople_nothing(people):
    ona, lea, sam = (signed_in(people[key]) for key in ("ona", "lea", "lea0"))
    page = text(ona, "/leadership")
    assert page.index(">Lea</a>") < page.index(">Max</a>")
    assert "In what they surely differ" in page
    assert "with Lea" in page
    own = f"/leadership/{people['lea']}"
    answer = lea.get("/leadership")
    assert (answer.status_code, answer.headers["Location"]) == (302, own)
    # The same page to both, but for who is signed in.
    mains = [text(who, own).split("<main")[1].split("</main>")[0] for who in (ona, lea)]
    assert mains[0] == mains[1]
    assert "in the 24 hours before Fridays at 8, taken to be the call" in mains[0]
    theirs = text(ona, f"/leadership/{people['max']}")
    assert "▲ To mend:" in theirs
    assert "Max gave no guidance in twelve weeks" not in theirs, "hardly anybody was spoken with"
    assert lea.get(f"/leadership/{people['max']}").status_code == 404
    for address in ("/leadership", own, f"{own}/reach"):
        assert sam.get(address).status_code == 404
    assert "/leadership" not in text(sam, "/palette?q=leader")
    assert 'href="/leadership"' in text(ona, "/palette?q=leader")


def test_each_figure_opens_to_what_it_counts(people):
    ona = signed_in(people["ona"])
    own = f"/leadership/{people['max']}"
    page = text(ona, own)
    shape = json.loads(run("leadership", "--format", "json").output)
    figures = next(e for e in shape["leaders"] if e["name"] == "Max")["figures"]
    for name, figure in figures.items():
        assert f'href="{own}/{name}"' in page
        listed = text(ona, f"{own}/{name}?all=1")
        assert listed.count("<tr data-row>") == len(figure["evidence"])
        # Why there is nothing to say stands wherever nothing is said.
        assert (figure["now"] is None) == bool(figure["lacking"])
    assert ona.get(f"{own}/nothing").status_code == 404
    early = text(ona, f"{own}?at=2026-01-06")
    assert "There is too little to say yet" in early


def test_the_command_and_the_api_say_the_same(people):
    printed = run("leadership").output
    assert "Weeks with a talk" in printed
    assert "Max" in printed
    lea = signed_in(people["lea"])
    served = lea.get("/api/leadership").json()
    assert [each["name"] for each in served["leaders"]] == ["Lea"]
    assert signed_in(people["lea0"]).get("/api/leadership").json()["leaders"] == []

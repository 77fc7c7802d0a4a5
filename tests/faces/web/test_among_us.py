"""A meeting of colleagues on a deal: no contact with its buyer, its words for those in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from ridealong.credentials import keys
from ridealong.faces.cli.main import cli
from ridealong.record import pipeline
from ridealong.record.criteria import Criteria
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.base.playbook import default_playbook
from ridealong.sources.placing import placing
from ridealong.views import inspection, signals
from ridealong.views.coaching.playbook import playbook
from tests.faces.web.browsing import signed_in
from tests.record.telling import activity, member, on, tell
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
SAID = "Sign on 1 April 2026 or we lose it; the price is too high and Sam is out of his depth."
MARK = "out of his depth"
KINDS = ("meeting", "phone_call", "one_on_one")
PAGES = (
    "/today",
    "/deals/A1",
    "/deals/A1/signals",
    "/brief",
    "/brief.md",
    "/call",
    "/recall",
    "/confirm",
    "/signals",
    "/sources",
    "/ride-alongs",
    "/palette?q=depth",
    "/pipeline?text=depth",
)


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(on(40), tick=False):
        yield


@pytest.fixture
def numbers(settings) -> dict[str, int]:
    """Sam's deal, on which Lea and Ona met in three ways, and will meet again.

    A calendar names who took part; a CRM only says that nobody else did.
    """
    settings.SECURE_SSL_REDIRECT = False
    ours = [
        {"email": f"{key}@seller.example", "name": key, "answer": "accepted", "ours": True}
        for key in ("lea", "ona")
    ]
    met: dict[str, Any] = {
        "deal": "A1",
        "member": "lea",
        "members": ["lea", "ona"],
        "text": SAID,
    }
    told(
        *(
            Fact("criterion", key, on(-30), said, f"start:{key}")
            for key, said in default_playbook(("Qualify", "Propose", "Negotiate"))
        ),
        started("A1", name="Harbour rollout", company="Brandt Maritime"),
        member("ona", role="owner"),
        member("lea", "ona", role="leader"),
        *(
            activity(f"{kind}-{day}", day, kind=kind, title="About Harbour", **said, **met)
            for kind in KINDS
            for day, said in ((38, {"people": ours}), (39, {"among_us": True}))
        ),
        activity(
            "ahead", 44, known=30, kind="meeting", title="About Harbour", among_us=True, **met
        ),
    )
    placing.place_due()
    found = {each.key: each.id for each in pipeline.open(EVERYTHING).members()}
    for key, number in found.items():
        get_user_model()._default_manager.create_user(
            email=f"{key}@seller.example", password="a long enough one", member_id=number
        )
    return found


def texts(client: Client) -> str:
    """Return all that somebody reads on the pages."""
    return "\n".join(client.get(page).content.decode() for page in PAGES)


def test_its_words_are_for_those_who_took_part_on_every_face(numbers):
    assert "About Harbour" in texts(signed_in(numbers["sam"])), "that they met is told"
    assert MARK not in texts(signed_in(numbers["sam"]))
    for talk in ("meeting-38", "meeting-39", "phone_call-38", "one_on_one-39"):
        assert MARK in signed_in(numbers["ona"]).get(f"/talks/{talk}").content.decode()
        assert MARK not in signed_in(numbers["sam"]).get(f"/talks/{talk}").content.decode()
    for who in ("lea", "ona"):
        assert MARK in signed_in(numbers[who]).get("/deals/A1").content.decode()
    key = keys.make(numbers["sam"], "test")
    for address in ("deals/A1", "brief", "conversations", "pipeline"):
        asked = Client().get(f"/api/{address}", headers={"authorization": f"Bearer {key}"})
        assert asked.status_code == 200
        assert MARK not in asked.content.decode()
    for arguments in (["deal", "A1"], ["deal", "A1", "--as", "sam@seller.example"]):
        printed = CliRunner().invoke(cli, [*arguments, "--format", "json"], prog_name="ridealong")
        assert json.loads(printed.output)["deal"]["name"] == "Harbour rollout"
        assert MARK not in printed.output


def test_it_is_no_contact_with_the_buyer_and_shows_nothing_of_them(numbers):
    pipe = pipeline.open(numbers["sam"])
    deal = pipe.deal("A1")
    touch = pipe.touches([deal.id])[deal.id]
    assert (touch.last_contact, touch.next_activity) == (None, None)
    story = inspection.story(pipe, "A1")
    assert any("No contact on record" in line for line in story.lines)
    assert any(words.startswith("No next step") for words in story.missing)
    assert pipe.open_deals(Criteria(no_next_step=True, quiet_since=on(20)))
    assert pipe.questions() == []
    assert pipe.leading.meetings_ahead(on(60)) == []
    assert not any(talk.with_buyer for talk in pipeline.open(numbers["ona"]).leading.talks())
    criteria = [each for part in playbook(pipe, deal).stages for each in part.criteria]
    assert criteria
    assert not any(each.evidence.activity for each in criteria)


def test_signals_and_odds_see_what_they_would_without_it(numbers):
    def seen() -> tuple[object, ...]:
        pipe = pipeline.open(EVERYTHING)
        deals = pipe.open_deals(Criteria())
        verdict = next(iter(signals.judge(pipe, deals, signals.learn(pipe))))
        block = next(pipe.courses.blocks([deals[0].id], 10))
        return dict(verdict.found), block.activities

    with_them = seen()
    tell(
        activity(f"{kind}-{day}", day, known=40, deleted=True) for kind in KINDS for day in (38, 39)
    )
    tell([activity("ahead", 44, known=40, deleted=True)])
    assert with_them == seen()


def test_a_meeting_with_somebody_from_outside_is_contact_and_readable(numbers):
    theirs = [{"email": "ida@brandt.example", "name": "Ida", "answer": "accepted"}]
    met: dict[str, Any] = {"deal": "A1", "member": "lea", "members": ["lea", "ona"]}
    met["text"] = "We will sign."
    tell([activity("site", 39.5, kind="meeting", title="Site visit", people=theirs, **met)])
    pipe = pipeline.open(numbers["sam"])
    deal = pipe.deal("A1")
    assert pipe.touches([deal.id])[deal.id].last_contact == on(39.5)
    assert "We will sign." in signed_in(numbers["sam"]).get("/deals/A1").content.decode()

"""The pages around sources: who sees and does what, and what a form's mistake says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ridealong.connections import making, reporting
from ridealong.connections.models import Connection, LeftOut, WriteBack
from ridealong.connections.syncing import carry_out
from ridealong.connections.writing import carry_out as write_out
from ridealong.jobs.carrying import carry
from ridealong.jobs.models import Run
from ridealong.lib.again import Refused
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.models import Activity
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.ranks import SourceName
from ridealong.sources import placing
from ridealong.sources.base.connector import Access, Differs, Edit, Setting
from ridealong.sources.base.registry import connectors
from tests.connections.fake import Fake, mail
from tests.faces.web.browsing import signed_in
from tests.record.telling import on, tell

pytestmark = pytest.mark.django_db
GIVEN = {"host": "mail.example", "password": "s3cret-word", "name": "box"}
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Eva Brandt>Shall we sign the rollout?</v>\n"


@pytest.fixture
def fake(monkeypatch):
    made = Fake()
    monkeypatch.setitem(connectors(), "fake", made)
    return made


class Crm(Fake):
    """A CRM that can be written to, and has a mind of its own."""

    writes = frozenset({"next_step", "close_date", "note"})

    def __init__(self) -> None:
        super().__init__("crm")
        self.written: list[Edit] = []
        self.answer: Exception | None = None

    def write(self, access: Access, edit: Edit, *, anyway: bool = False) -> None:
        """Take an edit, or refuse it."""
        if self.answer and not anyway:
            raise self.answer
        self.written.append(edit)


def test_a_source_is_connected_once_it_was_reached(numbers, fake):
    ona = signed_in(numbers["ona"])
    assert "Nothing is connected yet" in ona.get("/sources").content.decode()
    fake.fails = {0: Refused("Password: mail.example does not accept it.")}
    refused = ona.post("/sources/add/fake", GIVEN).content.decode()
    assert "mail.example does not accept it" in refused
    assert "s3cret-word" not in refused
    assert not Connection.objects.exists()
    fake.fails = {}
    assert ona.post("/sources/add/fake", GIVEN).headers["Location"] == "/sources"
    shown = ona.get("/sources").content.decode()
    assert "box" in shown
    assert (
        "s3cret-word"
        not in shown + ona.get(f"/sources/{Connection.objects.get().pk}").content.decode()
    )


def test_settings_are_mended_and_an_empty_secret_stays(numbers, fake):
    ona = signed_in(numbers["ona"])
    ona.post("/sources/add/fake", GIVEN)
    number = Connection.objects.get().pk
    ona.post(f"/sources/{number}", {"host": "other.example", "password": ""})
    kept = Connection.objects.get()
    assert (kept.settings["host"], kept.secrets) == ("other.example", {"password": "s3cret-word"})
    missing = ona.post(f"/sources/{number}", {"host": ""}).content.decode()
    assert "Host (host) is missing" in missing
    assert Connection.objects.get().settings["host"] == "other.example"


def test_a_salesperson_connects_and_stops_their_own_mailbox_only(numbers, fake, monkeypatch):
    monkeypatch.setitem(connectors(), "crm", Crm())
    ona, sam, sue = (signed_in(numbers[who]) for who in ("ona", "sam", "sue"))
    assert sam.get("/sources/add/crm").status_code == 404
    assert ona.get("/sources/add/crm").status_code == 200
    sam.post("/sources/add/fake", GIVEN)
    mine = Connection.objects.get()
    assert mine.owner == numbers["sam"]
    assert "box</a>" in sam.get("/sources").content.decode()
    assert "box</a>" not in sue.get("/sources").content.decode()
    assert sue.post(f"/sources/{mine.pk}/pause").status_code == 404
    sam.post(f"/sources/{mine.pk}/pause")
    assert Connection.objects.get().paused
    sam.post(f"/sources/{mine.pk}/disconnect", {"data": "take back"})
    assert not Connection.objects.exists()
    assert Run.objects.get(kind="withdraw").plan == {"source": "fake:box"}


def test_what_waits_is_placed_by_a_click_and_taken_back(numbers):
    eva = {"name": "Eva", "email": "eva@brandt.example"}
    tell([Fact("contact", "eva", on(0), eva, "eva")])
    tell([mail(1, "eva@brandt.example", "Hello", thread="t")], SourceName("m", "mail"))
    match = {"sure": 0.4, "why": ["two may be meant"], "candidates": [["A1", 0.4], ["C1", 0.3]]}
    tell([Fact("activity", "mail:1", on(1), {"match": match}, "p")], placing.placing.SOURCE)
    sam, sue = signed_in(numbers["sam"]), signed_in(numbers["sue"])
    shown = sam.get("/sources").content.decode()
    assert "two may be meant" in shown
    assert "Harbour rollout" in shown
    assert "Sensor line" not in shown, "a deal of Bo's is not for Sam to see"
    assert "two may be meant" not in sue.get("/sources").content.decode()
    assert sue.post("/sources/place", {"activity": "mail:1", "deal": "B1"}).status_code == 404
    sam.post("/sources/place", {"activity": "mail:1", "deal": "nothing like it"})
    assert Activity.objects.get(is_latest=True).deal_id is None
    sam.post("/sources/place", {"activity": "mail:1", "deal": "A1"})
    assert Activity.objects.get(is_latest=True).deal_id == pipeline.open(EVERYTHING).deal("A1").id
    assert "Placed at" in sam.get("/sources").content.decode()
    sam.post("/sources/place/undo", {"activity": "mail:1"})
    assert "two may be meant" in sam.get("/sources").content.decode()


def test_a_transcript_handed_in_is_taken_in_and_a_broken_one_is_named(numbers):
    sam = signed_in(numbers["sam"])
    files = [SimpleUploadedFile("call.vtt", VTT), SimpleUploadedFile("odd.json", b"{nope")]
    answer = sam.post("/sources/transcripts", {"files": files}, follow=True).content.decode()
    assert "1 transcript is in" in answer
    assert "odd.json" in answer
    assert Activity.objects.get(is_latest=True).kind == "phone_call"


@pytest.fixture
def crm(monkeypatch, numbers):
    made = Crm()
    monkeypatch.setitem(connectors(), "crm", made)
    connection = making.new("crm", "main", {"host": "x", "password": "y"})
    connection.writes_back = True
    making.keep(connection)
    made.facts = [Fact("deal", "A1", on(2), {"next_step": "Call Eva"}, "a1")]
    carry_out(Run(plan={"connection": connection.pk}), lambda _: None)
    return made


def written(crm: Crm) -> WriteBack:
    write_out(Run(plan={"connection": Connection.objects.get().pk}), lambda _: None)
    return WriteBack.objects.latest("id")


def test_what_a_person_changes_is_kept_and_goes_back(numbers, crm):
    sam = signed_in(numbers["sam"])
    form = {
        "next_step": "Send the contract",
        "close_date": "",
        "stage": "Qualify",
        "note": "Eva is keen",
    }
    sam.post("/deals/A1/change", form)
    deal = pipeline.open(EVERYTHING).deal("A1")
    assert deal.next_step == "Send the contract"
    assert Activity.objects.get(is_latest=True, kind="note").text == "Eva is keen"
    assert written(crm).state == "written"
    assert Edit("A1", "next_step", "Send the contract", "Call Eva") in crm.written
    assert "main has it" in sam.get("/deals/A1").content.decode()
    assert signed_in(numbers["bo"]).post("/deals/A1/change", form).status_code == 404


def test_the_crm_has_another_value_by_now_and_one_is_chosen(numbers, crm):
    sam = signed_in(numbers["sam"])
    crm.answer = Differs("Meet Tom")
    sam.post("/deals/A1/change", {"next_step": "Send the contract", "stage": "Qualify"})
    row = written(crm)
    assert row.state == "differs"
    shown = sam.get("/deals/A1").content.decode()
    assert "Meet Tom" in shown
    assert "Write ours" in shown
    sam.post(f"/deals/A1/settle/{row.pk}", {"whose": "ours"})
    assert written(crm).state == "written"
    sam.post("/deals/A1/change", {"next_step": "Sign", "stage": "Qualify"})
    row = written(crm)
    sam.post(f"/deals/A1/settle/{row.pk}", {"whose": "theirs"})
    assert pipeline.open(EVERYTHING).deal("A1").next_step == "Meet Tom"


def test_the_crm_refuses_in_its_own_words(numbers, crm):
    sam = signed_in(numbers["sam"])
    crm.answer = Refused("Next step is locked by a rule.")
    sam.post("/deals/A1/change", {"next_step": "Send it", "stage": "Qualify"})
    assert written(crm).state == "refused"
    assert "locked by a rule" in sam.get("/deals/A1").content.decode()


def test_switched_off_nothing_goes_back(numbers, crm):
    number = Connection.objects.get().pk
    signed_in(numbers["ona"]).post(f"/sources/{number}/write")
    signed_in(numbers["sam"]).post("/deals/A1/change", {"next_step": "x", "stage": "Qualify"})
    assert not WriteBack.objects.exists()


def asked() -> int:
    """Let a mail suggest another close date for Sam's deal."""
    said = {
        "deal": "A1",
        "activity": "mail:1",
        "field": "close_date",
        "value": {"value": "2027-03-31"},
        "sentence": "We can only sign at the end of March.",
        "asks": "Signature moves to 31 March 2027: right?",
        "sure": 0.9,
    }
    tell([Fact("question", "q", on(3), said, "q")], SourceName("suggesting", "ridealong"))
    return pipeline.open(pipeline.member_with_email("sam@seller.example").id).questions()[0].id


def test_a_suggestion_is_asked_of_the_deals_salesperson_only_and_changes_nothing(numbers):
    number = asked()
    sam, lea = signed_in(numbers["sam"]), signed_in(numbers["lea"])
    before = pipeline.open(EVERYTHING).deal("A1").close_date
    assert "end of March" in sam.get("/confirm").content.decode()
    assert "end of March" in sam.get("/deals/A1").content.decode()
    assert "end of March" not in lea.get("/deals/A1").content.decode()
    assert lea.post(f"/confirm/{number}", {"answer": "yes"}).status_code == 404
    assert pipeline.open(EVERYTHING).deal("A1").close_date == before
    sam.post(f"/confirm/{number}", {"answer": "yes"})
    assert str(pipeline.open(EVERYTHING).deal("A1").close_date) == "2027-03-31"
    assert "end of March" not in sam.get("/confirm").content.decode()


def test_no_is_an_answer_and_can_be_taken_back(numbers):
    number, sam = asked(), signed_in(numbers["sam"])
    sam.post(f"/confirm/{number}", {"answer": "no"})
    shown = sam.get("/confirm").content.decode()
    assert "Nothing to confirm" in shown
    assert "Undo" in shown
    sam.post(f"/confirm/{number}", {"answer": "again"})
    assert "end of March" in sam.get("/confirm").content.decode()


def test_a_mailbox_that_an_admin_connects_is_its_owners_to_see_and_stop(numbers, fake):
    adi, sam, sue = (signed_in(numbers[who]) for who in ("adi", "sam", "sue"))
    fake.settings = (*fake.settings, Setting("login", "Login", required=False))
    adi.post("/sources/add/fake", {**GIVEN, "name": "a", "login": "Sam@seller.example"})
    adi.post("/sources/add/fake", {**GIVEN, "name": "b", "owner": str(numbers["sue"])})
    adi.post("/sources/add/fake", {**GIVEN, "name": "c", "login": "team"})
    owners = dict(Connection.objects.values_list("name", "owner"))
    assert owners == {"a": numbers["sam"], "b": numbers["sue"], "c": None}
    assert ">a</a>" in sam.get("/sources").content.decode()
    assert ">b</a>" not in sam.get("/sources").content.decode()
    mine = Connection.objects.get(name="a").pk
    assert sue.post(f"/sources/{mine}/disconnect").status_code == 404
    sam.post(f"/sources/{mine}/pause")
    assert Connection.objects.get(name="a").paused
    sam.post(f"/sources/{mine}/disconnect", {"data": "keep"})
    assert not Connection.objects.filter(name="a").exists()


def test_what_was_left_out_of_somebodys_mailbox_is_named_to_them_alone(numbers, fake):
    sam, ona = signed_in(numbers["sam"]), signed_in(numbers["ona"])
    sam.post("/sources/add/fake", GIVEN)
    mine = Connection.objects.get()
    LeftOut.objects.create(connection=mine, what="My salary", why="It could not be delivered.")
    address = f"/sources/{mine.pk}"
    assert "My salary" in sam.get(address).content.decode()
    shown = ona.get(address).content.decode()
    assert "My salary" not in shown
    assert "It could not be delivered." in shown


def test_what_did_not_get_through_says_what_happens_next(numbers, fake):
    ona = signed_in(numbers["ona"])
    ona.post("/sources/add/fake", GIVEN)
    fake.facts = [mail(1, "eva@brandt.example", "Hello")]
    fake.fails = {1: RuntimeError("odd")}
    run = Run.objects.get()
    carry.func(run.pk)
    assert reporting.health(Connection.objects.get()).state == "failed"
    shown = ona.get("/sources").content.decode()
    assert "RuntimeError: odd" in shown
    assert "The next try is" in shown
    assert (
        "RuntimeError: odd" in ona.get(f"/sources/{Connection.objects.get().pk}").content.decode()
    )


def test_that_placing_fails_is_said_to_who_can_mend_it(numbers):
    Run.objects.create(kind="place", subject="placing", state="failed", error="KeyError: 'x'")
    assert "not being tied to deals" in signed_in(numbers["adi"]).get("/sources").content.decode()
    assert "KeyError" not in signed_in(numbers["sam"]).get("/sources").content.decode()


def test_a_deals_page_shows_what_a_talk_was_and_who_was_invited(numbers):
    sam = signed_in(numbers["sam"])
    invited = [
        {"email": "eva@brandt.example", "name": "Eva <b>Brandt</b>", "answer": "declined"},
        {"email": "sam@seller.example", "name": "Sam", "answer": "accepted"},
    ]
    spoke = {"email": "", "answer": "", "questions": 2, "seconds": 60.0}
    talked = [
        {**spoke, "name": "Sam", "ours": True, "share": 0.75},
        {**spoke, "name": "Eva", "ours": False, "share": 0.25, "questions": 1},
    ]
    common = {"deal": "A1", "member": "sam", "title": "Talk"}
    said: dict[str, dict[str, Any]] = {
        "met": {"kind": "meeting", "people": invited, "minutes": 45.0},
        "call": {"kind": "phone_call", "people": talked, "text": "<script>alert(1)</script>"},
        "mail": {"kind": "email", "direction": "in", "attachments": ["42.zip", "offer.pdf"]},
    }
    tell([Fact("activity", key, on(3), {**common, **each}, key) for key, each in said.items()])
    shown = sam.get("/deals/A1").content.decode()
    assert "Eva &lt;b&gt;Brandt&lt;/b&gt; (declined)" in shown
    assert "45 min" in shown
    assert "We talked 75% of the time and asked 2 questions; the buyer 25% and 1." in shown
    assert "42.zip, offer.pdf" in shown
    assert "<script>alert" not in shown

"""Pages by address: who is led where, what they show, and what they refuse."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ridealong.credentials import claiming
from ridealong.jobs.models import Run
from ridealong.record import directory, pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources import people
from ridealong.views import briefing
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import employ
from tests.record.telling import deal, tell

pytestmark = pytest.mark.django_db


def test_before_the_set_up_every_page_leads_to_it_and_after_it_to_sign_in(client):
    assert client.get("/pipeline").headers["Location"] == "/setup"
    answers = {
        "company": "Acme",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "name": "Ona",
        "email": "ona@acme.example",
        "password": "short",
    }
    assert "too short" in client.post("/setup", answers).content.decode()
    answers["password"] = "correct horse battery"
    assert "not the code" in client.post("/setup", {**answers, "code": "guessed"}).content.decode()
    assert not directory.members()
    answers["code"] = claiming.code()
    assert client.post("/setup", answers).headers["Location"] == "/import"
    assert client.get("/brief").status_code == 200
    assert client.get("/setup").headers["Location"] == "/"
    client.post("/sign-out")
    assert client.get("/brief").headers["Location"] == "/sign-in?next=/brief"
    signed = client.post("/sign-in", {"login": "ona@acme.example", "password": answers["password"]})
    assert signed.headers["Location"] == "/"


def test_a_salesperson_cannot_open_anothers_deal_by_any_address(numbers):
    sam = signed_in(numbers["sam"])
    assert sam.get("/deals/A1").status_code == 200
    other = pipeline.open(EVERYTHING).deal("C1").id
    for address in ("/deals/C1", f"/deals/{other}", f"/deals/{other}?at=2026-01-20"):
        answer = sam.get(address)
        assert answer.status_code == 404
        assert "Sensor" not in answer.content.decode()
    assert "Sensor" not in sam.get("/palette?q=sensor").content.decode()
    assert "Sensor" not in sam.get("/pipeline").content.decode()


def test_the_pipelines_figures_lead_to_their_deals(numbers):
    ona = signed_in(numbers["ona"])
    page = ona.get("/pipeline?at=2026-01-25&since=2026-01-15&by=salesperson").content.decode()
    assert "€2,000" in page
    won = re.search(r'href="(\?[^"]*changed=won[^"]*)"', page)
    assert won is not None
    narrowed = ona.get("/pipeline" + won[1].replace("&amp;", "&")).content.decode()
    assert "Won and lost since" in page, "closed deals are shown, apart from the open ones"
    assert "Pump audit" in narrowed
    assert "Harbour rollout" not in narrowed


@pytest.mark.parametrize(
    "query",
    [
        "at=someday",
        "closes=never",
        "sort=mood",
        "page=99",
        "salesperson=x",
        "changed=zzz",
        "signal=zz",
    ],
)
def test_an_address_that_makes_no_sense_still_shows_a_page(numbers, query):
    answer = signed_in(numbers["ona"]).get(f"/pipeline?{query}")
    assert answer.status_code == 200
    if query != "page=99":
        assert "Shown is everything, now." in answer.content.decode()


def test_a_deals_text_is_never_markup(numbers):
    tell([deal("A1", 13, known=13, name="<script>alert(1)</script>", next_step="<b>x</b>")])
    for address in ("/deals/A1", "/pipeline", "/brief", "/palette?q=script"):
        page = signed_in(numbers["sam"]).get(address)
        assert "<script>alert" not in page.content.decode()
        assert "<b>x</b>" not in page.content.decode()
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_brief_is_kept_and_stays_as_it_was(numbers):
    sam = signed_in(numbers["sam"])
    kept = sam.post("/brief/keep").headers["Location"]
    tell([deal("A1", 14, amount="777777")])
    assert "€1,000" in sam.get(kept).content.decode()
    assert "€777,777" in sam.get("/brief").content.decode()
    figure = re.search(r'class="figure main" href="([^"]+)"', sam.get(kept).content.decode())
    assert figure is not None
    then = sam.get(figure[1].replace("&amp;", "&")).content.decode()
    assert "€1,000" in then, "its figures lead to the deals as they were then"
    assert "€777,777" not in then
    assert "(the last brief kept)" in sam.get("/brief").content.decode()
    assert signed_in(numbers["sue"]).get(kept).status_code == 404
    assert len(briefing.kept(pipeline.open(numbers["sam"]))) == 1


def test_members_are_changed_by_who_may_and_rings_are_not_offered(numbers):
    ona = signed_in(numbers["ona"])
    page = ona.get(f"/members?edit={numbers['lea']}").content.decode()
    assert '<option value="sam"' not in page, "somebody below cannot be the leader"
    said = {"name": "Lea Long", "email": "lea@seller.example", "role": "leader", "active": "on"}
    ona.post(f"/members/{numbers['lea']}", {**said, "leader": "ona"})
    changed = next(m for m in directory.members() if m.id == numbers["lea"])
    assert (changed.name, changed.role, changed.reports_to) == (
        "Lea Long",
        "leader",
        numbers["ona"],
    )
    sam = signed_in(numbers["sam"])
    assert sam.post("/members/add", said).status_code == 403
    assert sam.get("/company").status_code == 403
    assert sam.get("/import").status_code == 403


def test_an_invitation_makes_an_account_once(numbers):
    ona = signed_in(numbers["ona"])
    ona.post(
        "/members/add", {"name": "New One", "email": "new@seller.example", "role": "salesperson"}
    )
    new = next(m for m in directory.members() if m.email == "new@seller.example")
    ona.post(f"/members/{new.id}/invite")
    link = re.search(
        r'value="http://localhost(/invitation/[^"]+)"', ona.get("/members").content.decode()
    )
    assert link is not None
    fresh = Client(headers={"host": "localhost"})
    assert fresh.post(link[1], {"password": "correct horse battery"}).headers["Location"] == "/"
    assert fresh.get("/pipeline").status_code == 200
    assert Client(headers={"host": "localhost"}).get(link[1]).status_code == 404


def test_a_rate_is_set_and_a_senseless_one_refused(numbers):
    tell([deal("D1", 5, known=5, amount="100", currency="USD", status="open")])
    ona = signed_in(numbers["ona"])
    assert "no rate: not counted" in ona.get("/company").content.decode()
    ona.post("/company/rate", {"currency": "USD", "per_unit": "x"})
    assert directory.rates() == {}
    ona.post("/company/rate", {"currency": "USD", "per_unit": "0.9"})
    assert str(directory.rates()["USD"].normalize()) == "0.9"


def test_who_configures_sees_no_deal_by_virtue_of_it(numbers):
    adi = signed_in(numbers["adi"])
    assert "Harbour" not in adi.get("/pipeline").content.decode()
    assert adi.get("/deals/A1").status_code == 404
    assert adi.get("/import").status_code == 200


def test_one_click_sign_in_is_for_simulated_companies_only(numbers, client):
    assert client.get("/demo").status_code == 404
    assert client.post("/demo/sign-in", {"member": numbers["ona"]}).status_code == 404
    people.say("organisation", "self", {"simulated": True})
    assert "made up" in client.get("/demo").content.decode()
    client.post("/demo/sign-in", {"member": numbers["lea"]})
    assert client.get("/brief").status_code == 200


def test_files_without_a_known_kind_wait_for_a_correction(numbers):
    ona = signed_in(numbers["ona"])
    upload = SimpleUploadedFile("odd.csv", b"Ref,What,Worth\nZ1,Deal Z,12\n")
    page = ona.post("/import", {"files": [upload]}).headers["Location"]
    assert "not clear what this file holds" in ona.get(page).content.decode()
    ona.post(page, {"kind-0": "deals"})
    answers = {"column-0-0": "id", "column-0-1": "name", "column-0-2": "amount", "kind-0": "deals"}
    ona.post(page, answers)
    shown = ona.get(page).content.decode()
    assert "all 1 rows can be read" in shown
    assert Run.objects.get().state == "planned"


def test_a_mapping_given_with_the_files_says_how_they_are_read(numbers):
    ona = signed_in(numbers["ona"])
    mapping = b"""[[file]]
match = "odd.csv"
kind = "deals"
columns = { id = "Ref", name = "What", amount = "Worth" }
"""

    def given(mapping: bytes) -> str:
        sent = {
            "files": [
                SimpleUploadedFile("odd.csv", b"Ref,What,Worth\nZ1,Deal Z,12\n"),
                SimpleUploadedFile("mapping.toml", mapping),
            ]
        }
        return ona.post("/import", sent).headers["Location"]

    shown = ona.get(given(mapping)).content.decode()
    assert "all 1 rows can be read" in shown
    assert "the mapping" in shown
    refused = ona.get(given(b"[[file]]\nmatch = '*'\nkind = 'dealz'")).content.decode()
    assert "mapping.toml" in refused
    assert Run.objects.count() == 1


def test_who_was_made_to_leave_by_mistake_is_back_with_one_click(numbers):
    ona = signed_in(numbers["ona"])
    said = {"name": "Sam", "email": "sam@seller.example", "role": "salesperson", "leader": "lea"}
    shown = ona.post(f"/members/{numbers['sam']}", said, follow=True).content.decode()
    assert "Undo" in shown
    assert signed_in(numbers["sam"]).get("/brief").status_code == 403
    ona.post(f"/members/{numbers['sam']}/restore")
    assert signed_in(numbers["sam"]).get("/brief").status_code == 200
    assert "Undo" not in ona.get("/members").content.decode()


def test_the_bar_leads_each_role_to_its_screens_and_says_where_one_is(numbers):
    employ("lea", "ona", "leader")
    for key in ("ona", "lea", "sam", "adi"):
        client = signed_in(numbers[key])
        page = client.get("/members").content.decode()
        bar = page[page.index('<nav aria-label="Main">') : page.index("</nav>")]
        links = re.findall(r'href="([^"]+)"', bar)
        for link in set(links):
            assert client.get(link).status_code in {200, 302}, f"{key}: {link}"
        here = re.findall(r'href="([^"]+)" aria-current="page"', bar)
        assert set(here) == {"/members"}
        assert ("/company" in links) == (key in {"ona", "adi"})
        assert ("/call" in links) == (key in {"ona", "lea"})

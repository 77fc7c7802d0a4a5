"""The brief on its page: edited in place, numbers called, promises kept, and given by a link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from ridealong.credentials.models import BriefLink
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import briefing
from tests.faces.web.browsing import signed_in
from tests.record.telling import deal, member, tell
from tests.views.test_inspection import started

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea(numbers: dict[str, int]) -> Client:
    """A leader's browser; three deals of her people are past their day."""
    tell(
        [
            member("lea", role="leader"),
            started("A2", name="Crane refit", amount="3000"),
            started("A3", name="Dock gates", amount="2000"),
        ]
    )
    return signed_in(numbers["lea"])


def deal_id(key: str) -> int:
    return pipeline.open(EVERYTHING).deal(key).id


def told(browser: Client) -> list[str]:
    """The deals told on the brief, in their order."""
    page = browser.get("/brief").content.decode()
    return re.findall(r'class="what"><a [^>]*><bdi>([^<]*)', page)


def undo(browser: Client) -> None:
    page = browser.get("/brief").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    assert browser.post("/undo", {"token": token[1], "back": "/brief"}).status_code == 302


def edit(browser: Client, key: str, doing: str, **more: str) -> int:
    address = f"/brief/deals/{deal_id(key)}"
    return browser.post(address, {"doing": doing, **more}).status_code


def test_a_deal_is_moved_and_moved_back_by_undo(lea):
    assert told(lea) == ["Crane refit", "Dock gates", "Harbour rollout"]
    assert edit(lea, "A1", "up") == 302
    undo(lea)
    assert told(lea) == ["Crane refit", "Dock gates", "Harbour rollout"]
    edit(lea, "A1", "up")
    edit(lea, "A2", "down")
    assert told(lea) == ["Harbour rollout", "Crane refit", "Dock gates"]
    edit(lea, "A1", "up")
    assert told(lea) == ["Harbour rollout", "Crane refit", "Dock gates"]


def test_what_is_hidden_counts_and_can_be_brought_back(lea):
    edit(lea, "A2", "hide")
    page = lea.get("/brief").content.decode()
    assert "Crane refit is not listed; it still counts." in page
    assert "1 deal is not listed, and counts in every figure" in page
    assert "€6,000" in page
    assert told(lea) == ["Dock gates", "Harbour rollout"]
    edit(lea, "A2", "show")
    assert told(lea)[0] == "Crane refit"


def test_a_remark_and_a_wish_for_help_are_kept_and_frozen(lea, numbers):
    edit(lea, "A2", "remark", text="Waits for the crane")
    edit(lea, "A2", "help", text="Ring their owner")
    lea.post("/brief/keep")
    edit(lea, "A2", "remark", text="")
    assert "Waits for the crane" not in lea.get("/brief").content.decode()
    number = briefing.kept(pipeline.open(numbers["lea"]))[0].id
    kept = lea.get(f"/brief/kept/{number}").content.decode()
    assert "Waits for the crane" in kept
    assert "Help wanted from you" in kept
    assert "What we said then, and what came" in kept
    assert "Ring their owner" in signed_in(numbers["ona"]).get("/brief").content.decode()


def test_only_leaders_edit_and_only_deals_in_sight(lea, numbers):
    assert edit(signed_in(numbers["sam"]), "A1", "hide") == 404
    assert edit(lea, "C1", "hide") == 404
    assert edit(lea, "A1", "steal") == 404


def test_a_number_is_called_taken_back_and_refused(lea, numbers):
    month = clock.now().strftime("%Y-%m")
    lea.post("/brief/call", {"period": month, "amount": "450k"})
    page = lea.get("/brief").content.decode()
    assert "Lea calls" in page
    assert "€450,000" in page
    lea.post("/brief/call", {"period": month, "amount": ""})
    undo(lea)
    assert "Lea calls" in lea.get("/brief").content.decode()
    lea.post("/brief/call", {"period": month, "amount": ""})
    assert "Lea calls" not in lea.get("/brief").content.decode()
    lea.post("/brief/call", {"period": month, "amount": "lots"})
    assert "is no amount" in lea.get("/brief").content.decode()
    lea.post("/brief/call", {"period": "someday", "amount": "5"})
    assert "is no period" in lea.get("/brief").content.decode()
    sam = signed_in(numbers["sam"])
    answer = sam.post("/brief/call", {"period": month, "amount": "20k", "back": "/today"})
    assert answer.headers["Location"] == "/today"
    assert "€20,000" in sam.get("/today").content.decode()
    assert "€20,000" in sam.get(f"/people/{numbers['sam']}").content.decode()
    assert signed_in(numbers["adi"]).post("/brief/call", {"period": month}).status_code == 404


def test_a_promise_is_followed_up_by_whoever_made_it(lea, numbers):
    lea.post("/brief/promise", {"text": "Terms by Friday", "due": "friday"})
    assert "Terms by Friday" in lea.get("/brief").content.decode()
    key = pipeline.open(numbers["lea"]).calling.promises()[0].key
    assert (
        signed_in(numbers["ona"]).post("/brief/promise/settle", {"promise": key, "state": "kept"})
    ).status_code == 404
    lea.post("/brief/promise/settle", {"promise": key, "state": "kept"})
    assert pipeline.open(numbers["lea"]).calling.promises()[0].state == "kept"
    undo(lea)
    assert pipeline.open(numbers["lea"]).calling.promises()[0].state == "open"


def test_a_promise_names_its_deal_or_says_why_it_cannot(lea, numbers):
    offered = lea.get("/palette/deals?deal=harb").content.decode()
    assert '<option value="Harbour rollout">' in offered
    assert "Sensor" not in lea.get("/palette/deals?deal=sens").content.decode()
    said = {"text": "Terms", "deal": "harbour ROLLOUT", "back": "/call"}
    assert lea.post("/brief/promise", said).headers["Location"] == "/call#owed"
    lea.post("/brief/promise", {"text": "Prices", "deal": "sensor"})
    assert "is no deal that you may see" in lea.get("/brief").content.decode()
    [kept] = pipeline.open(numbers["lea"]).calling.promises()
    assert kept.deal_id == pipeline.open(numbers["lea"]).deal("A1").id
    assert "Harbour rollout" in lea.get("/call").content.decode().partition('id="owed"')[2]


def shared(lea: Client, number: int, days: str = "3") -> str:
    """Keep a brief, make a link to it, and return the link's address."""
    lea.post("/brief/keep")
    kept = briefing.kept(pipeline.open(number))[0].id
    lea.post(f"/brief/kept/{kept}/share", {"days": days, "name": "Carla"})
    page = lea.get(f"/brief/kept/{kept}").content.decode()
    found = re.search(r'readonly value="http://[^/]+(/shared/[^"]+)"', page)
    return found[1] if found else ""


def test_a_link_shows_a_kept_brief_and_nothing_else_until_it_ends(lea, numbers):
    address = shared(lea, numbers["lea"])
    tell([deal("A2", 12, known=12, name="Renamed since")])
    stranger = Client(headers={"host": "localhost"})
    answer = stranger.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Crane refit" in page
    assert "Renamed since" not in page
    assert "/deals/" not in page
    assert "/pipeline" not in page
    assert "<form" not in page
    assert "<script" not in page
    assert not answer.cookies
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert stranger.get(f"{address}.pdf").content.startswith(b"%PDF")
    assert stranger.post(address).status_code == 405
    assert stranger.get(f"{address[:-1]}x").status_code == 404
    link = BriefLink.objects.get()
    assert link.opened == 2
    BriefLink.objects.update(until=clock.now() - timedelta(seconds=1))
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}.pdf").status_code == 404


def test_a_link_is_revoked_by_who_made_it_at_once(lea, numbers):
    address = shared(lea, numbers["lea"])
    number = BriefLink.objects.get().pk
    assert signed_in(numbers["ona"]).post(f"/brief/links/{number}/revoke").status_code == 404
    assert Client(headers={"host": "localhost"}).get(address).status_code == 200
    lea.post(f"/brief/links/{number}/revoke")
    assert Client(headers={"host": "localhost"}).get(address).status_code == 404
    assert lea.post(f"/brief/links/{number}/revoke").status_code == 404


@pytest.mark.parametrize("days", ["0", "15", "x", ""])
def test_a_link_lives_from_one_to_fourteen_days(lea, numbers, days):
    assert shared(lea, numbers["lea"], days) == ""
    assert not BriefLink.objects.exists()


def test_a_link_ends_with_the_membership_of_who_made_it(lea, numbers):
    address = shared(lea, numbers["lea"])
    tell([member("lea", active=False, role="salesperson")])
    if any(m.key == "lea" and m.active for m in pipeline.open(EVERYTHING).members()):
        pytest.fail("Lea should have left.")
    assert Client(headers={"host": "localhost"}).get(address).status_code == 404


def test_the_brief_is_a_file_too(lea):
    answer = lea.get("/brief.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith('inline; filename="brief-')
    assert "## Hot deals" in lea.get("/brief.md").content.decode()

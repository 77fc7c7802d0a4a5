"""How one is told: settings, unsubscribing by link, the feed, webhooks, today's digest."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.telling import preferring
from ridealong.telling.models import Preference, Webhook
from tests.faces.web.browsing import signed_in
from tests.record.telling import on, tell
from tests.telling.company import cleared, raised

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SAID = {
    "digest": "on",
    "digest_at": "08:15",
    "days": ["0", "2"],
    "at_once": "on",
    "quiet_from": "19:00",
    "quiet_to": "06:30",
    "time_zone": "Asia/Tokyo",
}


def anybody() -> Client:
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def test_one_chooses_hour_days_quiet_hours_and_zone(numbers: dict[str, int]):
    browser = signed_in(numbers["sam"])
    assert b"07:30" in browser.get("/telling").content, "by default"
    assert browser.post("/telling", SAID).status_code == 302
    kept = Preference.objects.get(member_id=numbers["sam"])
    assert (f"{kept.digest_at:%H:%M}", kept.days, kept.time_zone) == ("08:15", "02", "Asia/Tokyo")
    page = browser.get("/telling").content.decode()
    assert "08:15" in page
    assert 'value="Asia/Tokyo" selected' in page


@pytest.mark.parametrize(
    "wrong", [{"days": []}, {"days": ["9"]}, {"digest_at": "25:00"}, {"time_zone": "Mars/Base"}]
)
def test_what_makes_no_sense_is_said_and_not_kept(numbers: dict[str, int], wrong: dict[str, str]):
    browser = signed_in(numbers["sam"])
    browser.get("/telling")
    answer = browser.post("/telling", {**SAID, **wrong})
    assert answer.status_code == 200
    assert b"wrong" in answer.content
    assert Preference.objects.get(member_id=numbers["sam"]).days == "01234"


def test_an_admin_has_nothing_to_be_told(numbers: dict[str, int]):
    assert signed_in(numbers["adi"]).get("/telling").status_code == 403


def test_the_link_in_a_mail_stops_them_without_signing_in_and_lets_them_come_again(
    numbers: dict[str, int],
):
    (sam,) = [m for m in pipeline.open(numbers["sam"]).members() if m.key == "sam"]
    address = f"/unsubscribe/{preferring.unsubscribing(sam.id, 'digest')}"
    browser = anybody()
    page = browser.get(address)
    assert page.content.count(b"<button") == 1
    assert preferring.preference(sam).digest, "looking stops nothing: scanners follow links"
    stopped = browser.post(address, {"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    assert not preferring.preference(sam).digest
    assert preferring.preference(sam).at_once, "the other mails were not meant"
    assert b"mistake" in stopped.content
    browser.post(address, {"again": "1"})
    assert preferring.preference(sam).digest


def test_a_link_that_was_tampered_with_stops_nothing(numbers: dict[str, int]):
    signed = preferring.unsubscribing(numbers["sam"], "digest")
    for wrong in ("x", signed[:-2] + "xx", signed.replace(":", "x", 1)):
        assert anybody().post(f"/unsubscribe/{wrong}").status_code == 404


def feed_address(number: int) -> str:
    browser = signed_in(number)
    browser.post("/telling/feed")
    page = browser.get("/telling").content.decode()
    (address,) = re.findall(r"http://localhost(/feed/[^<]+\.xml)", page)
    assert address not in browser.get("/telling").content.decode(), "shown once"
    return str(address)


def test_the_feed_tells_what_stands_and_nothing_of_others(numbers: dict[str, int]):
    raised("A1", words="Late & <slow>\x0b")
    raised("C1")
    raised("A1", rule="pushed", at=clock.now() - timedelta(days=15))
    answer = anybody().get(feed_address(numbers["sam"]))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    root = ElementTree.fromstring(answer.content)  # noqa: S314  our own
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Harbour rollout: Late & <slow>"
    deal = pipeline.open(numbers["sam"]).deal("A1")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://localhost/deals/{deal.id}"
    summary = entry.findtext(f"{ATOM}summary") or ""
    assert "<p>Late &amp; &lt;slow&gt;" in summary, "as text, whatever it holds"
    assert "What helps" in unescape(summary)


def test_an_unchanged_feed_is_not_sent_again(numbers: dict[str, int]):
    raised("A1")
    address = feed_address(numbers["sam"])
    first = anybody().get(address)
    etag, changed = first["ETag"], first["Last-Modified"]
    assert anybody().get(address, headers={"if-none-match": etag}).status_code == 304
    assert anybody().get(address, headers={"if-modified-since": changed}).status_code == 304
    cleared("A1")
    assert anybody().get(address, headers={"if-none-match": etag}).status_code == 200


def test_a_feed_address_ends_with_the_next_with_whoever_leaves_and_when_revoked(
    numbers: dict[str, int],
):
    first = feed_address(numbers["sam"])
    second = feed_address(numbers["sam"])
    assert anybody().get(first).status_code == 404
    assert anybody().get(second).status_code == 200
    signed_in(numbers["sam"]).post("/telling/feed", {"revoke": "1"})
    assert anybody().get(second).status_code == 404
    assert anybody().get("/feed/guessed.xml").status_code == 404
    third = feed_address(numbers["sam"])
    tell([Fact("member", "sam", on(40), {"active": False}, "left")])
    assert anybody().get(third).status_code == 404


def test_todays_digest_is_shown_before_it_is_sent(numbers: dict[str, int]):
    browser = signed_in(numbers["lea"])
    assert browser.get("/telling/digest").status_code == 302, "nothing is new"
    raised("A1")
    shown = browser.get("/telling/digest")
    assert b"Harbour rollout" in shown.content
    assert b"It was to close on 10 Feb 2026" in shown.content
    policy = shown["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert b"Harbour rollout" in browser.get("/telling/digest").content, "looking tells nothing"


def test_a_webhook_is_added_refused_tried_and_removed(numbers: dict[str, int], settings):
    browser = signed_in(numbers["lea"])
    hook = {"name": "#deals", "kind": "generic", "address": "http://127.0.0.1:9/x"}
    page = browser.post("/telling/webhooks/add", hook, follow=True).content.decode()
    assert "private network" in page
    assert "http://127.0.0.1:9/x" in page, "what was entered is still there"
    settings.RIDEALONG_PRIVATE_WEBHOOKS = True
    page = browser.post("/telling/webhooks/add", hook, follow=True).content.decode()
    assert "whsec_" in page
    assert "whsec_" not in browser.get("/telling").content.decode(), "shown once"
    (made,) = Webhook.objects.all()
    assert signed_in(numbers["ona"]).post(f"/telling/webhooks/{made.pk}/remove").status_code == 404
    browser.post(f"/telling/webhooks/{made.pk}/test")
    assert "telling" in browser.get("/telling").content.decode()
    page = browser.post(f"/telling/webhooks/{made.pk}/remove", follow=True).content.decode()
    assert "Undo" in page
    assert not Webhook.objects.exists()


def test_nobody_is_told_of_people_they_do_not_see(numbers: dict[str, int], settings):
    settings.RIDEALONG_PRIVATE_WEBHOOKS = True
    hook = {"name": "x", "kind": "slack", "address": "http://127.0.0.1:9/x"}
    said = {**hook, "about": numbers["bo"]}
    assert signed_in(numbers["lea"]).post("/telling/webhooks/add", said).status_code == 404

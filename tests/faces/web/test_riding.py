"""Ride-alongs by page, whether mail works, and invitations: with and without a mail server."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from ridealong.credentials.models import Invitation
from ridealong.jobs.models import Run
from ridealong.jobs.working import carry_waiting
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from tests.faces.mail.conftest import set_up_mail
from tests.faces.web.browsing import signed_in
from tests.record.telling import deal, tell
from tests.support.smtp import Post, mail_server


def meeting(key: str = "board", of: str = "A1", **changes: Any) -> None:
    """Plan a meeting in four days."""
    at = clock.now() + timedelta(days=4)
    said = {"kind": "meeting", "deal": of, "member": "sam", "title": f"The {key}", "minutes": 45}
    tell([Fact("activity", key, at, {**said, **changes}, f"activity:{key}")])


def read(page: Any) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


def members_of(key: str) -> tuple[int, ...]:
    pipe = pipeline.open(pipeline.EVERYTHING)
    (found,) = pipe.leading.meetings_ahead(clock.now() + timedelta(days=30), [key])
    return found.members


@pytest.mark.django_db
def test_one_tap_joins_the_next_leaves_and_that_can_be_undone(numbers):
    meeting()
    tell([deal("A1", 1, amount="900000")])
    lea = signed_in(numbers["lea"])
    page = lea.get("/ride-alongs")
    assert "The board" in read(page)
    back = {"meeting": "board", "back": "/ride-alongs?x=1"}
    answer = lea.post("/ride-alongs/join", back)
    assert answer.headers["Location"] == "/ride-alongs?x=1"
    assert numbers["lea"] in members_of("board")
    said = read(lea.get("/ride-alongs"))
    assert "Mail is not set up here: take the file for your calendar." in said
    assert "Joined" in said
    lea.post("/ride-alongs/join", {"meeting": "board"})
    assert members_of("board") == tuple(sorted((numbers["lea"], numbers["sam"])))
    lea.post("/ride-alongs/leave", {"meeting": "board"})
    assert members_of("board") == (numbers["sam"],)
    assert "You left “The board”." in read(lea.get("/ride-alongs"))
    lea.post("/ride-alongs/join", {"meeting": "board", "back": "https://elsewhere.example/"})
    assert numbers["lea"] in members_of("board")
    assert not Run.objects.filter(kind="mail").exists()


@pytest.mark.django_db
def test_back_never_leads_to_another_site(numbers):
    meeting()
    lea = signed_in(numbers["lea"])
    for back in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        answer = lea.post("/ride-alongs/join", {"meeting": "board", "back": back})
        assert answer.headers["Location"] == "/ride-alongs"


@pytest.mark.django_db
def test_a_meeting_that_is_not_to_be_seen_was_cancelled_or_is_ones_own_is_not_there(numbers):
    meeting()
    meeting("other", "C1", member="bo")
    meeting("off")
    meeting("off", deleted=True)
    for who, keys in {"lea": ("other", "off", "none", ""), "sam": ("board",)}.items():
        browser = signed_in(numbers[who])
        assert "The other" not in read(browser.get("/ride-alongs"))
        for key in keys:
            for doing in ("join", "leave"):
                answer = browser.post(f"/ride-alongs/{doing}", {"meeting": key})
                assert answer.status_code == 404, (who, key)
            answer = browser.get("/ride-alongs/entry.ics", {"meeting": key})
            assert answer.status_code == 404
    assert numbers["lea"] not in members_of("other")


@pytest.mark.django_db
def test_one_who_is_invited_by_the_calendar_is_joined_and_leaves_it_there(numbers):
    meeting(members=["lea", "sam"])
    lea = signed_in(numbers["lea"])
    assert "in your calendar already" in read(lea.get("/ride-alongs"))
    lea.post("/ride-alongs/join", {"meeting": "board"})
    assert "already" in read(lea.get("/ride-alongs"))
    lea.post("/ride-alongs/leave", {"meeting": "board"})
    assert "leave it in your calendar" in read(lea.get("/ride-alongs"))
    assert numbers["lea"] in members_of("board")


@pytest.mark.django_db
def test_the_file_for_a_calendar_invites_nobody(numbers):
    meeting()
    answer = signed_in(numbers["lea"]).get("/ride-alongs/entry.ics", {"meeting": "board"})
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SUMMARY"]) == ("PUBLISH", "The board")
    assert "ATTENDEE" not in event


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["sam", "adi"])
def test_who_leads_nobody_sees_why_there_is_nothing(numbers, who):
    meeting()
    assert "No meetings to join" in read(signed_in(numbers[who]).get("/ride-alongs"))


@pytest.mark.django_db
def test_a_past_moment_is_shown_and_nothing_can_be_joined_then(numbers):
    at = (clock.now() + timedelta(days=1)).date().isoformat()
    meeting()
    page = signed_in(numbers["lea"]).get(f"/ride-alongs?at={at}").content.decode()
    assert "The board" in page
    assert "/ride-alongs/join" not in page


@pytest.mark.django_db
def test_without_a_server_the_company_page_says_how_and_invitations_are_links(numbers):
    ona = signed_in(numbers["ona"])
    assert "Mail is not set up: set EMAIL_URL" in read(ona.get("/company"))
    ona.post("/company/mail")
    assert "Mail is not set up" in read(ona.get("/company"))
    ona.post(f"/members/{numbers['sam']}/invite")
    assert "Send this link to Sam" in read(ona.get("/members"))
    assert not Run.objects.filter(kind="mail").exists()
    assert signed_in(numbers["lea"]).post("/company/mail").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_with_a_server_tests_invitations_and_ride_alongs_go_out(numbers, settings):
    post = Post()
    meeting()
    with mail_server(post) as port:
        set_up_mail(settings, port)
        ona, lea = signed_in(numbers["ona"]), signed_in(numbers["lea"])
        ona.post("/company/mail")
        assert "on its way" in read(ona.get("/company"))
        carry_waiting()
        assert "took a test mail to ona@seller.example" in read(ona.get("/company"))
        Invitation.objects.all().delete()
        ona.post(f"/members/{numbers['sam']}/invite")
        carry_waiting()
        lea.post("/ride-alongs/join", {"meeting": "board"})
        assert "on its way to lea@seller.example" in read(lea.get("/ride-alongs"))
        carry_waiting()
        assert "invitation mailed" in read(lea.get("/ride-alongs"))
        post.answers["RCPT"] = ["550 gone away"]
        ona.post("/company/mail")
        carry_waiting()
        assert "550 gone away" in read(ona.get("/company"))
    assert [str(mail["To"]) for mail in post.came] == [
        "Ona <ona@seller.example>",
        "Sam <sam@seller.example>",
        "Lea <lea@seller.example>",
        "Sam <sam@seller.example>",
    ]
    plain = post.came[1].get_body(("plain",))
    assert plain is not None
    token = Invitation.objects.get().token
    assert f"http://localhost/invitation/{token}" in plain.get_content()
    assert token not in str(list(Run.objects.values_list("plan", "report")))

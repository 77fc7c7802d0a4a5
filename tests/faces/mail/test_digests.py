"""How letters about signals look to mail programs: headers, words, both forms."""

from __future__ import annotations

import pytest
from django.test import Client

from ridealong.telling import preferring
from ridealong.views.signals.rulebook import rules
from tests.support.smtp import Post
from tests.telling.company import company, plain, raised, workday
from tests.telling.conftest import now, post, tick, urgent
from tests.views.test_inspection import started

__all__ = ["now", "post", "tick", "urgent"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_mail_programs_can_stop_it_with_one_tap(post: Post, now, tick):
    sam = company()["sam"]
    tick()
    raised("A1")
    now.move_to(workday(7.5, days=1))
    tick()
    (mail,) = [each for each in post.came if str(each["To"]).startswith("Sam")]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>").removeprefix("https://ride.example")
    assert f"https://ride.example{address}" in plain(mail)
    browser = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    body = "List-Unsubscribe=One-Click"
    done = browser.post(address, body, content_type="application/x-www-form-urlencoded")
    assert done.status_code == 200
    assert not preferring.preference(sam).digest
    raised("A2")
    now.move_to(workday(7.5, days=2))
    tick()
    assert [str(each["To"])[:3] for each in post.came[2:]] == ["Lea"]


def test_what_cannot_wait_stands_first_then_what_is_new_then_good_news(
    post: Post, now, tick, urgent, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(type(rules()["pushed"]), "good", True)
    company(started("A3", name="<b>Bold & Co</b>"))
    tick()
    now.move_to(workday(3, days=1))
    raised("A1", rule="pushed", words="It went fast.")
    raised("A2", rule="pushed", words="It went fast.")
    raised(*[f"A{n}" for n in (1, 2, 3)])
    now.move_to(workday(7.5, days=1))
    tick()
    (mail,) = [each for each in post.came if str(each["To"]).startswith("Sam")]
    assert mail["Subject"] == "3 deals need you: Harbour rollout and 2 more; good news on 2"
    words = plain(mail)
    assert words.index("CANNOT WAIT") < words.index("GOOD NEWS")
    assert "<b>Bold & Co</b>" in words
    html = mail.get_body(("html",))
    assert html is not None
    page = html.get_content()
    assert "&lt;b&gt;Bold &amp; Co&lt;/b&gt;" in page
    assert "prefers-color-scheme: dark" in page


def test_a_digest_of_thousands_names_the_most_valuable_and_counts_the_rest(post: Post, now, tick):
    company(*(started(f"S{n}", name=f"Deal {n}", amount=str(n)) for n in range(300)))
    tick()
    raised(*(f"S{n}" for n in range(300)))
    now.move_to(workday(7.5, days=1))
    tick()
    assert len(post.came) == 2, "one to Sam and one to Lea"
    for mail in post.came:
        assert mail["Subject"].startswith("300 deals need")
        assert "Deal 299, Deal 298, Deal 297 and 297 more" in mail["Subject"]
        assert "And 288 more deals, on Today." in plain(mail)
        assert len(mail.as_bytes()) < 102_400, "Gmail cuts what is longer"

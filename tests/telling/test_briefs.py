"""The brief by mail: kept when it is due, sent once, to those who may have it."""

from __future__ import annotations

from datetime import time

import pytest

from ridealong.record import pipeline
from ridealong.telling import briefs, preferring
from ridealong.views import briefing
from tests.faces.web.browsing import signed_in
from tests.support.smtp import Post
from tests.telling.company import company, plain, to, workday

pytestmark = pytest.mark.django_db(transaction=True)


def without_digests(people) -> None:
    for each in people.values():
        wanted = preferring.preference(each)
        wanted.digest = wanted.at_once = False
        wanted.save()


def test_a_brief_is_kept_and_sent_when_it_is_due_and_once(post: Post, now, tick):
    people = company()
    without_digests(people)
    lea, ona = people["lea"], people["ona"]
    briefs.change(lea, days=frozenset({3}), at=time(8), recipients=[ona.id, people["sam"].id])
    tick()
    now.move_to(workday(7.9, days=1))
    tick()
    assert not post.came
    now.move_to(workday(8, days=1))
    tick()
    tick()
    assert to(post.came) == ["Ona"], "Sam leads nobody: what others carry is not for them"
    mail = post.came[0]
    assert mail["Subject"] == "Brief of 3 Dec 2026: Lea"
    assert "Harbour rollout" in plain(mail)
    assert "Crane lease" not in plain(mail), "not of Lea's team"
    files = [part for part in mail.walk() if part.get_content_type() == "application/pdf"]
    assert [part.get_filename() for part in files] == ["brief-2026-12-03.pdf"]
    content = files[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.startswith(b"%PDF")
    kept = briefing.kept(pipeline.open(lea.id))
    assert [each.at for each in kept] == [workday(8, days=1)]
    now.move_to(workday(8, days=8))
    tick()
    assert len(post.came) == 2
    assert "since 3 Dec 2026" in plain(post.came[1]), "compared with the one that was sent"


def test_what_was_due_while_nothing_ran_is_left_to_the_next_one(post: Post, now, tick):
    people = company()
    without_digests(people)
    briefs.change(people["lea"], days=frozenset({3}), at=time(8), recipients=[people["ona"].id])
    now.move_to(workday(12, days=4))
    tick()
    assert not post.came
    assert briefing.kept(pipeline.open(people["lea"].id)) == []


def test_the_page_says_when_and_to_whom(post: Post, now, tick):
    people = company()
    lea = signed_in(people["lea"].id)
    assert signed_in(people["sam"].id).get("/brief/mail").status_code == 404
    page = lea.get("/brief/mail").content.decode()
    assert "None is sent before you choose to whom." in page
    assert "Sam" not in page.split("<form", 1)[1].split("</form")[0]
    chosen = {"days": ["3"], "at": "08:00", "recipients": [str(people["ona"].id)]}
    assert lea.post("/brief/mail", chosen).status_code == 302
    assert "The next one is due Thu 3 Dec, 08:00." in lea.get("/brief/mail").content.decode()
    assert "at least one day" in lea.post("/brief/mail", {"at": "08:00"}).content.decode()
    stranger = {**chosen, "recipients": [str(people["sam"].id)]}
    assert lea.post("/brief/mail", stranger).status_code == 200

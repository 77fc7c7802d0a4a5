"""The digest: to whom, when, with only what is new, and once."""

from __future__ import annotations

from datetime import time

import pytest

from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.telling import preferring, scheduling
from ridealong.telling.models import Told
from tests.record.telling import on, tell
from tests.support.smtp import Post
from tests.telling.company import cleared, company, plain, raised, subjects, to, workday

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_digest_goes_to_those_with_an_account_about_their_own_deals_or_their_teams(
    post: Post, now, tick
):
    company()
    tick()  # makes everybody's hours known
    raised("A1", "B1", "C1")
    now.move_to(workday(7.4, days=1))
    tick()
    assert not post.came, "it is not half past seven"
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea", "Sam", "Sue"], "Bo never signed up; an owner has to ask for it"
    by = {str(mail["To"]).split()[0]: mail for mail in post.came}
    assert by["Sam"]["Subject"] == "1 deal needs you: Harbour rollout"
    assert by["Lea"]["Subject"] == "2 deals need a look: Harbour rollout and Sensor line"
    assert "Sensor line" not in plain(by["Sam"])
    assert "Agree on a date with the buyer" in plain(by["Sam"]), "what helps"
    assert "from 1 Feb to 10 Feb" in plain(by["Sam"]), "what it rests on"
    deal = pipeline.open(pipeline.EVERYTHING).deal("A1")
    assert f"https://ride.example/deals/{deal.id}" in plain(by["Sam"])


def test_only_what_is_new_and_still_so_is_told_and_nothing_where_nothing_is(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    now.move_to(workday(12, days=1))
    raised("A2")
    raised("B1")
    cleared("B1")
    now.move_to(workday(7.5, days=2))
    tick()
    assert to(post.came[2:]) == ["Lea", "Sam"]
    assert "Harbour" not in plain(post.came[-1])
    assert "Pump audit" in plain(post.came[-1])
    for days in (3, 4, 5, 6):
        now.move_to(workday(7.5, days=days))
        tick()
    assert len(post.came) == 4, "nothing new since, and no mail about nothing"


def test_what_came_back_is_news_again(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    now.move_to(workday(7.5, days=1))
    tick()
    now.move_to(workday(9, days=1))
    cleared("A1")
    now.move_to(workday(10, days=1))
    raised("A1")
    now.move_to(workday(7.5, days=2))
    tick()
    assert to(post.came) == ["Lea", "Lea", "Sam", "Sam"]


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        ({"did": "dismissed"}, False),
        ({"did": "acted"}, False),
        ({"did": "snoozed", "until": workday(8, days=30)}, False),
        ({"did": "snoozed", "until": workday(6, days=1)}, True),
        ({"did": "seen"}, True),
    ],
)
def test_who_settled_it_hears_no_more_of_it_and_others_do(post: Post, now, tick, said, comes):
    company()
    tick()
    at = raised("A1")
    about = {"signal": "close_date_past:A1", "member": "sam", "raised": at}
    tell([Fact("response", "r", at, {**about, **said}, "r")])
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == (["Lea", "Sam"] if comes else ["Lea"])


def test_each_has_their_own_hour_days_and_zone(post: Post, now, tick):
    sam = company()["sam"]
    tick()
    preferring.change(
        sam,
        digest=True,
        digest_at=time(18),
        days=frozenset({5}),
        at_once=False,
        quiet_from=time(20),
        quiet_to=time(7),
        time_zone="America/New_York",
    )
    raised("A1")
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea"]
    now.move_to(workday(22.9, days=3))
    tick()
    assert to(post.came) == ["Lea"]
    now.move_to(workday(23, days=3))
    tick()
    assert to(post.came) == ["Lea", "Sam"], "Saturday, 18:00 in New York"


def test_what_the_server_refuses_is_not_told_and_comes_with_the_next_digest(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    post.answers["RCPT"] = ["550 no", "550 no"]
    now.move_to(workday(7.5, days=1))
    tick()
    assert not post.came
    assert not Told.objects.exists()
    now.move_to(workday(7.5, days=2))
    tick()
    assert to(post.came) == ["Lea", "Sam"]


def test_what_went_over_the_line_and_was_not_answered_is_not_told_twice(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    post.drops = {"DATA-KEPT"}
    now.move_to(workday(7.5, days=1))
    tick()
    post.drops = set()
    assert to(post.came) == ["Lea", "Sam"]
    assert Run.objects.filter(kind="mail", state="failed").count() == 2, "it may have arrived"
    now.move_to(workday(7.5, days=2))
    tick()
    assert len(post.came) == 2


def test_several_workers_see_a_digest_due_and_one_asks_for_it(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    now.move_to(workday(7.5, days=1))
    assert scheduling.post_digests(workday(7.5, days=1)) == 3
    assert scheduling.post_digests(workday(7.5, days=1)) == 0
    tick()
    assert to(post.came) == ["Lea", "Sam"]


def test_after_days_without_a_worker_one_digest_comes_and_none_at_night(post: Post, now, tick):
    company()
    tick()
    raised("A1")
    now.move_to(workday(23, days=2))
    tick()
    assert not post.came, "it is night"
    now.move_to(workday(9, days=5))
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    tick()
    assert len(post.came) == 2


def test_signals_of_deals_that_are_being_judged_are_left_to_the_next_digest(post: Post, now, tick):
    company()
    tick()
    run = Run.objects.create(
        kind="watch", state=Run.State.RUNNING, started_at=workday(13), heard_at=workday(13)
    )
    raised("A1", at=workday(12.5))
    now.move_to(workday(14))
    raised("A2")
    now.move_to(workday(7.5, days=1))
    Run.objects.filter(pk=run.pk).update(heard_at=workday(7.5, days=1))
    tick()
    assert all("Pump" not in plain(mail) for mail in post.came)
    Run.objects.filter(pk=run.pk).update(state=Run.State.DONE)
    now.move_to(workday(7.5, days=2))
    tick()
    assert subjects(post.came[2:]) == [
        "1 deal needs a look: Pump audit",
        "1 deal needs you: Pump audit",
    ]


def test_a_simulated_company_tells_nobody(post: Post, now, tick):
    company(Fact("organisation", "self", on(1), {"simulated": True}, "simulated"))
    tick()
    raised("A1")
    now.move_to(workday(7.5, days=1))
    tick()
    assert not post.came
    assert not Run.objects.exists()

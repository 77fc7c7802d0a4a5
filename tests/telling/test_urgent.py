"""What cannot wait: at once, but no storm, and not at night."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ridealong.telling import preferring
from ridealong.views.signals.rulebook import rules
from tests.record.telling import on, tell
from tests.support.smtp import Post
from tests.telling.company import RULE, cleared, company, plain, raised, subjects, to, workday
from tests.views.test_inspection import started

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("urgent")]


@pytest.fixture
def people(now, tick):
    """Everybody, in a company whose deals are known for long."""
    found = company(*(started(f"S{each}", name=f"Deal {each}") for each in range(8)))
    tick()
    return found


def test_what_cannot_wait_is_told_at_once_to_the_salesperson_and_those_above(
    post: Post, people, now, tick
):
    raised("A1")
    now.shift(5)
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    assert "cannot wait" in plain(post.came[0])
    now.shift(5)
    tick()
    assert len(post.came) == 2, "once"
    now.move_to(workday(7.5, days=1))
    tick()
    assert len(post.came) == 2, "the digest does not tell it again"


def test_at_night_it_waits_until_quiet_hours_end_and_is_not_told_if_it_is_gone_by_then(
    post: Post, people, now, tick
):
    now.move_to(workday(22))
    raised("A1", "A2")
    now.shift(5)
    tick()
    assert not post.came
    cleared("A2")
    now.move_to(workday(7, days=1))
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    assert "Pump" not in plain(post.came[0])


def test_three_in_an_hour_and_the_rest_by_digest(post: Post, people, now, tick):
    for each in range(5):
        raised(f"S{each}")
        now.shift(60)
        tick()
    assert to(post.came) == ["Lea"] * 3 + ["Sam"] * 3
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came[6:]) == ["Lea", "Sam"]
    assert "2 deals need" in post.came[-1]["Subject"]


def test_four_at_a_time_are_three_and_one_in_the_digest(post: Post, people, now, tick):
    raised("S0", "S1", "S2", "S3")
    now.shift(5)
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    assert "1 more will be in it" in plain(post.came[0])
    now.move_to(workday(7.5, days=1))
    tick()
    assert [each.partition(":")[0] for each in subjects(post.came[2:])] == [
        "1 deal needs a look",
        "1 deal needs you",
    ]


def test_many_at_a_time_are_left_to_the_digest(post: Post, people, now, tick):
    raised(*(f"S{each}" for each in range(8)))
    now.shift(5)
    tick()
    assert not post.came
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea", "Sam"]
    assert post.came[0]["Subject"].startswith("8 deals need")


def test_of_what_was_just_imported_nobody_hears_before_the_digest(post: Post, now, tick):
    company()
    tick()
    tell([replace(started("N1"), recorded_at=None, at=on(3))])
    raised("N1")
    now.shift(5)
    tick()
    assert not post.came
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea", "Sam"]


def test_who_wants_nothing_at_once_gets_nothing(post: Post, people, now, tick):
    preferring.switch(people["sam"], "at_once", on=False)
    raised("A1")
    now.shift(5)
    tick()
    assert to(post.came) == ["Lea"]


def test_what_a_leader_alone_hears_is_not_for_the_salesperson(
    post: Post, people, now, tick, monkeypatch
):
    monkeypatch.setattr(type(rules()[RULE]), "audience", "leader")
    raised("A1")
    now.shift(5)
    tick()
    now.move_to(workday(7.5, days=1))
    tick()
    assert to(post.came) == ["Lea"]

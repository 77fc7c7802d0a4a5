"""What it said then, beside what came, and how near it was; each member sees their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import said
from ridealong.views.said import judging
from tests.record.telling import on
from tests.support.database import rolled_back
from tests.views.said import world
from tests.views.said.world import LAST, MORNINGS, opened


@pytest.fixture(scope="module", autouse=True)
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A company that said what it thought for six weeks: made once, since tests only read it."""
    with django_db_blocker.unblock(), rolled_back():
        world.live_through()
        yield


@pytest.fixture(autouse=True)
def anew() -> None:
    judging.forget()


def test_what_it_said_three_weeks_ago_is_as_it_was_said_then():
    then, now = MORNINGS[2] + 3, LAST
    seen = said.said_at(opened(None, then), opened(None, now))
    asked_then = pipeline.open(EVERYTHING, on(then), on(then))
    at_once = said.said_at(asked_then, asked_then)
    assert seen.odds_at == on(MORNINGS[2]) == at_once.odds_at
    assert {d.deal.key: d.won for d in seen.deals} == {d.deal.key: d.won for d in at_once.deals}
    assert {d.came for d in at_once.deals} == {"open"}
    came = {d.deal.key: d.came for d in seen.deals}
    assert {"won", "lost"} <= set(came.values())
    for key, status in came.items():
        assert opened(None, now).deal(key).status == status
    assert dict(seen.horizons)["7d"] == on(MORNINGS[2] + 7)


def test_before_the_first_morning_and_long_after_the_last_it_says_that_nothing_was_said():
    now = opened(None, LAST)
    early = said.said_at(opened(None, MORNINGS[0] - 1), now)
    assert (early.odds_at, early.deals, early.begun) == (None, (), on(MORNINGS[0]))
    late = said.said_at(opened(None, MORNINGS[-1] + 9), now)
    assert late.odds_at is None


def test_a_deal_has_a_course_of_what_was_said():
    pipe = opened(None, LAST)
    long = max(pipe.said.deals(1000), key=lambda n: len(list(pipe.said.courses([n]))))
    course = said.of_deal(pipe, pipe.deals_numbered([long])[0])
    assert len(course.points) > 2
    assert [each.at for each in course.points] == sorted(each.at for each in course.points)
    assert set(course.points[0].won) == set(said.HORIZONS)
    far = opened(None, LAST + 300)
    assert len(said.of_deal(far, far.deals_numbered([long])[0]).points) == 1, "the last that holds"


def test_each_member_sees_what_was_said_about_deals_in_sight():
    everybody = {
        d.deal.key for d in said.said_at(opened("ona", MORNINGS[3]), opened("ona", LAST)).deals
    }
    own = {
        key: said.said_at(opened(key, MORNINGS[3]), opened(key, LAST))
        for key in ("ann", "ben", "lea")
    }
    names = {key: {d.deal.key for d in each.deals} for key, each in own.items()}
    assert names["ann"] | names["ben"] == everybody
    assert not names["ann"] & names["ben"]
    assert names["lea"] == names["ann"]
    assert all(d.won for each in own.values() for d in each.deals)
    whose = {key: {one.member for one in each.ranges} for key, each in own.items()}
    assert whose["ann"] <= {"Ann"}, "the company's is the owner's"
    assert whose["ben"] <= {"Ben"}
    assert whose["lea"] <= {"Ann", "Lea"}
    company = said.said_at(opened("ona", MORNINGS[3]), opened("ona", LAST)).ranges
    assert len([one for one in company if one.member_id is None]) == 3
    theirs = opened(None, LAST).deals_numbered(opened("ben", LAST).said.deals(1000))
    assert list(opened("ann", LAST).said.courses(deal.id for deal in theirs)) == []


def test_accuracy_is_of_what_was_said_and_counts_what_came():
    found = said.accuracy(opened(None, LAST))
    assert found.mornings == len(MORNINGS)
    by = {each.name: each for each in found.horizons}
    assert set(by) == {*said.HORIZONS} - {"ever"}
    month = by["30d"].measures
    assert month is not None, by["30d"].lacking
    rows, hits, missed = _by_hand("30d")
    assert month.rows == rows
    assert month.came == pytest.approx(hits / rows)
    assert month.brier == pytest.approx(missed / rows)
    weeks = found.ranges[0]
    assert len(weeks.ranges) == len(MORNINGS)
    assert weeks.share == sum(each.inside for each in weeks.ranges) / len(weeks.ranges)
    assert weeks.low is not None
    assert weeks.high is not None
    assert 0 <= weeks.low <= weeks.share <= weeks.high <= 1


def _by_hand(name: str) -> tuple[int, int, float]:
    """Count from each morning's own answer: how many odds, how many came, squares missed by."""
    rows, hits, missed = 0, 0, 0.0
    for day in MORNINGS:
        seen = said.said_at(opened(None, day), opened(None, LAST), per_page=1000)
        until = dict(seen.horizons)[name]
        for each in seen.deals:
            if until > on(LAST) or not each.won:
                continue
            hit = each.came == "won" and each.came_at is not None and each.came_at <= until
            rows, hits = rows + 1, hits + hit
            missed += (each.won[name] - hit) ** 2
    return rows, hits, missed


def test_what_is_not_over_yet_is_not_judged_and_little_says_so():
    early = said.accuracy(opened(None, MORNINGS[1] + 1))
    later = next(each for each in early.horizons if each.name == "30d")
    assert later.measures is None
    assert later.lacking == "This horizon is not over yet for any odds that were said."
    assert early.ranges[0].share is None
    assert early.ranges[0].lacking.startswith("1 over so far; it takes 5")
    assert said.accuracy(opened(None, MORNINGS[0] - 1)).horizons == ()

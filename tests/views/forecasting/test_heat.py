"""Heat: odds of one day now and a week before, the reasons that carry them, and what shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.views import forecasting, inspection
from ridealong.views.forecasting import Heat, Horizon, Odds, fitting, ranking
from tests.record.telling import activity, deal, member, on, stages, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db
NOW = 80.0


def standing(key: str, since: float, stage: str = "Talk", **more: Any) -> Fact:
    return deal(key, since, known=since, stage=stage, status="open", **more)


@pytest.fixture
def pipe() -> Iterator[Pipeline]:
    """A company with a fit; ``still`` stays in Talk, ``moved`` has come to Signing in the week."""
    world.begin()
    tell(stages(Signing="open"))
    for number in range(12):
        begun = 5.0 * number
        tell([standing(f"s{number}", begun), standing(f"s{number}", begun + 4, "Signing")])
        tell([deal(f"s{number}", begun + 6, known=begun + 6, stage="Won", status="won")])
    tell(world.facts(60, until=NOW))
    tell([standing(key, 60, salesperson="ann") for key in ("still", "moved", "late")])
    tell([standing("moved", 78, "Signing"), standing("young", 76, salesperson="ben")])
    # It was in Offer all along, which was learned yesterday.
    tell([deal("late", 62, known=79, stage="Offer")])
    tell([activity("a1", 70, deal="still", kind="phone_call", direction="in")])
    tell([activity("a2", 71, deal="still", kind="email", direction="out")])
    with time_machine.travel(on(NOW), tick=False):
        fitting.refit()
        yield pipeline.open(EVERYTHING)


def by_key(pipe: Pipeline, *keys: str) -> list[int]:
    return [pipe.deal(key).id for key in keys]


def test_a_week_ago_is_asked_about_the_same_day_from_what_the_record_showed_then(pipe):
    still, moved, late, young = by_key(pipe, "still", "moved", "late", "young")
    told = forecasting.heats(pipe, [still, moved, late, young], "30d")
    # Stages alone tell here: a deal in Talk, asked for as many days as were left then.
    asked = forecasting.horizons(pipe, ["37d"])
    then = forecasting.odds_of(pipe, [still], asked).of(still, "37d")
    assert then is not None
    for number in (still, moved, late):
        assert told.heats[number].odds.before == pytest.approx(then.won)
    assert told.heats[young].odds.before is None
    assert told.heats[young].movement == "not open a week ago"


def test_time_alone_does_not_make_odds_rise_and_news_does(pipe):
    still, moved = by_key(pipe, "still", "moved")
    told = forecasting.heats(pipe, [still, moved], "7d")
    quiet, news = told.heats[still].rise, told.heats[moved].rise
    assert quiet is not None
    assert news is not None
    assert quiet < 1e-9
    assert news > 0
    assert told.ranked[0] == moved


def odds(won: float, before: float | None) -> Odds:
    by = Horizon("month", datetime(2026, 1, 31, tzinfo=UTC), 20)
    return Odds(1, "d", by, won, 0, 1 - won, won, won, (), before)


@pytest.mark.parametrize(
    ("won", "before", "usual", "level"),
    [
        (0.5, 0.6, 0.6, "hot"),
        (0.31, 0.31, 0.1, "hot"),
        (0.31, 0.2, 0.2, "hot"),
        (0.3, 0.3, 0.2, "warm"),
        (0.24, 0.0, 0.01, "warm"),
        (0.19, 0.1, 0.2, "cool"),
        (0.04, None, 0.2, "cold"),
    ],
)
def test_levels(won, before, usual, level):
    assert Heat(odds(won, before), usual).level == level


@given(st.floats(0, 1), st.none() | st.floats(0, 1))
def test_movement_is_worded_as_it_is(won, before):
    heat = Heat(odds(won, before), 0.1)
    assert bool(heat.moved) == (before is not None and abs(won - before) >= 0.02)
    if heat.moved:
        assert heat.movement.startswith("up" if won > (before or 0) else "down")


def test_a_salesperson_is_told_of_their_own_deals_only(pipe):
    ann = next(m.id for m in pipe.members() if m.key == "ann")
    mine = pipeline.open(ann)
    numbers = by_key(pipe, "still", "young")
    assert set(forecasting.heats(mine, numbers).heats) == {numbers[0]}
    tell([member("ola", role="owner")])
    owner = next(m.id for m in pipe.members() if m.key == "ola")
    assert set(forecasting.heats(pipeline.open(owner), numbers).heats) == set(numbers)


def test_each_reason_leads_to_what_shows_it(pipe):
    number = pipe.deal("still").id
    told = forecasting.deal_odds(pipe, pipe.deal("still"))
    story = inspection.story(pipe, "still")
    (stage,) = forecasting.because(told, story)
    assert stage.reason.text == "in stage Talk"
    assert [entry.began for entry in stage.entries] == [True]
    reasons = {
        about: forecasting.Reason(about, "", 1.0)
        for about in ("contact", "out", "person", "pushes", "weekday")
    }
    shown = {
        about: forecasting.evidence_of(story.deal, story.story, reason)
        for about, reason in reasons.items()
    }
    assert [e.activity.key for e in shown["contact"].entries if e.activity] == ["a1"]
    assert [e.activity.key for e in shown["out"].entries if e.activity] == ["a2"]
    assert shown["person"].others is not None
    assert not shown["pushes"].entries
    assert not shown["weekday"].words
    shape = forecasting.odds_shape(told, story)
    assert list(shape["by"]) == ["month", "week", "quarter", "ever"]
    assert shape["reasons"][0]["evidence"][0]["fields"]
    assert number in told.heats


def test_many_deals_are_told_as_a_worker_kept_them(pipe, monkeypatch):
    monkeypatch.setattr(ranking, "MANY", 2)
    numbers = by_key(pipe, "still", "moved", "late")
    assert forecasting.ranked(pipe, numbers).book.problem == ranking.TOO_MANY
    assert ranking.keep(pipe) > 3
    kept = forecasting.ranked(pipe, numbers, "quarter")
    assert kept.at == pipe.at
    fresh = forecasting.heats(pipe, numbers, "quarter", why=False)
    assert kept.heats == fresh.heats
    assert kept.ranked == fresh.ranked
    day_later = pipe.moved(on(NOW + 1))
    assert forecasting.ranked(day_later, numbers).book.problem == ranking.TOO_MANY
    assert forecasting.shown(day_later, numbers).heats, "a page's few deals are told anew"


def test_what_was_known_another_time_has_no_odds_and_says_so(pipe):
    then = pipe.moved(pipe.at, known=on(70))
    told = forecasting.heats(then, by_key(pipe, "still"))
    assert told.book.problem == fitting.NOT_YET
    story = inspection.story(then, "still")
    assert forecasting.odds_shape(told, story) == {"problem": fitting.NOT_YET}

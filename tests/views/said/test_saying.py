"""What is said is kept once, whole, and as it was said; who may not see it, does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from ridealong.jobs.models import Run
from ridealong.record import pipeline, withdrawing, writer
from ridealong.record.facts import Fact
from ridealong.record.models import FactRow, SaidOdds, Statement
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.stating.noticing import SOURCE
from ridealong.views import forecasting, said
from ridealong.views.forecasting import fitting
from ridealong.views.forecasting.fits import simply_fitted
from ridealong.watching import saying
from tests.record.telling import on, tell
from tests.record.test_writer import Crash, crash_after, everything_folded
from tests.support.database import rolled_back
from tests.support.examples import costly
from tests.views.said import world
from tests.views.said.world import MORNINGS, opened

pytestmark = pytest.mark.django_db


def statements() -> int:
    return FactRow.objects.filter(subject__kind="statement").count()


def test_without_a_fit_no_odds_are_said_and_it_is_not_tried_all_day():
    world.begin()
    with time_machine.travel(on(40), tick=False):
        saying.start_due()
        run = Run.objects.get(subject=saying.SAYING)
        assert saying.carry_out(run, lambda _: None) == {"said": 1}
        assert set(Statement.objects.values_list("what", flat=True)) == {"insights"}
        Run.objects.update(state="done")
        saying.start_due()
        assert Run.objects.filter(subject=saying.SAYING).count() == 1
        assert said.said_at(opened(None, 40), opened(None, 40)).odds_at is None


def test_once_a_fit_is_there_it_is_said_the_same_day_and_only_once(monkeypatch):
    world.begin(60)
    monkeypatch.setattr(fitting, "fitted", simply_fitted)
    with time_machine.travel(on(40), tick=False) as clock:
        saying.say_due()
        Run.objects.create(kind="say", subject=saying.SAYING, state="done", plan=[])
        clock.shift(60)
        fitting.refit()
        clock.shift(60)
        saying.start_due()
        assert Run.objects.filter(subject=saying.SAYING).count() == 2
        assert saying.say_due() == 2
        assert saying.say_due() == 0
    with time_machine.travel(on(40.3), tick=False):
        assert saying.say_due() == 0, "the same day of the company"
    with time_machine.travel(on(41), tick=False):
        assert saying.say_due() == 3


def test_before_morning_and_of_nothing_nothing_is_said():
    with time_machine.travel(on(40), tick=False):
        saying.start_due()
        assert saying.say_due() == 0, "an empty company"
        world.begin()
    with time_machine.travel(on(40 - 5 / 24), tick=False):
        saying.start_due()
    assert not Run.objects.filter(subject=saying.SAYING).exists()


def test_what_stands_is_within_a_point_of_what_would_be_said():
    world.live_through()
    fit = simply_fitted(opened(None, MORNINGS[0]))
    pipe = pipeline.open(EVERYTHING, on(MORNINGS[3]), on(MORNINGS[3]))
    deals = pipe.courses.deals(open_only=True)
    book = forecasting.odds_of(pipe, deals, forecasting.horizons(pipe, said.HORIZONS), fit=fit)
    stood = pipe.said.latest(deals)
    assert set(stood) == set(book.odds)
    for number, by_horizon in book.odds.items():
        for name, thousandths in zip(said.HORIZONS, stood[number].won, strict=True):
            assert abs(by_horizon[name].won - thousandths / 1000) < 0.0105


def test_only_what_moved_by_a_point_is_said_again():
    world.live_through(MORNINGS[:1])
    pipe = opened(None, MORNINGS[0])
    fit = simply_fitted(pipe)
    deals = pipe.courses.deals(open_only=True)
    book = forecasting.odds_of(pipe, deals, forecasting.horizons(pipe, said.HORIZONS), fit=fit)
    again = said.odds_to_say(pipe, book)
    assert again is not None
    assert again.values == {}
    one = {name: replace(odds, won=odds.won + 0.011) for name, odds in book.odds[deals[0]].items()}
    moved = replace(book, odds={**book.odds, deals[0]: one})
    new = said.odds_to_say(pipe, moved)
    assert new is not None
    assert set(new.values) == {one["7d"].key}


def test_what_was_said_first_stands():
    world.begin()
    fit = simply_fitted(opened(None, 40))
    saying.say_due(now=on(40), live=False, fit=fit, whats=("odds",))
    before = everything_folded()
    key = Statement.objects.get().key
    later = {"what": "odds", "day": on(42).date(), "body": {"horizons": []}, "odds": {"d1": [999]}}
    writer.append(SOURCE, [Fact("statement", key, on(40), later, key, recorded_at=on(40.1))])
    after = everything_folded()
    assert (after["SaidOdds"], after["Statement"]) == (before["SaidOdds"], before["Statement"])


def test_masking_takes_what_was_said_away_and_saying_it_again_does_not_bring_it_back():
    world.live_through(MORNINGS[:1])
    assert SaidOdds.objects.exists()
    writer.withdraw("ridealong")
    assert not SaidOdds.objects.exists()
    assert not Statement.objects.exists()
    assert withdrawing.told_by("ridealong", 10) == []
    writer.rebuild()
    assert not Statement.objects.exists()


@st.composite
def a_statement(draw: st.DrawFn) -> Fact:
    """Draw what is said on one of few days, often something else on the same one."""
    day = draw(st.integers(0, 2))
    what = draw(st.sampled_from(["odds", "ranges", "insights"]))
    every: dict[str, dict[str, Any]] = {
        "odds": {"odds": {draw(st.sampled_from(["D1", "D2"])): [draw(st.integers(0, 999))]}},
        "ranges": {"ranges": {draw(st.sampled_from(["", "ann"])): {"2026-01": [1, 2, 3]}}},
        "insights": {
            "claims": {"c": {"kind": "salesperson", "person": "ann", "claim": "Slow."}},
            "people": ["ann"],
        },
    }
    known = on(day + draw(st.integers(0, 2)))
    said: dict[str, Any] = {
        "what": what,
        "day": on(day).date(),
        "body": {"n": draw(st.integers(0, 3))},
    }
    said |= every[what]
    return Fact("statement", f"{what}:{day}", on(day), said, f"{what}:{day}", recorded_at=known)


@costly(15)
@given(st.lists(a_statement(), min_size=1, max_size=8), st.data())
def test_any_order_any_repetition_and_folding_again_give_the_same(facts, data):
    with rolled_back():
        tell(facts, SOURCE)
        expected = everything_folded()
        writer.rebuild()
        assert everything_folded() == expected
    shuffled = data.draw(st.permutations([*facts, *facts[:2]]))
    with rolled_back():
        for fact in shuffled:
            tell([fact], SOURCE)
        assert everything_folded() == expected


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_a_morning_is_whole_or_not_there_and_running_again_completes_it():
    world.begin(40)
    fit = simply_fitted(opened(None, 40))
    for statement in range(0, 1000, 5):
        try:
            with crash_after(statement):
                saying.say_due(now=on(40), live=False, fit=fit, whats=("odds", "ranges"))
            break
        except Crash:
            assert statements() == 0
            assert not SaidOdds.objects.exists()
    assert statement > 10
    assert statements() == 2
    assert saying.say_due(now=on(40), live=False, fit=fit, whats=("odds", "ranges")) == 0

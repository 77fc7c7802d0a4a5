"""Fits are kept, answer while they are fresh, and give way only to those that do no worse."""

from __future__ import annotations

import pytest
import time_machine

from ridealong.connections import refitting
from ridealong.jobs.models import Run
from ridealong.record import fits, pipeline
from ridealong.views import forecasting
from ridealong.views.forecasting import fitting, keeping
from tests.record.telling import on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db


def foretold(at: float) -> forecasting.Forecast:
    pipe = pipeline.open(pipeline.EVERYTHING, on(at))
    return forecasting.forecast(pipe, forecasting.horizon(pipe, "7d"), patient=True)


@pytest.fixture
def company() -> None:
    world.begin()
    tell(world.facts(120))


def test_a_kept_fit_says_what_it_said_when_it_was_made(company, monkeypatch):
    with time_machine.travel(on(80), tick=False):
        made = fitting.refit()
        fresh = foretold(80)
    assert made.used
    again = keeping.unpacked(keeping.packed(made.fit))
    assert again.learned.words == made.fit.learned.words
    monkeypatch.setattr(fitting, "fitted", lambda *_: pytest.fail("a fit is kept"))
    kept = foretold(80)
    assert [(d.key, o.won, o.reasons) for d, o in kept.deals] == [
        (d.key, o.won, o.reasons) for d, o in fresh.deals
    ]
    assert foretold(85).deals, "a fit of last week answers"


@pytest.mark.parametrize("at", [79.0, 95.0], ids=["before it", "two weeks later"])
def test_no_fit_answers_before_it_was_made_nor_when_it_is_old(company, at):
    with time_machine.travel(on(80), tick=False):
        fitting.refit()
    assert foretold(at).book.until == on(at)


def test_a_page_does_not_wait_for_a_fit_to_be_made(company):
    pipe = pipeline.open(pipeline.EVERYTHING, on(80))
    asked = forecasting.horizons(pipe, ["week", "ever"])
    numbers = pipe.courses.deals(open_only=True)
    assert forecasting.odds_of(pipe, numbers, asked).problem == fitting.NOT_YET
    with time_machine.travel(on(80), tick=False):
        fitting.refit()
    book = forecasting.odds_of(pipe, numbers, asked)
    assert set(book.odds) == set(numbers)
    odds = book.of(numbers[0], "ever")
    assert odds is not None
    assert odds.won + odds.lost == pytest.approx(1)
    assert 1 <= len(odds.reasons) <= 3


def test_a_fit_that_does_worse_is_kept_but_not_used(company, monkeypatch):
    monkeypatch.setattr(fitting, "ENOUGH", 1)
    with time_machine.travel(on(80), tick=False):
        fitting.refit()
    losses = iter([0.9, 0.5])
    monkeypatch.setattr(fitting, "_loss", lambda *_: next(losses))
    with time_machine.travel(on(87), tick=False):
        done = fitting.refit()
    assert not done.used
    assert done.why.endswith("missed by 0.9000, the old one by 0.5000: the old one stays.")
    found = fits.newest(keeping.FORM, on(87))
    assert found is not None
    assert found.until == on(80)


def test_the_comparison_is_made_on_what_came_since(company, monkeypatch):
    monkeypatch.setattr(fitting, "ENOUGH", 1)
    with time_machine.travel(on(80), tick=False):
        old = fitting.refit().fit
    with time_machine.travel(on(87), tick=False):
        _, why = fitting.compared(pipeline.open(pipeline.EVERYTHING), old)
    assert why.startswith("On what came since, the new fit missed by 0.")


def test_fitting_anew_is_due_once_a_day():
    assert refitting.start_due() == 0, "nothing has ended"
    world.begin()
    tell(world.facts(20))
    assert [refitting.start_due(), refitting.start_due()] == [1, 0]
    with time_machine.travel(on(4000), tick=False):
        Run.objects.update(state="done")
        assert refitting.start_due() == 1


def test_a_run_says_what_came_of_it(company):
    with time_machine.travel(on(80), tick=False):
        report = refitting.carry_out(Run(), lambda _: None)
    assert report["used"]
    assert report["why"] == "It is the first."
    assert "deals that have ended" in report["told"][0]

"""Trust: the back-test is kept as it is printed, and said in words that it supports."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
import time_machine

from ridealong.connections import holding, refitting
from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.views import forecasting
from ridealong.views.forecasting import fitting, held, ranking
from tests.record.telling import on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db


def test_a_run_holds_odds_against_the_past_and_the_page_reads_what_it_kept(monkeypatch):
    monkeypatch.setattr(held, "HORIZONS", (7.0,))
    monkeypatch.setattr(held, "MOMENTS", 3)
    monkeypatch.setattr(held.backtest, "__defaults__", ((7.0,), lambda _: None))
    world.begin()
    tell(world.facts(60, until=100))
    with time_machine.travel(on(100), tick=False):
        pipe = pipeline.open(EVERYTHING)
        assert forecasting.trust(pipe).made_at is None
        assert forecasting.trust(pipe).problem == fitting.NOT_YET
        fitting.refit()
        assert holding.hold(Run(), lambda _: None) == {"problem": "", "horizons": 1}
        found = forecasting.trust(pipe)
    assert found.made_at == on(100)
    assert found.estimator == "pooled"
    (week,) = found.horizons
    assert week.ours is not None
    assert week.ours.name == "pooled stages"
    assert week.ours.measures is not None
    of_hundred, apart, against = week.sentences
    assert of_hundred.startswith("Of 100 deals given the highest odds (")
    assert f"over {week.ours.measures.rows} odds of {week.ours.measures.things} deals" in apart
    assert "the salesperson’s close date" in against
    for each in week.ours.measures.bins:
        assert 0 <= each.low <= each.came <= each.high <= 1
        assert each.lowest <= each.said <= each.highest
        assert 1 <= each.things <= each.count
    kept = pipe.signals.trial(forecasting.KEPT_AS)
    assert kept is not None
    printed = {each["name"]: each["measures"] for each in kept[1]["horizons"][0]["methods"]}
    for method in week.methods:
        said = asdict(method.measures) if method.measures else None
        assert json.loads(json.dumps(said)) == printed[method.name]


def test_the_past_is_tried_once_a_week_at_night_and_not_while_odds_are_fitted():
    world.begin()
    tell(world.facts(20))

    def due(day: float) -> set[str]:
        with time_machine.travel(on(day), tick=False):
            holding.start_due()
        started = Run.objects.filter(state="waiting", subject__in=[holding.HOLDING])
        found = {run.subject for run in started}
        started.update(state="done")
        return found

    assert not due(200)
    with time_machine.travel(on(200), tick=False):
        refitting.start_due()
    assert not due(200.01), "odds are being fitted"
    Run.objects.update(state="done")
    assert due(200.02) == {holding.HOLDING}
    assert not due(203)
    assert not due(208), "it is ten in the morning"
    assert due(208.7) == {holding.HOLDING}


def test_the_odds_of_many_are_told_once_an_hour(monkeypatch):
    world.begin()
    tell(world.facts(20))
    with time_machine.travel(on(200), tick=False):
        assert holding.tell(Run(), lambda _: None)["why"] == fitting.NOT_YET
    monkeypatch.setattr(holding, "MANY", 1)
    with time_machine.travel(on(100), tick=False):
        Run.objects.create(subject=refitting.SUBJECT, kind="refit", state="done")
        fitting.refit()
        holding.start_due()
        holding.start_due()
        assert Run.objects.filter(subject=holding.TELLING).count() == 1
        assert holding.tell(Run(), lambda _: None)["deals"] > 1
        pipe = pipeline.open(EVERYTHING)
        monkeypatch.setattr(ranking, "MANY", 1)
        numbers = pipe.courses.deals(open_only=True)
        assert set(forecasting.ranked(pipe, numbers).heats) == set(numbers)

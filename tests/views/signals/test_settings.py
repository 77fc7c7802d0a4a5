"""Other numbers of a rule: what they would have raised, and what dismissals suggest."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from ridealong.jobs import starting
from ridealong.jobs.working import carry_waiting
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.people import responding, ruling
from ridealong.views import signals
from tests.record.telling import deal, on, tell
from tests.views.signals.raising import PAST, noticed, standing
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
NOW = on(100)


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(NOW, tick=True):
        yield


def test_a_preview_counts_week_by_week_what_both_sets_of_numbers_would_have_raised():
    told(started("A1", close_date="2026-02-04"), started("B1", close_date="2026-09-01"))
    rule = signals.rules()[PAST]
    pipe = pipeline.open(EVERYTHING)
    seen = signals.preview(pipe, rule, {"days": 0}, {"days": 20})
    assert 12 <= len(seen.weeks) <= 14
    assert seen.known == len(seen.weeks) + 1, "the record was kept by then"
    (at,) = [week.at for week in seen.weeks if week.present]
    assert at.date() == date(2026, 2, 9), "the Monday after it was over"
    (later,) = [week.at for week in seen.weeks if week.other]
    assert later.date() == date(2026, 3, 2), "20 days later, and the Monday after that"
    assert (seen.present, seen.other, seen.spared, seen.added) == (1, 1, (), ())
    none = signals.preview(pipe, rule, {"days": 0}, {"days": 60})
    assert (none.spared, none.added) == ((), ()), "it comes later, but it comes"
    tell([deal("A1", 80, known=80, close_date="2026-09-01")])
    pipe = pipeline.open(EVERYTHING)
    none = signals.preview(pipe, rule, {"days": 0}, {"days": 60})
    assert none.spared == (pipe.deal("A1").id,)
    assert sum(week.other for week in none.weeks) == 0
    assert signals.preview_from(signals.preview_shape(none)) == none


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_a_preview():
    told(started("A1"))
    run = starting.start("preview", plan={"rule": PAST, "values": {"days": 9}}, subject="preview:x")
    carry_waiting()
    run.refresh_from_db()
    assert run.state == "done", run.error
    assert run.report is not None
    seen = signals.preview_from(run.report)
    assert seen.present == 1, "it was to close on 10 February"
    assert seen.other == 1
    assert run.report["values"] == {"days": 0}


def test_dismissals_suggest_the_nearest_number_that_would_have_spared_most_of_them():
    names = ("A1", "A2", "A3", "A4")
    told(*(started(name, close_date="2026-04-10") for name in names))
    rule = signals.rules()[PAST]
    sam = next(m for m in pipeline.open(EVERYTHING).members() if m.key == "sam")

    def offered() -> signals.Offer | None:
        pipe = pipeline.open(EVERYTHING)
        return signals.offer(pipe, rule, signals.values_of(rule, pipe.signals.settings()))

    for place, name in enumerate(names):
        noticed(PAST, name, 96)
        assert (offered() is None) is (place < 3), "two or three say nothing yet"
        responding.respond(standing(name)[PAST], "dismissed", by=sam, reason="The buyer is away")
    # Their dates are over since 10 April; they were dismissed on the 15th.
    found = offered()
    assert found is not None
    assert (found.setting.name, found.spares, found.of) == ("days", 4, 4)
    assert 5 <= found.value <= 10, "near what it is now, not the highest"
    told_of = signals.dismissals(pipeline.open(EVERYTHING), rule)
    assert {each.reason for each in told_of} == {"The buyer is away"}
    ruling.set_rule(PAST, {"days": found.value}, off=False)
    assert offered() is None, "with that number none of them stands"


def test_what_is_not_different_is_not_offered():
    told(*(started(f"A{n}", close_date="2026-01-10") for n in range(4)))
    tell([deal(f"A{n}", 2, known=2, close_date="2026-01-11") for n in range(4)])
    rule = signals.rules()[PAST]
    sam = next(m for m in pipeline.open(EVERYTHING).members() if m.key == "sam")
    for n in range(4):
        noticed(PAST, f"A{n}", 96)
        responding.respond(standing(f"A{n}")[PAST], "dismissed", by=sam, reason="no")
    pipe = pipeline.open(EVERYTHING)
    assert signals.offer(pipe, rule, signals.values_of(rule, {})) is None

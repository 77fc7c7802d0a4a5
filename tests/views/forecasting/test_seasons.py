"""Where in its quarter a snapshot is: by the company's own calendar, and said in plain words."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from ridealong.lib.periods import period_of
from ridealong.record import pipeline
from ridealong.record.courses import moment
from ridealong.record.facts import Fact
from ridealong.views.forecasting import frame
from ridealong.views.forecasting.reasons import reasons
from tests.record.telling import on, tell
from tests.views.forecasting import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_days_are_counted_to_the_end_of_the_company_s_quarter(zone):
    here = {"currency": "EUR", "time_zone": zone}
    tell([Fact("organisation", "self", on(-30), here, "org")])
    world.begin()
    tell(world.facts(30))
    told, learned = frame.training(pipeline.open(pipeline.EVERYTHING, on(120)))

    assert told.rows["quarter_left"].n_unique() > 60
    # The clock changes twice a year; its offset is that of the moment looked at.
    ahead = timedelta(days=learned.offset)
    for s, left in told.rows.select("s", "quarter_left").unique().iter_rows():
        day = (moment(s) + ahead).date()
        assert left == (period_of("quarter", day).last - day).days + 1


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (1, "the quarter ends today"),
        (2, "the quarter ends in 1 day"),
        (30, "the quarter ends in 29 days"),
    ],
)
def test_it_is_said_in_words(left, words):
    world.begin()
    tell(world.facts(30))
    _, learned = frame.training(pipeline.open(pipeline.EVERYTHING, on(120)))
    values = {**dict.fromkeys(learned.names, 0.0), "quarter_left": left}
    added = np.array([0.7 if name == "quarter_left" else 0.0 for name in learned.names])

    (reason,) = reasons(values, added, learned, {})

    assert reason.text == words
    assert reason.about == "quarter"

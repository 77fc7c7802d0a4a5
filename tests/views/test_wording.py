"""Moments as words: by days of the calendar, not by hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ridealong.views.inspection.wording import when

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-25T00:01", "today"),
        ("2026-11-25T23:59", "today"),
        ("2026-11-24T23:59", "yesterday"),
        ("2026-11-26T00:01", "tomorrow"),
        ("2026-11-20T10:45", "5 days ago"),
        ("2026-10-21T09:00", "5 weeks ago"),
        ("2026-12-09T09:00", "in 14 days"),
    ],
)
def test_a_moment_is_said_by_the_calendar(moment, words):
    at = datetime(2026, 11, 25, 9, 14, tzinfo=BERLIN)
    assert when(datetime.fromisoformat(moment).replace(tzinfo=BERLIN), at, BERLIN) == words


def test_the_calendar_is_that_of_the_zone_also_on_days_of_23_hours():
    at = datetime(2026, 3, 29, 23, 30, tzinfo=BERLIN)
    before = datetime(2026, 3, 28, 23, 45, tzinfo=BERLIN)
    assert when(before, at, BERLIN) == "yesterday"
    assert when(before, at, ZoneInfo("Pacific/Auckland")) == "yesterday"
    assert when(at.replace(hour=0), at, BERLIN) == "today"

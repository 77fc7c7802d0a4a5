"""Weeks, months and quarters by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.lib.periods import SPANS, period_named, period_of

DAYS = st.dates(date(1971, 1, 1), date(2199, 12, 1))


@given(DAYS, st.sampled_from(SPANS))
def test_a_period_is_found_by_its_name_and_holds_its_days_only(day, span):
    period = period_of(span, day)
    assert day in period
    assert period_named(period.name) == period
    assert period.last not in period.previous
    assert period.previous.last + timedelta(days=1) == period.first
    assert period_of(span, period.first) == period_of(span, period.last) == period


def test_names_are_those_of_the_calendar():
    day = date(2027, 1, 1)
    assert [period_of(span, day).name for span in SPANS] == ["2026-W53", "2027-01", "2027-Q1"]


@pytest.mark.parametrize("name", ["", "2026", "2026-13", "2026-W54", "2026-Q5", "26-11", "2026-1"])
def test_what_is_no_period_is_refused_in_words(name):
    with pytest.raises(ValueError, match="is no period"):
        period_named(name)

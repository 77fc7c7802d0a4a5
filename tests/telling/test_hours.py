"""Due times and quiet hours, over zones whose clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ridealong.telling.hours import Hours, days_words

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # its clocks change at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",
    "Pacific/Apia",  # once left a day out
    "Africa/Casablanca",
)
MINUTE = timedelta(minutes=1)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.datetimes(datetime(2011, 12, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC, second=0, microsecond=0)
)
some_hours = st.builds(
    Hours,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    digest_at=clocks,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet_from=clocks,
    quiet_to=clocks,
)
BERLIN = Hours(
    zone=ZoneInfo("Europe/Berlin"),
    digest_at=time(7, 30),
    days=frozenset(range(5)),
    quiet_from=time(20),
    quiet_to=time(7),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@given(some_hours, moments)
def test_digests_are_due_at_the_hour_on_working_days_and_never_in_between(
    hours: Hours, moment: datetime
):
    last, following = hours.last_due(moment), hours.next_due(moment)
    assert last <= moment < following
    assert hours.last_due(following) == following, "a due moment is due"
    assert hours.last_due(following - timedelta(microseconds=1)) == last
    assert hours.next_due(last) == following
    for due in (last, following):
        local = due.astimezone(hours.zone)
        skipped = _skipped(hours.zone, local)
        assert local.weekday() in hours.days or skipped
        assert local.time().replace(fold=0) == hours.digest_at or skipped
    assert following - last <= timedelta(days=8, hours=3)


def _skipped(zone: ZoneInfo, local: datetime) -> bool:
    """Say whether the zone's clocks went forward within the day before."""
    return bool(local.utcoffset() != (local - timedelta(days=1)).replace(fold=0).utcoffset()) or (
        zone.key == "Pacific/Apia" and local.year == 2011
    )


@given(some_hours, moments)
def test_nothing_is_held_longer_than_until_quiet_hours_end(hours: Hours, moment: datetime):
    free = hours.free_from(moment)
    assert free >= moment
    assert not hours.is_quiet(free)
    if hours.is_quiet(moment):
        before = free - MINUTE
        same_offset = (
            before.astimezone(hours.zone).utcoffset() == free.astimezone(hours.zone).utcoffset()
        )
        assert hours.is_quiet(before) or not same_offset
        steps = (free - moment) // MINUTE
        seen = [moment + MINUTE * each for each in range(0, steps, max(1, steps // 50))]
        clear = [each for each in seen if not hours.is_quiet(each) and free - each > MINUTE * 120]
        assert not clear, "an earlier minute was free"
    else:
        assert free == moment


def test_the_hour_stays_where_the_clocks_change():
    friday, monday = at("2026-03-27T07:30+01:00"), at("2026-03-30T07:30+02:00")
    assert BERLIN.next_due(friday) == monday
    assert BERLIN.next_due(at("2026-10-23T12:00+02:00")) == at("2026-10-26T07:30+01:00")


def test_a_night_and_a_weekend_are_quiet():
    assert BERLIN.free_from(at("2026-03-24T22:00+01:00")) == at("2026-03-25T07:00+01:00")
    assert BERLIN.free_from(at("2026-03-27T20:00+01:00")) == at("2026-03-30T07:00+02:00")
    assert BERLIN.free_from(at("2026-03-27T19:59+01:00")) == at("2026-03-27T19:59+01:00")


def test_a_digest_that_was_missed_goes_out_the_same_day_but_not_at_night_nor_the_day_after():
    due = at("2026-03-25T07:30+01:00")
    assert BERLIN.timely(due, at("2026-03-25T16:00+01:00"))
    assert not BERLIN.timely(due, at("2026-03-25T21:00+01:00"))
    assert not BERLIN.timely(due, at("2026-03-26T07:00+01:00"))


def test_days_as_words():
    assert days_words(frozenset(range(5))) == "Mon–Fri"
    assert days_words(frozenset({0, 2, 4})) == "Mon, Wed, Fri"
    assert days_words(frozenset({6})) == "Sun"

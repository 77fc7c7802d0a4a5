"""What is read from a calendar, and what is told of it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record.facts import Fact, checked
from ridealong.sources.base.connector import Problem
from ridealong.sources.calendar.reading import AHEAD, PAST, Meeting, Unreadable, meetings
from ridealong.sources.calendar.telling import Rules, told
from tests.sources.calendar.writing import (
    APPLE,
    GOOGLE,
    GUESTS,
    OURS,
    OUTLOOK,
    THUNDERBIRD,
    calendar,
    event,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def read(raw: bytes) -> tuple[list[Meeting], list[Problem]]:
    found: list[Meeting] = []
    problems: list[Problem] = []
    for _, (some, bad) in meetings(raw, around=NOW, zone=BERLIN):
        found += some
        problems += bad
    return sorted(found, key=lambda each: each.begins), problems


def said(raw: bytes, **excluded: frozenset[str]) -> list[Fact]:
    rules = Rules(**excluded)
    facts = [told(each, OURS, rules) for each in read(raw)[0]]
    return [checked(fact) for fact in facts if isinstance(fact, Fact)]


def test_meetings_of_every_program_are_read():
    found, problems = read(calendar(GOOGLE, APPLE, THUNDERBIRD))
    assert problems == []
    assert [each.title for each in found] == ["Contract", "Technical questions", "Workshop"]
    google, apple, thunderbird = found
    assert google.begins == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert "Join:" in google.text
    assert "href" not in google.text
    assert google.guests[0].email == "jan.meyer@buyer.example"
    assert apple.begins == datetime(2026, 12, 3, 14, tzinfo=UTC)
    assert apple.ends - apple.begins == timedelta(minutes=45)
    assert (thunderbird.all_day, apple.all_day) == (True, False)


def test_a_series_with_exceptions_moved_and_cancelled_ones():
    found, _ = read(calendar(OUTLOOK))
    days = {each.begins.astimezone(BERLIN).strftime("%m-%d %H:%M"): each for each in found}
    assert "09-21 09:00" in days
    assert "10-12 09:00" not in days, "an exception"
    assert "10-19 09:00" not in days, "moved"
    assert days["10-20 11:00"].title == "Jour fixe (moved)"
    assert days["10-26 09:00"].cancelled
    assert days["11-02 09:00"].begins == datetime(2026, 11, 2, 8, tzinfo=UTC), "winter time"
    assert days["09-28 09:00"].begins == datetime(2026, 9, 28, 7, tzinfo=UTC), "summer time"


def test_a_meeting_is_one_activity_whose_time_may_move():
    first = said(calendar(event("a")))[0]
    moved = said(calendar(event("a", "20261130T100000Z")))[0]
    assert (first.key, first.external_id, first.at) == (moved.key, moved.external_id, moved.at)
    assert first.changes["begins"] != moved.changes["begins"]
    assert first.changes["kind"] == "meeting"
    assert first.changes["minutes"] == 60.0
    assert (first.changes["member"], first.changes["members"]) == ("ada", ["ada"])
    assert first.changes["people"][1] == {
        "email": "jan.meyer@buyer.example",
        "name": "Meyer, Jan",
        "answer": "accepted",
    }


@pytest.mark.parametrize(
    ("answers", "done"),
    [(["DECLINED"], False), (["DECLINED", "ACCEPTED"], None), (["NEEDS-ACTION"], None)],
)
def test_what_all_of_the_buyers_people_declined_will_not_be(answers, done):
    people = "ORGANIZER:mailto:ada@seller.example\n" + "".join(
        f"ATTENDEE;PARTSTAT={answer}:mailto:{n}@buyer.example\n" for n, answer in enumerate(answers)
    )
    (found,) = said(calendar(event("a", people=people)))
    assert found.changes["done"] is done


def test_two_colleagues_have_a_one_on_one():
    people = "ORGANIZER:mailto:lea@seller.example\nATTENDEE:mailto:ada@seller.example\n"
    fact = said(calendar(event("1:1", people=people)))[0]
    assert fact.changes["kind"] == "one_on_one"
    assert fact.changes["member"] == "lea"


@pytest.mark.parametrize(
    "one",
    [
        event("private", more="CLASS:PRIVATE\n"),
        event("alone", people="ORGANIZER:mailto:ada@seller.example\n"),
        event("theirs", people=GUESTS.replace("ada@seller", "ada@other")),
    ],
)
def test_private_lonely_and_foreign_events_are_not_kept(one):
    assert said(calendar(one)) == []


def test_a_meeting_with_excluded_domains_only_is_not_kept():
    assert said(calendar(event("a")), excluded=frozenset({"buyer.example"})) == []


def test_cancelled_is_told_as_deleted():
    assert said(calendar(event("a", more="STATUS:CANCELLED\n")))[0].changes == {"deleted": True}


@pytest.mark.parametrize(
    "raw",
    [b"", b"hello", b"<html>", b"\xff\xfe" * 100, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"],
)
def test_what_is_no_calendar_is_said(raw):
    with pytest.raises(Unreadable):
        read(raw)


@pytest.mark.parametrize(
    "bad",
    [
        "RRULE:FREQ=SECONDLY\n",
        "RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2,3\n",
        "RRULE:FREQ=SOMETIMES\n",
        "DURATION:whenever\n",
        "EXDATE:yesterday\n",
        "ATTENDEE:\n",
        "RRULE:FREQ=DAILY;COUNT=99999999\n",
    ],
)
def test_one_odd_event_keeps_no_other_out(bad):
    found, problems = read(calendar(event("odd", more=bad), event("good")))
    assert "good" in {each.title for each in found}
    assert len(found) <= 1001
    for problem in problems:
        assert problem.what == "odd"
        assert problem.why


def test_an_event_without_a_beginning_is_listed():
    _, problems = read(calendar("BEGIN:VEVENT\nUID:x\nSUMMARY:No start\nEND:VEVENT\n"))
    assert problems[0].what == "No start"


RULES = st.builds(
    "RRULE:FREQ={};INTERVAL={}{}\n".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.sampled_from(["", ";COUNT=30", ";UNTIL=20270131T000000Z", ";BYDAY=MO,TU"]),
)


@given(rule=RULES, skipped=st.sets(st.integers(0, 20), max_size=4), hour=st.integers(0, 23))
def test_a_series_has_each_meeting_once_at_the_same_local_time(rule, skipped, hour):
    start = datetime(2026, 9, 7, hour, 30)  # noqa: DTZ001  local time, its zone is named
    out = "".join(
        f"EXDATE;TZID=Europe/Berlin:{start + timedelta(days=7 * n):%Y%m%dT%H%M%S}\n"
        for n in skipped
    )
    one = event("s", more=rule + out).replace(
        "DTSTART:20261125T100000Z", f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}"
    )
    found, problems = read(calendar(one))
    assert problems == []
    begins = [each.begins for each in found]
    assert len(set(begins)) == len(begins)
    assert len({fact.key for fact in said(calendar(one))}) == len(begins)
    away = {(start + timedelta(days=7 * n)).replace(tzinfo=BERLIN).astimezone(UTC) for n in skipped}
    assert not away & set(begins)
    for moment in begins:
        assert NOW - PAST <= moment <= NOW + AHEAD
        local = moment.astimezone(BERLIN)
        # In the hour that is skipped in spring, local time moves on.
        assert (local.hour, local.minute) in {(hour, 30), ((hour + 1) % 24, 30)}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    for whole in (raw, b"BEGIN:VCALENDAR\r\n" + raw, calendar(event("a", more="X:1\n")) + raw):
        with contextlib.suppress(Unreadable):
            read(whole)

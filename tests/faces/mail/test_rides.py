"""Invitations to ride-alongs: what calendars get when one joins, when it moves, when it is off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.faces.mail.rides import start_changed
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.jobs.working import carry_waiting
from ridealong.lib import clock
from ridealong.lib.invitation import Invitation, is_ride, ride_uid, sequence, written
from ridealong.record import directory, pipeline
from ridealong.record.facts import Fact
from ridealong.record.states import Member
from ridealong.sources.base.connector import Ours
from ridealong.sources.calendar.reading import meetings
from ridealong.sources.calendar.telling import Rules
from ridealong.sources.calendar.telling import told as as_activity
from ridealong.sources.people import joining
from ridealong.views.coaching.riding import Ride, ride
from tests.record.telling import member, on, tell
from tests.support.smtp import Post
from tests.views.test_inspection import started, told

database = pytest.mark.django_db(transaction=True)
TITLE = "Board; terms, “final”"


def planned(days: float, **changes: Any) -> Fact:
    """State, now, that a meeting is in so many days; again: that it is then instead."""
    at = (clock.now() + timedelta(days=days)).replace(microsecond=0)
    said = {"kind": "meeting", "deal": "A", "member": "sam", "title": TITLE, "minutes": 45}
    return Fact("activity", "m", at, {**said, **changes}, "activity:m")


def lea() -> Member:
    return next(m for m in directory.members() if m.key == "lea")


def ahead() -> Ride:
    found = ride(pipeline.open(lea().id), "m")
    assert found is not None
    return found


def asked(letter: str = "ride", **more: Any) -> Run:
    about = {"activity": "m", "member": lea().id, "address": "https://ride.example/", **more}
    return posting.post(letter, about, subject=f"{letter}:{ahead().meeting.id}:{lea().id}")


def joined(post: Post) -> EmailMessage:
    """Let Lea join Sam's meeting and get the invitation."""
    told(started("A"), planned(4))
    joining.join(ahead().meeting, by=lea())
    asked()
    carry_waiting()
    return post.came[-1]


def event(mail: EmailMessage) -> Any:
    """Return the calendar's event; the part and the file are the same."""
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    (file,) = mail.iter_attachments()
    raw = part.get_content().encode()
    assert file.get_content().replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar["METHOD"] == part.get_param("method")
    return calendar.walk("VEVENT")[0]


@database
def test_who_joins_gets_an_invitation_that_calendars_take(post: Post):
    mail = joined(post)
    assert mail.get_content_type() == "multipart/mixed"
    alternatives = [part.get_content_type() for part in next(iter(mail.iter_parts())).iter_parts()]
    assert alternatives == ["text/plain", "text/html", "text/calendar"], "the last is the best"
    made = event(mail)
    at = ahead().meeting.at
    assert (made["DTSTART"].dt, made["DTEND"].dt) == (at, at + timedelta(minutes=45))
    assert b"DTSTART:" + at.strftime("%Y%m%dT%H%M%SZ").encode() in made.to_ical()
    assert made["SUMMARY"] == TITLE
    assert made["UID"] == ride_uid("m", "lea")
    assert made["ORGANIZER"] == "mailto:ride@seller.example", "whom the mail comes from"
    assert made["ATTENDEE"] == "mailto:lea@seller.example", "and nobody of the buyer's"
    assert made["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert mail["Subject"] == f"Ride-along: {TITLE}"


@database
def test_what_moved_what_was_left_and_what_is_off_is_told_by_itself_and_once(post: Post):
    first = event(joined(post))
    assert start_changed() == 0, "nothing changed since"
    tell([planned(6)])
    assert start_changed() == 1
    assert start_changed() == 0, "it is on its way"
    carry_waiting()
    moved = event(post.came[-1])
    assert (moved["UID"], moved["DTSTART"].dt) == (first["UID"], ahead().meeting.at)
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert post.came[-1]["Subject"] == f"Moved: {TITLE}"
    tell([planned(6, deleted=True)])
    assert start_changed() == 1
    carry_waiting()
    off = event(post.came[-1])
    assert (off["UID"], off["STATUS"]) == (first["UID"], "CANCELLED")
    assert off["SEQUENCE"] > moved["SEQUENCE"]
    parts = [each for each in post.came[-1].walk() if each.get_content_type() == "text/calendar"]
    assert [part.get_param("method") for part in parts] == ["CANCEL"]
    assert start_changed() == 0
    assert len(post.came) == 3


@database
def test_who_leaves_is_told_to_take_it_out_and_a_second_tap_only_says_it_again(post: Post):
    joined(post)
    asked()
    carry_waiting()
    assert [event(mail)["STATUS"] for mail in post.came] == ["CONFIRMED", "CONFIRMED"]
    joining.leave(ahead().meeting, by=lea())
    asked()
    carry_waiting()
    assert event(post.came[-1])["STATUS"] == "CANCELLED"
    assert post.came[-1]["Subject"] == f"Left: {TITLE}"
    run = asked()
    carry_waiting()
    run.refresh_from_db()
    assert "nothing to tell" in (run.report or {})["ended"]
    assert len(post.came) == 3


@database
def test_who_may_no_longer_see_the_deal_is_told_nothing_of_it_but_that_it_is_off(post: Post):
    joined(post)
    tell([replace(started("A", salesperson="bo", name="Secret turn"), at=clock.now(),
                  recorded_at=None, external_id="given away")])  # fmt: skip
    assert start_changed() == 1
    carry_waiting()
    assert event(post.came[-1])["STATUS"] == "CANCELLED"
    assert "Secret turn" not in str(post.came[-1])


@database
def test_an_invitation_that_was_refused_is_not_sent_again_by_itself_until_something_changes(
    post: Post,
):
    post.answers["RCPT"] = ["550 no"]
    told(started("A"), planned(4))
    joining.join(ahead().meeting, by=lea())
    asked()
    carry_waiting()
    assert start_changed() == 0
    tell([planned(5)])
    assert start_changed() == 1
    carry_waiting()
    assert [mail["Subject"] for mail in post.came] == [f"Ride-along: {TITLE}"]


@database
def test_the_salesperson_hears_of_it_without_an_invitation(post: Post):
    joined(post)
    sam = next(m.id for m in directory.members() if m.key == "sam")
    asked("ride_note", to=sam)
    carry_waiting()
    note = post.came[-1]
    assert (note["To"], note["Subject"]) == ("Sam <sam@seller.example>", f"Lea joins “{TITLE}”")
    assert "text/calendar" not in {part.get_content_type() for part in note.walk()}


@database
def test_a_leader_without_an_address_is_named_in_the_error(post: Post):
    told(started("A"), planned(4), replace(member("lea", email=None), at=on(-1), external_id="x"))
    joining.join(ahead().meeting, by=lea())
    run = asked()
    carry_waiting()
    run.refresh_from_db()
    assert (run.state, run.error) == (Run.State.FAILED, "Lea has no e-mail address.")


def entry(title: str) -> Invitation:
    return Invitation(
        uid=ride_uid("m", "lea"),
        sequence=sequence(on(0)),
        begins=on(3),
        minutes=30,
        title=title,
        text=title,
        address="https://ride.example/deals/1",
        organiser=("Ride, along", "ride@seller.example"),
        guest=("Lea “L”", "lea@seller.example"),
        stamp=on(0),
    )


@given(title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_any_title_comes_out_of_the_calendar_as_it_went_in(title: str):
    raw = written(entry(title), "REQUEST")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (read,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert read["SUMMARY"] == title


@given(st.datetimes(datetime(2026, 1, 1), datetime(2090, 1, 1)), st.integers(1, 10**7))  # noqa: DTZ001
def test_what_is_written_later_is_a_later_revision(moment: datetime, seconds: int):
    first = moment.replace(tzinfo=UTC)
    assert 0 <= sequence(first) < sequence(first + timedelta(seconds=seconds)) < 2**31


def test_calendars_that_are_read_leave_out_what_ridealong_put_there():
    assert is_ride(ride_uid("m", "lea"))
    domains, zone = frozenset({"seller.example"}), clock.UTC_ZONE
    ours = Ours(domains, {"lea@seller.example": "lea"}, currency="EUR", zone=zone)
    raw = written(entry("Board"), "REQUEST")
    ((_, ([read], _)),) = meetings(raw, around=on(3), zone=zone)
    assert as_activity(read, ours, Rules()) is None
    other = replace(read, uid="somebody@else")
    assert isinstance(as_activity(other, ours, Rules()), Fact)

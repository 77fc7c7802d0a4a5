"""Ride-alongs: which meetings are worth a leader's joining, why, and what clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.sources.people import joining
from ridealong.views.coaching.riding import Ride, Riding, ride, riding
from tests.record.telling import activity, deal, member, on, tell
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
NOW = 10


def numbers() -> dict[str, int]:
    return {m.key: m.id for m in pipeline.open(pipeline.EVERYTHING).members()}


def seen(by: str = "lea", day: float = NOW) -> Riding:
    return riding(pipeline.open(numbers()[by], on(day)))


def meeting(key: str, of: str, day: float = NOW + 3, **changes: Any) -> Fact:
    said = {"kind": "meeting", "deal": of, "member": "sam", "title": key, "minutes": 60}
    return activity(key, day, known=1, **{**said, **changes})


def contact(key: str, **changes: Any) -> Fact:
    return Fact("contact", key, on(-1), {"name": key.capitalize(), **changes}, f"c:{key}")


def one(found: Riding) -> Ride:
    (only,) = [*found.joined, *found.suggested, *found.others]
    return only


def kinds(ride: Ride) -> dict[str, str]:
    return {reason.kind: reason.words for reason in ride.reasons}


def test_the_first_meeting_with_who_has_the_money_comes_first_and_says_so():
    told(
        started("A", contacts={"anna": "economic_buyer", "ben": "champion"}),
        started("B", contacts={"cleo": "Economic Buyer"}),
        contact("anna"),
        contact("ben"),
        contact("cleo"),
        meeting("before", "B", 5, contacts=["cleo"]),
        meeting("board", "A", contacts=["anna", "ben"]),
        meeting("again", "B", contacts=["cleo"]),
    )
    found = seen()
    first = found.suggested[0]
    assert first.meeting.key == "board"
    assert first.why.startswith("The first meeting with Anna, the economic buyer;")
    assert {person.name for person in first.people} == {"Anna", "Ben"}
    others = {r.meeting.key: r for r in (*found.suggested, *found.others)}
    assert kinds(others["again"])["power"] == "Cleo, the economic buyer, is there"


def test_every_other_reason_is_named_with_its_figure():
    told(
        started("A", amount="480000"),
        started("B"),
        deal("A", 3, known=3, close_date="2026-02-20"),
        deal("A", 5, known=5, close_date="2026-02-25"),
        meeting("a", "A", 100),
        meeting("b", "B", 100),
        member("new", "lea"),
        activity(
            "1:1",
            60,
            kind="one_on_one",
            member="lea",
            members=["lea", "sam"],
            deals_discussed=["B"],
        ),
    )
    rides = {r.meeting.key: kinds(r) for r in (*seen(day=95).suggested, *seen(day=95).others)}
    assert rides["a"] == {
        "value": "€480,000 at stake",
        "close": "its close date, 25 Feb 2026, has passed",
        "pushed": "pushed 2 times",
        "stuck": "in Propose for 3 months",
        "untouched": "you have not spoken about it yet",
    }
    assert rides["b"]["untouched"] == "you last spoke about it 5 weeks ago"
    assert "value" not in rides["b"]


def test_who_began_less_than_three_months_ago_is_new_and_nobody_is_at_the_beginning():
    told(started("A"), meeting("a", "A", 100))
    assert "new" not in kinds(one(seen(day=95)))
    late = Fact("member", "zoe", on(90), {"name": "Zoe", "reports_to": "lea"}, "zoe")
    tell([late, started("Z", 91, salesperson="zoe"), meeting("z", "Z", 101, member="zoe")])
    found = seen(day=95)
    rides = {r.meeting.key: r for r in (*found.suggested, *found.others)}
    assert kinds(rides["z"])["new"] == "Zoe is new here"
    assert "new" not in kinds(rides["a"])


def test_only_meetings_of_open_deals_below_within_two_weeks_are_there():
    told(
        started("A"),
        started("W", status="won", stage="Won"),
        started("C", salesperson="bo"),
        started("L", salesperson="lea"),
        meeting("in", "A"),
        meeting("late", "A", NOW + 15),
        meeting("past", "A", NOW - 1),
        meeting("won", "W"),
        meeting("bo's", "C", member="bo"),
        meeting("own", "L", member="lea"),
    )
    assert one(seen()).meeting.key == "in"
    assert not [*seen("bo").suggested, *seen("bo").others], "one's own is none to ride along to"
    pipe = pipeline.open(numbers()["lea"], on(NOW))
    assert ride(pipe, "bo's") is None
    assert ride(pipe, "past") is None
    later = ride(pipe, "late")
    assert later is not None


def test_what_the_leader_takes_part_in_is_joined_and_what_is_then_clashes():
    told(
        started("A"),
        meeting("joined", "A", members=["sam", "lea"]),
        meeting("at once", "A", NOW + 3 + 0.5 / 24),
        meeting("after", "A", NOW + 3 + 1 / 24),
        activity("1:1", NOW + 3 + 1.5 / 24, known=1, kind="one_on_one", title="Sue",
                 member="lea", members=["lea", "sue"], minutes=60),
    )  # fmt: skip
    found = seen()
    assert [each.meeting.key for each in found.joined] == ["joined"]
    clashes = {
        r.meeting.key: [c.title for c in r.clashes] for r in (*found.suggested, *found.others)
    }
    assert clashes == {"at once": ["joined"], "after": ["Sue"]}
    assert not found.joined[0].clashes


def test_joining_twice_is_joining_once_and_leaving_lets_the_calendar_speak_again():
    told(started("A"), meeting("m", "A", 2000))
    found = numbers()
    lea = pipeline.open(found["lea"]).viewer
    tell([member("ona", role="owner")])
    ona = pipeline.open(numbers()["ona"]).viewer
    assert lea is not None
    assert ona is not None

    def ahead() -> Ride:
        read = ride(pipeline.open(found["lea"]), "m")
        assert read is not None
        return read

    at = ahead().meeting.at
    assert not ahead().joined
    joining.join(ahead().meeting, by=lea)
    joining.join(ahead().meeting, by=lea)
    assert ahead().meeting.members == tuple(sorted((found["lea"], found["sam"])))
    assert ahead().meeting.at == at, "what people say does not move it"
    assert joining.joined_by_hand(ahead().meeting, lea)
    joining.join(ahead().meeting, by=ona)
    joining.leave(ahead().meeting, by=lea)
    assert set(ahead().meeting.members) == {found["sam"], ona.id}, "others still take part"
    assert not joining.joined_by_hand(ahead().meeting, lea)
    joining.leave(ahead().meeting, by=ona)
    assert ahead().meeting.members == (found["sam"],)
    # The CRM moves it: the time is the CRM's, and who joins stays.
    joining.join(ahead().meeting, by=lea)
    tell([replace(meeting("m", "A", 2001), recorded_at=None)])
    assert ahead().meeting.at == at + timedelta(days=1)
    assert ahead().joined
    tell([replace(meeting("m", "A", 1999), recorded_at=None)])
    assert ahead().meeting.at == at - timedelta(days=1)
    assert ahead().joined

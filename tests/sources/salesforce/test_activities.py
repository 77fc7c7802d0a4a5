"""Salesforce: tasks, logged phone calls and e-mails, events, and who takes part in them."""

from __future__ import annotations

import pytest

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.sources.salesforce.connected import DEAL, at
from tests.sources.salesforce.organisation import key, stamp

EVENT = f"activity:{key('Event', 51)}"
TASK = f"activity:{key('Task', 51)}"


def event(connected, day: float = 1, **values):
    usual = {
        "Subject": "Demo",
        "WhatId": DEAL,
        "WhoId": key("Contact", 31),
        "OwnerId": key("User", 1),
        "ActivityDateTime": "2026-12-01T09:30:00.000+0000",
        "DurationInMinutes": 90,
        "Description": "Bring\x00 & show",
    }
    connected.org.put("Event", 51, day, **{**usual, **values})


def task(connected, day: float = 1, **values):
    usual = {"Subject": "Ask", "WhatId": DEAL, "OwnerId": key("User", 1), "IsClosed": False}
    connected.org.put("Task", 51, day, **{**usual, **values})


@pytest.mark.django_db
def test_an_event_is_a_meeting_with_everybody_in_it(connected):
    event(connected)
    for number, other in enumerate((key("Contact", 32), key("User", 2), DEAL)):
        connected.org.put("EventRelation", number, EventId=key("Event", 51), RelationId=other)
    connected.org.put(
        "EventRelation", 9, EventId=key("Event", 51), RelationId=key("Contact", 33), IsDeleted=True
    )
    connected.sync().kept()
    planned = pipeline.open(EVERYTHING).activities(at(2), limit=5)[0]
    assert (planned.title, planned.kind, planned.minutes) == ("Demo", "meeting", 90.0)
    assert planned.at.isoformat() == "2026-12-01T09:30:00+00:00"
    assert planned.text == "Bring & show"
    changes = connected.facts[EVENT].changes
    assert changes["contacts"] == [key("Contact", 31), key("Contact", 32)]
    assert (changes["member"], changes["members"]) == ("sam", [key("User", 2)])


@pytest.mark.parametrize("values", [{"IsDeleted": True}, {"IsPrivate": True}])
def test_what_is_deleted_or_private_goes(connected, values):
    event(connected)
    connected.sync()
    assert connected.facts[EVENT].changes["title"] == "Demo"
    event(connected, 2, **values)
    connected.sync()
    assert connected.facts[EVENT].changes == {"deleted": True}


@pytest.mark.parametrize("flag", ["IsRecurrence", "IsChild"])
def test_a_series_and_an_invitees_copy_are_not_told_beside_the_events(connected, flag):
    event(connected, **{flag: True})
    assert EVENT not in connected.sync().facts


def test_an_event_of_a_whole_day_begins_at_midnight_here(connected):
    event(connected, ActivityDateTime=None, ActivityDate="2026-12-01")
    assert connected.sync().facts[EVENT].changes["begins"] == "2026-12-01T00:00:00+01:00"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"TaskSubtype": "Call", "CallType": "Inbound", "CallDurationInSeconds": 90},
            {"kind": "phone_call", "direction": "in", "minutes": 1.5, "done": False},
        ),
        ({"TaskSubtype": "Email", "IsClosed": True}, {"kind": "email", "done": True}),
        ({"TaskSubtype": "Task"}, {"kind": "task", "direction": "", "minutes": None}),
        ({"ActivityDate": "2026-03-01"}, {"begins": "2026-03-01T00:00:00+01:00"}),
        # Done on the day that it names: to the minute. Entered later: on the day that it names.
        (
            {"ActivityDate": "2026-01-08", "CompletedDateTime": stamp(3)},
            {"begins": "2026-01-08T10:00:00+00:00"},
        ),
        (
            {"ActivityDate": "2026-01-05", "CompletedDateTime": stamp(3)},
            {"begins": "2026-01-05T00:00:00+01:00"},
        ),
        ({}, {"begins": "2026-01-06T10:00:00+00:00", "deal": DEAL}),
        ({"WhatId": key("Account", 21)}, {"deal": None, "company": key("Account", 21)}),
        ({"WhoId": "00Q000000000001AAA"}, {"contacts": None}),
    ],
)
def test_a_task_says_what_it_is(connected, values, told):
    task(connected, **values)
    changes = connected.sync().facts[TASK].changes
    assert {name: changes[name] for name in told} == told


def test_a_changed_owner_of_a_task_is_its_member(connected):
    task(connected)
    connected.sync()
    task(connected, 2, OwnerId=key("User", 3))
    assert connected.sync().facts[TASK].changes["member"] == key("User", 3)

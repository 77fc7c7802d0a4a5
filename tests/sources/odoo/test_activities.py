"""What was said, met and is to be done: kinds, directions, the next step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sources.odoo import company
from tests.sources.odoo.company import filled, message, todo
from tests.sources.odoo.connected import Connected, at
from tests.sources.odoo.fake import Server
from tests.support.web import served

NOTE = [2, "Note"]


@pytest.fixture(params=[19, 14])
def connected(request: pytest.FixtureRequest) -> Iterator[Connected]:
    server = filled(Server(request.param))
    with served(server) as address:
        yield Connected(server, address)


def said(connected: Connected, key: str) -> dict[str, Any]:
    return dict(connected.facts[key].changes)


@pytest.mark.parametrize(
    ("row", "kind", "direction"),
    [
        ({}, "email", "out"),
        ({"partner_ids": [6]}, "note", ""),
        ({"partner_ids": [], "notified_partner_ids": [31]}, "email", "out"),
        ({"subtype_id": NOTE}, "note", ""),
        ({"is_internal": True}, "note", ""),
        ({"author_id": [31, "Eva"], "partner_ids": []}, "email", "in"),
        ({"message_type": "email", "author_id": False, "email_from": "E <e@x.example>"},
         "email", "in"),
        ({"message_type": "notification", "mail_activity_type_id": [2, "Call"]}, "phone_call", ""),
        ({"message_type": "notification", "mail_activity_type_id": [1, "Email"]}, "email", "out"),
        ({"message_type": "notification", "mail_activity_type_id": [3, "Meeting"]}, "note", ""),
        ({"message_type": "notification", "mail_activity_type_id": [4, "To-Do"]}, "task", ""),
    ],
)  # fmt: skip
def test_a_message_is_what_it_is(connected, row, kind, direction):
    message(connected.server, 700, 1, 5, **row)
    told = said(connected.sync(), "message:700")
    assert (told["kind"], told["direction"], told["deal"]) == (kind, direction, "1")


def test_what_odoo_notes_by_itself_is_no_activity(connected):
    company.change(connected.server, 1, 5, user_id=company.LEA)
    message(connected.server, 700, 1, 5, message_type="user_notification")
    assert not any(name.startswith("message:") for name in connected.sync().facts)


def test_a_mail_has_its_people_and_words(connected):
    message(connected.server, 700, 1, 5, body="<p>Dear &amp; Eva</p><style>x</style>", subject="Hi")
    told = said(connected.sync(), "message:700")
    assert (told["member"], told["contacts"], told["title"]) == ("sam", ["31"], "Hi")
    assert "Dear & Eva" in told["text"]


def test_a_message_that_was_emptied_is_deleted(connected):
    message(connected.server, 700, 1, 5)
    connected.sync()
    message(connected.server, 700, 1, 5, body="", write_date="2026-02-01 00:00:00")
    assert said(connected.sync(), "message:700") == {"deleted": True}


def test_a_meeting_comes_and_goes(connected):
    meet = {
        "name": "Demo", "start": "2026-12-02 09:00:00", "duration": 1.5, "user_id": [2, "Sam"],
        "opportunity_id": [1, "Deal 1"], "partner_ids": [3, 31],
    }  # fmt: skip
    for number in (1, 2):
        connected.server.put("calendar.event", number, 5, **meet)
    connected.server.put("calendar.event", 3, 5, **{**meet, "privacy": "private"})
    connected.sync()
    told = said(connected, "meeting:1")
    assert (told["minutes"], told["begins"]) == (90.0, "2026-12-02T09:00:00+00:00")
    assert (told["members"], told["contacts"], told["deal"]) == (["sam"], ["31"], "1")
    assert "meeting:3" not in connected.facts
    del connected.server.tables["calendar.event"][2]
    connected.server.tables["calendar.event"][1].update(
        active=False, write_date="2026-02-01 00:00:00"
    )
    connected.sync()
    assert said(connected, "meeting:1") == {"deleted": True}
    gone = [f.key for f in connected.facts.values() if f.external_id.startswith("deleted:")]
    assert gone == ["meeting:2"]


@pytest.mark.django_db
def test_the_next_step_is_what_is_due_first(connected):
    todo(connected.server, 1, 1, 5, summary="Later", date_deadline="2026-03-01")
    todo(connected.server, 2, 1, 6, summary=False, activity_type_id=[2, "Call"])
    connected.sync().kept()
    assert (at(5.5).next_step, at(7).next_step) == ("", "Call")
    assert said(connected, "todo:2")["kind"] == "phone_call"


@pytest.mark.django_db
def test_what_is_done_makes_way_for_the_next(connected):
    todo(connected.server, 1, 1, 5, summary="Later", date_deadline="2026-03-01")
    todo(connected.server, 2, 1, 6, summary="First")
    connected.sync().kept()
    for number in (2, 1):
        if connected.server.version >= 19:
            connected.server.put(
                "mail.activity", number, 9, res_model="crm.lead", res_id=1, active=False
            )
        else:
            del connected.server.tables["mail.activity"][number]
        message(connected.server, 700 + number, 1, 9 + 1 / number)
        connected.sync().kept()
    assert (at(7).next_step, at(9.7).next_step, at(11).next_step) == ("First", "Later", "")
    gone = {f.key for f in connected.facts.values() if f.external_id.startswith("gone:")}
    assert gone == {"todo:1", "todo:2"}


@pytest.mark.django_db
def test_one_that_is_cancelled_without_a_trace_goes_too(connected):
    todo(connected.server, 1, 1, 5, summary="First")
    connected.sync().kept()
    del connected.server.tables["mail.activity"][1]
    connected.sync().kept()
    assert at(5.5).next_step == ""


def test_a_meeting_to_be_held_is_the_next_step_but_no_second_activity(connected):
    todo(connected.server, 1, 1, 5, summary="Demo", calendar_event_id=[7, "Demo"])
    connected.sync()
    assert "todo:1" not in connected.facts
    steps = [f.changes for name, f in connected.facts.items() if name.startswith("step:")]
    assert steps == [{"next_step": "Demo"}]

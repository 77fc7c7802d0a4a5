"""A talk and the meeting in the calendar that it is the record of are one conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.models import Activity
from ridealong.record.ranks import SourceName
from ridealong.sources import people, placing
from ridealong.views import inspection
from tests.connections.fake import AT
from tests.record.telling import member, stages, tell
from tests.sources.placing.test_placing import deal
from tests.support.database import rolled_back

pytestmark = pytest.mark.django_db
SAM, SUE = "sam@seller.example", "sue@seller.example"
EVA, TOM = "eva@brandt.example", "tom.kite@kite.example"


@pytest.fixture(autouse=True)
def company():
    tell(
        [
            *stages(Qualify="open", Won="won", Lost="lost"),
            member("sam"),
            member("sue"),
            *deal("harbour", "Harbour rollout", "Brandt Maritime", "brandt.example", EVA),
            *deal("audit", "Pipe audit", "Kite Pipes", "kite.example", TOM),
            *deal("sensors", "Sensor retrofit", "Kite Pipes", "kite.example", "ann@kite.example"),
        ]
    )


def invited(*addresses: str) -> list[dict[str, Any]]:
    return [{"email": e, "name": "", "answer": "accepted"} for e in addresses]


def meeting(*addresses: str, key: str = "meeting:1", minutes: float = 0.0) -> Fact:
    """State a meeting of Sam's of an hour, some minutes after the usual moment."""
    members = sorted(e.partition("@")[0] for e in addresses if "seller" in e)
    said = {
        "kind": "meeting" if any("seller" not in e for e in addresses) else "one_on_one",
        "title": "Harbour rollout: review",
        "minutes": 60.0,
        "begins": AT + timedelta(minutes=minutes),
        "member": members[0],
        "members": members,
        "people": invited(*addresses),
    }
    return Fact("activity", key, AT, said, key)


def talk(*others: dict[str, Any], key: str = "talk:1", kind: str = "phone_call") -> Fact:
    """State what a recorder heard, from three minutes after the meeting's beginning on."""
    ours = {"email": "", "name": "Sam", "ours": True, "seconds": 600.0, "share": 0.4}
    members = sorted({"sam", *(o["name"].lower() for o in others if o.get("ours"))})
    said = {
        "kind": kind,
        "title": "Recording",
        "text": "Sam: Shall we sign? Eva: In March.",
        "minutes": 55.0,
        "done": True,
        "begins": AT + timedelta(minutes=3),
        "member": "sam",
        "members": members,
        "people": [{**ours, "answer": "", "questions": 3}, *others],
    }
    return Fact("activity", key, AT, said, key)


def spoke(name: str, email: str = "", **more: Any) -> dict[str, Any]:
    return {"email": email, "name": name, "answer": "", "seconds": 900.0, "share": 0.6} | {
        "questions": 1,
        "ours": False,
        **more,
    }


def recorded(key: str = "talk:1") -> str:
    return Activity.objects.get(key=key, is_latest=True).recording_of


def brought(*facts: Fact) -> None:
    for fact in facts:
        kind = "transcript" if fact.key.startswith("talk") else "calendar"
        tell([fact], SourceName(kind, kind))
        placing.place_due()


@pytest.mark.parametrize("order", list(permutations(["meeting", "talk"])))
def test_whichever_comes_first_they_are_one(order):
    facts = {"meeting": meeting(SAM, EVA), "talk": talk(spoke("Eva"))}
    brought(*(facts[name] for name in order))
    assert recorded() == "meeting:1"
    story = inspection.story(pipeline.open(pipeline.EVERYTHING), "harbour")
    (entry,) = (e for e in story.story if e.activity)
    assert entry.activity is not None
    assert (entry.activity.kind, entry.activity.minutes) == ("meeting", 60.0)
    assert entry.talk is not None
    assert (entry.talk.ours.questions, entry.talk.buyers.questions) == (3, 1)
    assert (round(entry.talk.ours.share, 2), round(entry.talk.buyers.share, 2)) == (0.4, 0.6)
    assert "In March" in entry.talk.text


def test_a_one_on_one_has_its_record_and_stays_one():
    brought(meeting(SAM, SUE), talk(spoke("Sue", ours=True), kind="one_on_one"))
    assert recorded() == "meeting:1"
    row = Activity.objects.get(key="meeting:1", is_latest=True)
    assert (row.kind, row.minutes, row.members) == ("one_on_one", 60.0, ["sam", "sue"])


@pytest.mark.parametrize(
    ("at", "others"),
    [
        (0, [spoke("Tom Kite", TOM)]),
        (0, [spoke("Ann Other")]),
        (120, [spoke("Eva", EVA)]),
        (-90, [spoke("Eva", EVA)]),
    ],
)
def test_other_people_or_another_time_is_another_conversation(at, others):
    brought(meeting(SAM, EVA, minutes=at), talk(*others))
    assert recorded() == ""


def test_a_name_is_told_from_an_address():
    brought(meeting(SAM, TOM), talk(spoke("Tom Kite")))
    assert recorded() == "meeting:1"


def test_of_two_meetings_the_nearer_one_is_meant():
    brought(
        meeting(SAM, EVA, key="meeting:0", minutes=-30),
        meeting(SAM, EVA, key="meeting:1"),
        talk(spoke("Eva", EVA)),
    )
    assert recorded() == "meeting:1"


def test_the_record_waits_with_its_meeting_and_follows_where_that_is_placed():
    unclear = meeting(SAM, "info@kite.example")
    unclear = replace(unclear, changes={**unclear.changes, "title": "Hello"})
    brought(unclear, talk(spoke("Info", "info@kite.example")))
    pipe = pipeline.open(pipeline.EVERYTHING)
    assert [each.key for each in pipe.unplaced(10)] == ["meeting:1"]
    people.place("meeting:1", "audit", by=pipeline.member_with_email(SAM))
    placing.again_with("meeting:1")
    number = pipe.deal("audit").id
    assert set(Activity.objects.filter(is_latest=True).values_list("deal_id")) == {(number,)}
    people.unplace("meeting:1")
    placing.again_with("meeting:1")
    assert set(Activity.objects.filter(is_latest=True).values_list("deal_id")) == {(None,)}


def test_a_meeting_ahead_is_a_next_step_unless_the_buyer_has_declined_it():
    def without_next_step() -> set[str]:
        found = pipeline.open(pipeline.EVERYTHING, AT - timedelta(hours=1))
        criteria = pipeline.Criteria(no_next_step=True)
        return {each.key for each in found.open_deals(criteria)}

    planned = meeting(SAM, EVA)
    said = replace(planned, at=AT - timedelta(days=2), recorded_at=AT - timedelta(days=2))
    tell([said], SourceName("calendar", "calendar"))
    placed = Fact("activity", "meeting:1", AT, {"deal": "harbour"}, "p")
    tell([replace(placed, recorded_at=AT - timedelta(days=2))], placing.placing.SOURCE)
    assert "harbour" not in without_next_step()
    touch = pipeline.open(pipeline.EVERYTHING, AT - timedelta(hours=1))
    number = touch.deal("harbour").id
    assert touch.touches([number])[number].next_activity == AT
    no = replace(said, changes={**said.changes, "done": False})
    tell([replace(no, recorded_at=AT - timedelta(days=1))], SourceName("calendar", "calendar"))
    assert "harbour" in without_next_step()
    assert touch.touches([number])[number].next_activity is None


def test_told_in_any_order_at_once_or_one_by_one_it_is_the_same():
    facts = [meeting(SAM, EVA), talk(spoke("Eva", EVA)), meeting(SAM, TOM, key="meeting:2")]
    found = set()
    for order in permutations(facts):
        for at_once in (True, False):
            with rolled_back():
                if at_once:
                    tell(list(order), SourceName("both", "calendar"))
                    placing.place_due()
                else:
                    brought(*order)
                rows = Activity.objects.filter(is_latest=True).order_by("key")
                found.add(tuple(rows.values_list("key", "deal_id", "recording_of")))
    assert len(found) == 1

"""Cards of open deals: what the deal's own page says, of those in sight, and nothing private."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.sources.people import calling
from ridealong.sources.people.calling import Noted
from ridealong.sources.people.guiding import give
from ridealong.views import answering, inspection
from ridealong.views.answering import Card
from tests.record.telling import activity, deal, member, on, tell
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
NOW = on(40)
HEARD = "We will sign once legal has read it."


@pytest.fixture(autouse=True)
def then():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def numbers() -> dict[str, int]:
    """Sam and Sue report to Lea, Bo does not; each has an open deal, Sue also a closed one."""
    contact = {"name": "Ida Holm", "email": "ida@brandt.example", "title": "Buyer"}
    told(
        Fact("company", "brandt", on(0), {"name": "Brandt Maritime"}, "company:brandt"),
        Fact("contact", "ida", on(0), contact, "contact:ida"),
        started("A1", name="Harbour rollout", company="Brandt Maritime", contacts={"ida": ""}),
        started("B1", name="Pump audit", salesperson="sue", amount="500"),
        started("B2", name="Old audit", salesperson="sue"),
        started("C1", name="Sensor line", salesperson="bo"),
        deal("B2", 12, known=12, stage="Won", status="won"),
        deal(
            "A1", 20, known=20, amount="1400", close_date="2026-03-20", next_step="Send the draft"
        ),
        activity(
            "m1",
            38,
            kind="email",
            deal="A1",
            direction="in",
            title="The contract",
            text=HEARD,
            member="sam",
            contacts=["ida"],
        ),
        member("ona", role="owner"),
        member("adi", role="admin"),
    )
    return {m.key: m.id for m in pipeline.open(pipeline.EVERYTHING).members()}


def shape(viewer: int) -> dict[str, Any]:
    return answering.cards_shape(answering.cards(pipeline.open(viewer)))


def card(viewer: int, key: str) -> Card:
    found = answering.cards(pipeline.open(viewer)).cards
    return next(each for each in found if each.deal.key == key)


def section(one: Card, title: str) -> list[answering.Line]:
    return [line for each in one.sections if each.title == title for line in each.lines]


def test_a_card_says_what_the_deals_own_page_says(numbers):
    for key, number in numbers.items():
        pipe = pipeline.open(number)
        for each in answering.cards(pipe).cards:
            story = inspection.story(pipe, each.deal.key)
            assert each.lines == story.lines, key
            assert each.people == tuple(person.contact.name for person in story.people)


def test_what_stands_below_the_five_lines(numbers):
    one = card(numbers["lea"], "A1")
    [heard] = section(one, "Who said what last")
    assert (heard.words, heard.when, heard.more) == (
        "Ida Holm to Sam, mail “The contract”",
        "2 days ago",
        HEARD,
    )
    assert section(one, "Next")[0].words == "Send the draft"
    moved = section(one, "How it came here")
    assert moved[0].words == "Amount: €1,000 → €1,400; Close date: 10 Feb 2026 → 20 Mar 2026"
    assert moved[-1].words.startswith("It began.")
    assert section(one, "People") == [
        answering.Line(
            "Ida Holm, Buyer", "heard 2 days ago", "in touch once in 90 days, 1 from their side"
        )
    ]


def test_only_open_deals_in_sight(numbers):
    names = {key: {d["name"] for d in shape(n)["deals"]} for key, n in numbers.items()}
    assert names["lea"] == {"Harbour rollout", "Pump audit"}
    assert names["sam"] == {"Harbour rollout"}
    assert names["bo"] == {"Sensor line"}
    assert names["ona"] == {"Harbour rollout", "Pump audit", "Sensor line"}
    assert names["adi"] == set()


@pytest.mark.parametrize("kind", ["one_on_one", "meeting", "phone_call"])
def test_what_colleagues_said_among_each_other_is_not_in_it(numbers, kind):
    said: dict[str, Any] = {
        "kind": kind,
        "member": "lea",
        "members": ["sam"],
        "deal": "A1",
        "title": "Between us",
        "text": "Sam fears for his job",
        "deals_discussed": ["A1"],
    }
    tell([activity("t1", 39, **said)])
    for number in numbers.values():
        written = json.dumps(shape(number))
        assert "fears" not in written


def test_the_words_of_a_recorded_talk_are_not_in_it(numbers):
    people = [{"name": "Ida Holm", "seconds": 60, "share": 1.0}]
    said: dict[str, Any] = {"kind": "meeting", "deal": "A1", "contacts": ["ida"], "people": people}
    tell([activity("r1", 39, title="Terms", text="Ida: word for word", **said)])
    assert "Terms" in section(card(numbers["lea"], "A1"), "Who said what last")[0].words
    assert "word for word" not in json.dumps(shape(numbers["lea"]))


def test_guidance_that_is_open_is_what_is_being_done(numbers):
    pipe = pipeline.open(numbers["lea"])
    lea, sam = (next(m for m in pipe.members() if m.key == key) for key in ("lea", "sam"))
    due = (NOW + timedelta(2)).date()
    give(pipe.deal("A1"), by=lea, to=sam.key, text="Have legal read it", due=due)
    [line] = section(card(numbers["lea"], "A1"), "Noticed, and what is done about it")
    assert line.words == "Lea: Have legal read it"
    assert line.more.startswith("by ")


def test_most_deals_first_and_what_is_left_out_is_said(numbers):
    found = answering.cards(pipeline.open(numbers["ona"]), most=2)
    # The one that closes at once comes before the larger one that is far off.
    assert [each.deal.key for each in found.cards] == ["C1", "A1"]
    assert answering.cards_shape(found)["left_out"] == 1


def test_more_deals_take_no_more_queries(numbers):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            answering.cards(pipeline.open(numbers["ona"]))
        return len(counted)

    before = queries()
    tell([started(f"X{n}", 30, name=f"Line {n}") for n in range(20)])
    assert queries() == before


def noted(number: str, **more: Any) -> Noted:
    said = {"at": None, "kind": "question", "deal": "A1", "text": "Who signs?", "due": None}
    return Noted(id=number, **{**said, **more})


def test_a_note_is_kept_once_reworded_and_taken_back(numbers, then):
    lea = pipeline.open(numbers["lea"]).viewer
    assert lea

    def owed() -> list[str]:
        return [o.promised.text for o in answering.owing(pipeline.open(numbers["lea"]))]

    for _ in range(2):
        calling.note([noted("one", at=NOW - timedelta(hours=3))], by=lea)
        then.shift(timedelta(minutes=1))
    assert owed() == ["Who signs?"]
    [one] = answering.owing(pipeline.open(numbers["lea"]))
    assert one.promised.at == NOW - timedelta(hours=3)
    assert one.deal
    assert one.deal.key == "A1"
    calling.reword("one", "Who signs at Brandt?", by=lea)
    assert owed() == ["Who signs at Brandt?"]
    calling.take_back("one", by=lea)
    assert not owed()
    # What arrives only after it was taken back is not kept, nor reworded.
    calling.take_back("two", by=lea)
    calling.note([noted("one"), noted("two")], by=lea)
    calling.reword("two", "Still", by=lea)
    calling.reword("three", "Never made", by=lea)
    assert not owed()


def test_what_is_owed_stays_until_it_is_settled_and_can_be_opened_again(numbers, then):
    lea = pipeline.open(numbers["lea"]).viewer
    assert lea
    calling.note([noted("a", kind="promise", due=NOW.date()), noted("b", deal="")], by=lea)
    then.shift(timedelta(days=9))
    late, question = sorted(
        answering.owing(pipeline.open(numbers["lea"])), key=lambda o: not o.overdue
    )
    assert late.overdue
    assert question.deal is None
    calling.settle(late.promised.key, "kept", answer="Sent")
    then.shift(timedelta(minutes=1))
    first, last = answering.owing(pipeline.open(numbers["lea"]))
    assert (first.promised.state, last.promised.state) == ("open", "kept")
    assert not last.overdue
    then.shift(timedelta(days=8))
    assert len(answering.owing(pipeline.open(numbers["lea"]))) == 1
    # It is the leader's own: neither those above nor those below owe it.
    assert not answering.owing(pipeline.open(numbers["ona"]))
    assert not answering.owing(pipeline.open(numbers["sam"]))

"""Mails that wait for one of ours, with a draft; and one line to prepare a meeting with."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.views.coaching.preparing import preparations
from ridealong.views.coaching.replying import LONGEST, mailto, question_in, replies
from tests.record.telling import activity, member, on, tell
from tests.views.test_inspection import started, told


@given(
    st.emails(),
    st.text(max_size=200),
    st.text(max_size=4000),
)
def test_a_draft_is_short_enough_and_nothing_of_it_is_lost_on_the_way(email, subject, body):
    address = mailto(email, subject, body)
    assert len(address) <= LONGEST or not body
    parts = urlsplit(address)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == email
    asked = parse_qs(parts.query, keep_blank_values=True)
    assert asked["subject"] == [subject[:80]] if subject[:80] else True
    drafted = asked["body"][0].replace("\r\n", "\n")
    assert body.startswith(drafted) or body.replace("\r\n", "\n").startswith(drafted)


def test_a_question_is_found_and_what_is_quoted_is_not():
    text = "Thanks for the call. Could you send\nthe price list? We look forward.\n> And when?"
    assert question_in(text) == "Could you send the price list?"
    assert question_in("Hello Sam,\nwhen can you come?\nBest, Ann") == "when can you come?"
    assert question_in("> Is it quoted?\nNo question here.") == ""
    assert len(question_in("x" * 400 + "?")) <= 160


def contact(key: str, **changes: str) -> Fact:
    """State somebody of the buyer."""
    return Fact("contact", key, on(-1), changes, f"contact:{key}", recorded_at=on(-1))


@pytest.fixture
def sam(db: None) -> pipeline.Pipeline:
    """What Sam may see on day 40, a Saturday; Ann of Brandt has an address."""
    told(
        started("A1", name="Harbour rollout", company="Brandt Maritime"),
        contact("ann", name="Ann", email="ann@brandt.example"),
        member("sam", "lea"),
    )
    number = next(m.id for m in pipeline.open(pipeline.EVERYTHING).members() if m.key == "sam")
    return pipeline.open(number, on(40))


def mail(key: str, day: float, direction: str, text: str = "") -> Fact:
    """A mail of Ann's, or to her."""
    people = [{"email": "ann@brandt.example", "name": "Ann", "wrote": direction == "in"}]
    return activity(
        key,
        day,
        kind="email",
        deal="A1",
        direction=direction,
        title="Re: The offer",
        text=text,
        contacts=["ann"],
        people=people,
    )


def waiting(pipe: pipeline.Pipeline, at: float) -> list[tuple[str, str]]:
    """What waits then: kind and words."""
    then = pipe.moved(on(at))
    return [(each.kind, each.words) for each in replies(then, then.deals_numbered(_open(then)))]


def _open(pipe: pipeline.Pipeline) -> list[int]:
    return sorted(pipe.numbers_of_open(pipeline.Criteria()))


def test_what_the_buyer_wrote_last_is_to_be_answered_after_a_working_day(sam):
    # Day 39 is a Friday: the weekend does not count.
    tell([mail("m1", 32, "out"), mail("m2", 39, "in", "Can we move the date?")])
    assert waiting(sam, 40.5) == []
    assert waiting(sam, 42.1) == [("answer", "Ann asked on 13 Feb 2026: “Can we move the date?”")]
    tell([mail("m3", 42.2, "out", "Yes.")])
    assert waiting(sam, 42.3) == []


def test_what_we_wrote_last_is_brought_back_unless_a_meeting_is_planned(sam):
    tell([mail("m1", 30, "out")])
    assert waiting(sam, 36.9) == []
    said = "Your mail to Ann of 4 Feb 2026, “The offer”, has no answer"
    assert waiting(sam, 37.1) == [("remind", said)]
    tell([activity("v1", 45, known=37.2, kind="meeting", deal="A1", contacts=["ann"])])
    assert waiting(sam, 37.3) == []


def test_a_talk_after_the_mail_answers_it(sam):
    tell([mail("m1", 20, "in", "When?")])
    assert waiting(sam, 25)
    tell([activity("t1", 26, kind="phone_call", deal="A1", contacts=["ann"], done=True)])
    assert waiting(sam, 27) == []


def test_a_draft_names_whom_and_quotes_what_they_wrote(sam):
    tell([mail("m1", 20, "in", "Can you come?\nBest, Ann")])
    then = sam.moved(on(25))
    (reply,) = replies(then, then.deals_numbered(_open(then)))
    asked = parse_qs(urlsplit(reply.address).query)
    assert urlsplit(reply.address).path == "ann@brandt.example"
    assert asked["subject"] == ["Re: The offer"]
    body = asked["body"][0]
    assert body.startswith("Hello Ann,")
    assert "> Can you come?" in body
    assert "Sam" in body


def test_a_meeting_is_prepared_with_what_is_open(sam):
    then = sam.moved(on(25))
    (deal,) = then.deals_numbered(_open(then))
    assert preparations(then, [deal], []) == {}
    tell([mail("m1", 20, "in", "Who installs it?")])
    line = preparations(then, [deal], [])[deal.id]
    assert line.words == "They asked on 25 Jan 2026: “Who installs it?”"
    assert line.activity == "m1"
    tell([mail("m2", 21, "out", "We do.")])
    assert preparations(then, [deal], []) == {}

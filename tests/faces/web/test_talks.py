"""Conversations: entered in seconds, seen by who may, confirmed or said to be otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ridealong.faces.web.due import day_meant
from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.faces.web.browsing import signed_in
from tests.faces.web.leading import WORDS, employ, only_talk, talk, text, undo

pytestmark = pytest.mark.django_db


def a1() -> int:
    return pipeline.open(EVERYTHING).deal("A1").id


def test_a_conversation_is_kept_with_its_nature_in_equal_shares_and_undone(numbers):
    lea = signed_in(numbers["lea"])
    page = text(lea, "/talks/new?back=/pipeline")
    assert "Sam" in page
    assert ">Bo<" not in page, "somebody else's"
    entry = {
        "whom": [numbers["sam"]],
        "nature": ["deal_coaching", "status_check"],
        "deal": [a1()],
        "line": "Where Harbour stands",
        "back": "/pipeline",
    }
    answer = lea.post("/talks/new", entry)
    assert answer.headers["Location"] == "/pipeline"
    kept = only_talk()
    assert kept.nature == {"deal_coaching": 0.5, "status_check": 0.5}
    assert (kept.talk, kept.deals, kept.title) == ("deal_review", (a1(),), "Where Harbour stands")
    assert set(kept.members) == {numbers["lea"], numbers["sam"]}
    assert clock.now() - kept.at < timedelta(minutes=1)
    undo(lea, text(lea, "/pipeline"))
    assert pipeline.open(EVERYTHING).leading.talks() == []


def test_a_deal_that_was_only_written_is_found_where_one_is_called_so(numbers):
    lea = signed_in(numbers["lea"])
    entry = {"whom": [numbers["sam"]], "nature": ["personal"], "about": "harb"}
    assert "Harbour rollout" in text(lea, f"/talks/choosing?whom={numbers['sam']}&about=harb")
    assert "Sensor" not in text(lea, f"/talks/choosing?whom={numbers['bo']}&about=sensor")
    lea.post("/talks/new", {**entry, "about": "nothing like it"})
    assert pipeline.open(EVERYTHING).leading.talks() == []
    lea.post("/talks/new", entry)
    assert only_talk().deals == (a1(),)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"whom": []}, "With whom?"),
        ({"nature": []}, "One tap"),
        ({"when": "other", "at": "soon"}, "When was it?"),
        ({"when": "other", "at": "2099-01-01T10:00"}, "still to come"),
        ({"guidance": "Meet the board"}, "Which deal"),
        ({"minutes": "-3"}, "greater than or equal to 1"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(numbers, wrong, said):
    lea = signed_in(numbers["lea"])
    entry = {"whom": [numbers["sam"]], "nature": ["personal"], **wrong}
    page = lea.post("/talks/new", entry).content.decode()
    assert said in page
    assert pipeline.open(EVERYTHING).leading.talks() == []


def test_of_somebody_elses_people_nothing_is_kept(numbers):
    lea = signed_in(numbers["lea"])
    entry = {"whom": [numbers["bo"]], "nature": ["personal"]}
    assert "Select a valid choice" in lea.post("/talks/new", entry).content.decode()
    assert pipeline.open(EVERYTHING).leading.talks() == []


def test_a_salesperson_logs_one_with_their_leader_and_an_admin_has_none_to_log(numbers):
    sam = signed_in(numbers["sam"])
    assert "Lea" in text(sam, "/talks/new")
    sam.post("/talks/new", {"whom": [numbers["lea"]], "nature": ["help_request"]})
    assert only_talk().said_by == "sam"
    assert "Nobody to speak of" in text(signed_in(numbers["adi"]), "/talks/new")


def test_what_the_calendar_knows_is_said_of_once_not_recorded_twice(numbers):
    talk("cal", hours=1)
    lea = signed_in(numbers["lea"])
    assert "It is this one" in text(lea, f"/talks/choosing?whom={numbers['sam']}")
    entry = {"whom": [numbers["sam"]], "nature": ["recognition"], "line": "Well done"}
    asked = lea.post("/talks/new", entry).content.decode()
    assert "on record already" in asked
    lea.post("/talks/new", {**entry, "same": "cal"})
    kept = only_talk()
    assert (kept.key, kept.said_by, kept.title) == ("cal", "lea", "Well done")
    assert kept.nature == {"recognition": 1}
    assert kept.deals == (a1(),), "what was heard of its deals stays"
    undo(lea, text(lea, "/pipeline"))
    kept = only_talk()
    assert (kept.said_by, kept.title) == ("", "Weekly with Sam")
    lea.post("/talks/new", {**entry, "same": "another"})
    assert len(pipeline.open(EVERYTHING).leading.talks()) == 2


def test_guidance_is_given_in_the_same_form_and_goes_with_it(numbers):
    lea = signed_in(numbers["lea"])
    entry = {
        "whom": [numbers["sam"]],
        "nature": ["deal_coaching"],
        "deal": [a1()],
        "guidance": "Meet the CFO before the offer.",
        "guidance_due": "in 2 weeks",
    }
    lea.post("/talks/new", entry)
    given = pipeline.open(numbers["sam"]).leading.guidance()[0]
    assert given.activity == only_talk().key
    assert given.due == (clock.now() + timedelta(days=14)).date()
    assert "Meet the CFO" in text(signed_in(numbers["sam"]), f"/talks/{only_talk().key}")
    undo(lea, text(lea, "/pipeline"))
    assert pipeline.open(EVERYTHING).leading.guidance() == []
    assert pipeline.open(EVERYTHING).leading.talks() == []


def test_a_talk_says_why_to_those_in_it_and_leaves_its_words_out_for_those_above(numbers):
    employ("lea", "ona", "leader")
    talk("t1")
    for who in ("lea", "sam"):
        page = text(signed_in(numbers[who]), "/talks/t1")
        assert WORDS in page
        assert "81% sure" in page
        assert "“Harbour”" in page
    page = text(signed_in(numbers["ona"]), "/talks/t1")
    assert "Deal coaching" in page
    assert WORDS not in page
    assert "“Harbour”" not in page
    for who in ("sue", "bo", "adi"):
        assert signed_in(numbers[who]).get("/talks/t1").status_code == 404


def test_those_who_took_part_confirm_and_nobody_else(numbers):
    talk("t1")
    sam = signed_in(numbers["sam"])
    assert "Weekly with Sam" in text(sam, "/confirm")
    sam.post("/talks/say", {"talk": "t1", "doing": "confirm", "back": "/confirm"})
    assert only_talk().confirmed_by == ("sam",)
    page = text(sam, "/confirm")
    assert "Weekly with Sam" not in page
    assert "Confirmed by Sam" in text(signed_in(numbers["lea"]), "/talks/t1")
    undo(sam, page)
    assert only_talk().confirmed_by == ()
    for who in ("ona", "sue", "adi"):
        said = signed_in(numbers[who]).post("/talks/say", {"talk": "t1", "doing": "confirm"})
        assert said.status_code == 404


def test_how_it_was_is_said_in_taps_and_deals_of_others_stay(numbers):
    talk("t1", members=["sam", "sue"], kind="meeting", deals_discussed=["A1", "B1"])
    sam = signed_in(numbers["sam"])
    how = {"talk": "t1", "doing": "how", "nature": ["personal"], "kind": "team", "deal": []}
    sam.post("/talks/say", how)
    said = only_talk()
    assert (said.nature, said.talk, said.said_by) == ({"personal": 1}, "team", "sam")
    b1 = pipeline.open(EVERYTHING).deal("B1").id
    assert said.deals == (b1,), "Sue's deal is not Sam's to take out"
    undo(sam, text(sam, "/talks/t1"))
    assert only_talk().nature == {"deal_coaching": 0.7, "status_check": 0.3}
    sam.post("/talks/say", {**how, "nature": ["deal_coaching", "status_check"]})
    assert only_talk().nature["deal_coaching"] == pytest.approx(0.7), "shares that stand stay"


@pytest.mark.parametrize("who", ["lea", "sam"])
def test_a_nature_is_corrected_by_one_tap_and_undone(numbers, who):
    talk("t1")
    client = signed_in(numbers[who])
    for page, rather in (("/talks/t1", "call_preparation"), ("/confirm", "pipeline_review")):
        assert f'name="rather" value="{rather}"' in text(client, page)
        client.post("/talks/say", {"talk": "t1", "rather": rather, "back": page})
        said = only_talk()
        assert (said.nature, said.said_by, said.deals) == ({rather: 1}, who, (a1(),))
        assert said.talk == "one_on_one", "only the nature was corrected"
        undo(client, text(client, "/pipeline"))
        assert only_talk().nature == {"deal_coaching": 0.7, "status_check": 0.3}
    others = {"talk": "t1", "rather": "call_preparation"}
    assert signed_in(numbers["sue"]).post("/talks/say", others).status_code == 404
    assert client.post("/talks/say", {"talk": "t1", "rather": "gossip"}).status_code == 404


def test_what_was_logged_is_taken_back_by_who_logged_it_only(numbers):
    lea, sam = signed_in(numbers["lea"]), signed_in(numbers["sam"])
    lea.post("/talks/new", {"whom": [numbers["sam"]], "nature": ["personal"]})
    key = only_talk().key
    gone = {"talk": key, "doing": "take back"}
    assert sam.post("/talks/say", gone).status_code == 404
    lea.post("/talks/say", gone)
    assert pipeline.open(EVERYTHING).leading.talks() == []
    undo(lea, text(lea, "/pipeline"))
    assert only_talk().key == key


def test_undo_is_ones_own_and_not_made_up(numbers):
    lea, sam = signed_in(numbers["lea"]), signed_in(numbers["sam"])
    lea.post("/talks/new", {"whom": [numbers["sam"]], "nature": ["personal"]})
    token = lea.session["undo"]["token"]
    assert sam.post("/undo", {"token": token}).status_code == 404
    assert lea.post("/undo", {"token": token[:-2] + "xx"}).status_code == 404
    away = lea.post("/undo", {"token": token, "back": "//evil.example/"})
    assert away.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("", None),
        ("fri", "2026-11-27"),
        ("by Friday", "2026-11-27"),
        ("tomorrow", "2026-11-26"),
        ("in 2 weeks", "2026-12-09"),
        ("14 Dec", "2026-12-14"),
        ("next monday", "2026-11-30"),
        ("2027-01-15", "2027-01-15"),
        ("morgen", "2026-11-26"),
        ("3 Jan", "2027-01-03"),
    ],
)
def test_days_as_people_write_them(words, day):
    found = day_meant(words, datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Berlin")))
    assert str(found) == str(day)


@pytest.mark.parametrize("words", ["some time", "yesterday", "2020-01-01", "12.5.2099"])
def test_days_that_are_none_or_past_are_named(words):
    with pytest.raises(ValueError, match=words):
        day_meant(words, datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Berlin")))

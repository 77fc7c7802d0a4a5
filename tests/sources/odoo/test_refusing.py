"""What an Odoo or its user does not have, what it refuses, odd values, and writing back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Differs, Edit
from ridealong.sources.odoo.connector import Connector
from ridealong.sources.odoo.following import packed, unpacked
from tests.sources.odoo import company
from tests.sources.odoo.company import filled, lead, todo
from tests.sources.odoo.connected import OURS, Connected, at
from tests.sources.odoo.fake import KEY, Server
from tests.support.web import served


@pytest.fixture(params=[19, 14])
def connected(request: pytest.FixtureRequest) -> Iterator[Connected]:
    server = filled(Server(request.param))
    with served(server) as address:
        yield Connected(server, address)


def status(number: int, **headers: str) -> Response:
    return Response("{}", number, headers, mimetype="application/json")


def slow(seconds: str) -> Response:
    return status(429, **{"Retry-After": seconds})


@pytest.mark.django_db
def test_without_the_right_to_the_history_what_the_row_says_of_its_past_is_kept(connected):
    company.change(connected.server, 2, 7, stage_id=company.PROPOSED)
    connected.server.tables["crm.lead"][2]["date_last_stage_update"] = "2026-01-12 10:00:00"
    company.lost(connected.server, 1, 20)
    connected.server.refused = {"mail.tracking.value", "ir.model.fields"}
    connected.sync().kept()
    assert (at(19).status, at(21).status) == ("open", "lost")
    assert (at(5, "2").stage, at(8, "2").stage) == ("", "Proposition")
    assert connected.problems[0][0] == "The kept history of opportunities"
    assert "You are not allowed to access" in connected.problems[0][1]


@pytest.mark.parametrize(
    "model",
    ["calendar.event", "mail.activity", "mail.message", "res.partner", "crm.team",
     "mail.activity.type", "mail.message.subtype"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["missing", "refused"])
def test_without_a_model_the_rest_goes_on_and_that_is_listed(connected, model, how):
    setattr(connected.server, how, {model})
    connected.sync()
    assert "begin:1" in connected.facts
    assert len(connected.problems) == 1
    assert model in connected.problems[0][1]


@pytest.mark.parametrize("how", ["missing", "refused"])
def test_without_the_crm_there_is_nothing_to_read(connected, how):
    setattr(connected.server, how, {"crm.lead"})
    with pytest.raises(Refused, match=r"crm\.lead"):
        connected.sync()
    with pytest.raises(Refused, match=r"crm\.lead"):
        Connector().check(connected.access, OURS)


@pytest.mark.parametrize(
    ("field", "ours"),
    [("date_deadline", "close_date"), ("expected_revenue", "amount"), ("user_id", "salesperson"),
     ("partner_id", "company"), ("company_currency", "currency")],
)  # fmt: skip
def test_a_field_that_is_not_there_is_left_out_and_listed(connected, field, ours):
    connected.server.lacking = {f"crm.lead.{field}"}
    connected.sync()
    assert ours not in connected.facts["begin:1"].changes
    deal = next(f for name, f in connected.facts.items() if name.startswith("deal:1:"))
    assert ours not in deal.changes
    listed = (f"crm.lead {field}", "This Odoo has no such field, or not for this user.")
    assert connected.problems == [listed]


def test_odd_rows_are_listed_and_the_others_come(connected):
    rows = connected.server.tables["crm.lead"]
    rows[2]["create_date"] = "soon"
    rows[3]["date_deadline"] = "2026-02-31"
    lead(connected.server, 4, expected_revenue=-5.5, name="x" * 300 + "\x00")
    connected.sync()
    assert {what for what, _ in connected.problems} == {"opportunities 2", "opportunities 3"}
    assert connected.facts["begin:4"].changes["amount"] == "-5.5"
    deal = next(f for name, f in connected.facts.items() if name.startswith("deal:4:"))
    assert len(deal.changes["name"]) == 255


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ([slow("120")], TryAgain, "120 seconds"),
        ([status(503)] * 6, TryAgain, "503 again and again"),
        ([Response("<html>")], TryAgain, "not JSON"),
        ([status(404)], Refused, "There is no Odoo"),
    ],
)
def test_each_trouble_says_what_to_do_and_no_secret(connected, answers, error, words):
    connected.server.fail = list(answers)
    with pytest.raises(error, match=words) as caught:
        connected.sync()
    assert KEY not in str(caught.value) + repr(connected.access)


def test_it_goes_on_after_a_short_wait(connected):
    connected.server.fail = [slow("0"), status(502)]
    assert connected.sync().facts


def test_signing_in_is_refused_clearly(connected):
    for settings, words in (
        ({"password": "wrong"}, "anew|does not know"),
        ({"database": "nope"}, "no database 'nope'"),
        ({"url": "acme"}, "https://"),
        ({"url": "https://user:pw@acme.example"}, "https://"),
    ):
        with pytest.raises(Refused, match=words):
            Connector().check(connected.reached(**settings), OURS)


def test_the_check_counts(connected):
    said = Connector().check(connected.access, OURS)
    version = {19: "19.0", 14: "14.0"}[connected.server.version]
    assert said == (
        f"Odoo {version}: 2 users, 3 stages, 3 opportunities; with their kept history; who leads "
        "whom by employees' managers."
    )


@given(st.dictionaries(st.integers(1, 10**7), st.integers(0, 50), max_size=60))
def test_what_was_there_is_remembered_in_few_letters(there):
    assert unpacked(packed(there)) == there


def write(connected: Connected, name: str, value: str | None, before: str | None, **more: Any):
    Connector().write(connected.access, Edit("1", name, value, before), **more)


def test_a_field_is_written_where_nobody_changed_it_meanwhile(connected):
    row = connected.server.tables["crm.lead"][1]
    write(connected, "close_date", "2027-01-15", "2026-12-31")
    write(connected, "stage", "3", "1")
    assert (row["date_deadline"], row["stage_id"][0]) == ("2027-01-15", 3)
    write(connected, "stage", "3", "1")
    write(connected, "close_date", None, "2027-01-15")
    assert row["date_deadline"] is False


def test_what_was_changed_meanwhile_is_shown_and_written_only_anyway(connected):
    company.change(connected.server, 1, 40, date_deadline="2027-03-31")
    todo(connected.server, 1, 1, 5, summary="Call her")
    for name, value, before, current in (
        ("close_date", "2027-01-15", "2026-12-31", "2027-03-31"),
        ("stage", "4", "3", "1"),
        ("next_step", "Send it", None, "Call her"),
    ):
        with pytest.raises(Differs) as caught:
            write(connected, name, value, before)
        assert caught.value.current == current
    write(connected, "close_date", "2027-01-15", "2026-12-31", anyway=True)
    assert connected.server.tables["crm.lead"][1]["date_deadline"] == "2027-01-15"


def test_odoos_no_comes_in_its_own_words(connected):
    with pytest.raises(Refused, match="Record does not exist or has been deleted"):
        write(connected, "stage", "99", "1")
    with pytest.raises(Refused, match="always has one of its stages"):
        write(connected, "stage", None, "1")
    connected.server.says_no = "Fill in the budget before you move on."
    for name, value, before in (("stage", "3", "1"), ("note", "x", None), ("next_step", "x", None)):
        with pytest.raises(Refused, match=r"^Fill in the budget before you move on\.$"):
            write(connected, name, value, before)
    del connected.server.tables["crm.lead"][1]
    with pytest.raises(Refused, match="no such opportunity"):
        write(connected, "note", "x", None)


def test_a_change_is_not_sent_twice(connected):
    connected.server.drops = {"message_post"}
    with pytest.raises(TryAgain):
        write(connected, "note", "once", None)
    assert len(connected.server.tables["mail.message"]) == 1


def test_a_next_step_is_what_is_to_be_done(connected):
    write(connected, "next_step", "Send the <b>contract</b>", None)
    (row,) = connected.server.tables["mail.activity"].values()
    assert (row["summary"], row["res_id"]) == ("Send the <b>contract</b>", 1)
    write(connected, "next_step", "Ring her", "Send the <b>contract</b>")
    assert row["summary"] == "Ring her"
    with pytest.raises(Refused, match="marked as done"):
        write(connected, "next_step", None, "Ring her")


def test_a_note_is_text_that_colleagues_see(connected):
    write(connected, "note", "Eva <b>is</b> keen\nvery", None)
    (row,) = connected.server.tables["mail.message"].values()
    assert row["body"] == "Eva &lt;b&gt;is&lt;/b&gt; keen<br>very"
    assert row["subtype_id"] == [2, "Note"]

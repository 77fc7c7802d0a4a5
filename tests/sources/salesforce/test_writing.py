"""Salesforce: writing back, and its own words where it will not."""

from __future__ import annotations

import pytest

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Differs, Edit
from ridealong.sources.salesforce.connector import Connector
from tests.sources.salesforce.connected import DEAL
from tests.sources.salesforce.fake import refused


@pytest.fixture
def row(connected):
    return connected.org.rows["Opportunity"][DEAL]


def changed(connected) -> int:
    return sum(each.startswith("PATCH") for each in connected.org.asked)


def test_a_field_is_written_where_nobody_changed_it_meanwhile(connected, row):
    connected.write("close_date", "2027-01-15", "2026-12-31")
    connected.write("stage", "Negotiation", "Prospecting")
    connected.write("next_step", "Send the contract", None)
    assert (row["CloseDate"], row["StageName"], row["NextStep"]) == (
        "2027-01-15",
        "Negotiation",
        "Send the contract",
    )
    connected.write("next_step", None, "Send the contract")
    assert row["NextStep"] is None


def test_what_is_there_already_is_not_written_again(connected):
    connected.write("stage", "Prospecting", "Negotiation")
    assert changed(connected) == 0


def test_a_stage_of_a_second_organisation_is_written_by_its_own_name(connected, row):
    connected.prefix = "branch:"
    connected.write("stage", "branch:Negotiation", "branch:Prospecting")
    assert row["StageName"] == "Negotiation"


def test_what_was_changed_meanwhile_is_shown_and_written_only_anyway(connected, row):
    connected.org.deal(1, 40, CloseDate="2027-03-31")
    with pytest.raises(Differs) as caught:
        connected.write("close_date", "2027-01-15", "2026-12-31")
    assert caught.value.current == "2027-03-31"
    assert row["CloseDate"] == "2027-03-31"
    connected.write("close_date", "2027-01-15", "2026-12-31", anyway=True)
    assert row["CloseDate"] == "2027-01-15"


def test_salesforces_no_comes_in_its_own_words(connected, row):
    with pytest.raises(Refused, match="bad value for restricted picklist field: Nowhere"):
        connected.write("stage", "Nowhere", "Prospecting")
    with pytest.raises(Refused, match=r"Required fields are missing: \[CloseDate\]"):
        connected.write("close_date", None, "2026-12-31")
    connected.org.rule = "A negotiation needs a signed NDA."
    with pytest.raises(Refused, match="A negotiation needs a signed NDA"):
        connected.write("stage", "Negotiation", "Prospecting")
    assert row["StageName"] == "Prospecting"


def test_a_next_step_that_is_too_long_is_not_cut(connected, row):
    with pytest.raises(Refused, match="at most 255 characters"):
        connected.write("next_step", "x" * 256, None)
    assert row["NextStep"] is None


def test_a_change_is_sent_once_and_compared_before_it_is_sent_again(connected, row):
    connected.write("close_date", "2027-01-15", "2026-12-31")
    connected.org.asked.clear()
    original = connected.org._changed
    connected.org._changed = lambda *each: (original(*each), refused(503, "X", "late"))[1]
    with pytest.raises(TryAgain, match="late"):
        connected.write("close_date", "2027-02-15", "2027-01-15")
    assert (changed(connected), row["CloseDate"]) == (1, "2027-02-15")
    connected.write("close_date", "2027-02-15", "2027-01-15")
    assert changed(connected) == 1


def test_a_note_is_added_once(connected):
    connected.write("note", "\nEva <b>is</b> keen " + "x" * 100 + "\nvery", None)
    connected.write("note", "\nEva <b>is</b> keen " + "x" * 100 + "\nvery", None)
    (note,) = connected.org.rows["Note"].values()
    assert note["ParentId"] == DEAL
    assert note["Body"].startswith("\nEva <b>is</b> keen")
    assert note["Title"] == ("Eva <b>is</b> keen " + "x" * 100)[:80]


def test_an_opportunity_that_is_gone_or_another_services_is_refused(connected):
    connected.org.delete("Opportunity", 1, 30)
    with pytest.raises(Refused, match="not there any more"):
        connected.write("stage", "Negotiation", "Prospecting")
    with pytest.raises(Refused, match="not one of Salesforce's"):
        Connector().write(connected.access, Edit("x' OR Id != '", "stage", "Negotiation", None))


def test_a_field_that_the_user_may_not_see_is_refused(connected):
    connected.org.schema["Opportunity"].remove("NextStep")
    with pytest.raises(Refused, match="NextStep"):
        connected.write("next_step", "Call", None)

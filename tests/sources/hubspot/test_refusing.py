"""What HubSpot refuses: limits, expired tokens, missing rights and properties, odd values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from werkzeug import Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access
from ridealong.sources.hubspot import asking
from ridealong.sources.hubspot.connector import Connector
from tests.sources.hubspot.answers import refused, too_much
from tests.sources.hubspot.connected import APP, OURS, TOKEN, Connected, connected_to, deal, small


@pytest.fixture
def connected() -> Iterator[Connected]:
    with connected_to(small()) as found:
        yield found


def standing(connected: Connected, key: str) -> Fact:
    """The last thing told of a deal."""
    return next(f for name, f in connected.facts.items() if name.startswith(f"deal:{key}:"))


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ([refused(401, "expired", "EXPIRED_AUTHENTICATION")], Refused, "enter it anew"),
        ([refused(500, "oops", "INTERNAL_ERROR")], TryAgain, "500 again and again"),
        ([too_much("TEN_SECONDLY_ROLLING")], TryAgain, "429 again and again"),
        ([Response("<html>")], TryAgain, "not JSON"),
    ],
)
def test_each_refusal_says_what_to_do_and_no_secret(connected, answers, error, words):
    connected.fake.fail = list(answers)
    with pytest.raises(error, match=words) as caught:
        connected.sync()
    assert "s3cret" not in str(caught.value) + repr(connected.access)


def test_when_the_daily_limit_is_reached_it_comes_back_in_an_hour(connected):
    connected.fake.fail = [too_much("DAILY")]
    with pytest.raises(TryAgain, match="daily limit") as caught:
        connected.sync()
    assert caught.value.after == timedelta(hours=1)


def test_it_goes_on_after_a_short_wait_with_what_it_got_or_searched(connected):
    with mock.patch.object(asking, "ATTEMPTS", 1):
        for path in ("/crm/v3/owners", "/crm/v3/objects/companies/search"):
            connected.fake.busy_once = {path}
            connected.fake.asked.clear()
            assert connected.sync().facts
            assert connected.fake.asked.count(path) >= 2


def test_an_expired_token_is_renewed_and_kept(connected):
    connected.settings = {**APP, "token": "s3cret-old"}
    connected.sync()
    assert connected.settings["token"] == "s3cret-token-new"
    assert "begin:1" in connected.facts
    connected.settings = {**APP, "token": ""}
    assert Connector().check(connected.access, OURS).startswith("3 deals")


def test_a_refresh_token_that_is_no_longer_good_is_said(connected):
    connected.settings = {**APP, "refresh_token": "s3cret-gone"}
    with pytest.raises(Refused, match="missing or invalid refresh token") as caught:
        connected.sync()
    assert "s3cret" not in str(caught.value)


def test_something_to_sign_in_with_is_needed():
    with pytest.raises(Refused, match="client ID, client secret and refresh token"):
        Connector().check(Access({"token": "", "client_id": "app"}), OURS)


@pytest.mark.parametrize("what", ["owners", "companies", "contacts", "emails", "meetings"])
def test_what_the_app_may_not_see_is_listed_and_the_rest_goes_on(connected, what):
    connected.fake.lacks = {what: f"crm.objects.{what}.read"}
    connected.sync()
    listed = dict(connected.problems)
    assert f"Missing: crm.objects.{what}.read." in listed[what]
    assert set(listed) <= {what, f"deleted {what}"}
    assert standing(connected, "1").changes["name"] == "Deal 1"


def test_what_may_not_be_seen_of_a_merged_deal_holds_nothing_up(connected):
    connected.portal.merge(1, 2, into=50, day=30)
    connected.fake.lacks = {"meetings": "crm.objects.meetings.read"}
    connected.sync()
    assert standing(connected, "50").changes["name"] == "Deal 1"
    assert {what for what, _ in connected.problems} == {"meetings", "deleted meetings"}


def test_without_deals_the_rest_is_there_and_the_check_refuses(connected):
    connected.fake.lacks = {"deals": "crm.objects.deals.read"}
    connected.sync()
    assert "company:21" in connected.facts
    assert {"deals", "deleted deals"} == {what for what, _ in connected.problems}
    with pytest.raises(Refused, match=r"crm\.objects\.deals\.read"):
        Connector().check(connected.access, OURS)


def test_a_property_that_the_account_lacks_is_listed_and_the_rest_is_read(connected):
    connected.portal.properties["deals"] -= {"hs_next_step", "hs_manual_forecast_category"}
    connected.portal.properties["calls"] -= {"hs_call_disposition"}
    connected.sync()
    assert {what for what, _ in connected.problems} == {
        "deals: hs_next_step",
        "deals: hs_manual_forecast_category",
        "calls: hs_call_disposition",
    }
    assert standing(connected, "1").changes["next_step"] is None
    assert standing(connected, "1").changes["name"] == "Deal 1"


def test_odd_rows_are_listed_and_the_others_come(connected):
    deal(connected.portal, 5, amount="a lot")
    deal(connected.portal, 6, closedate="soon")
    deal(connected.portal, 7, closedate="99999999999999999")
    deal(connected.portal, 8, deal_currency_code="Euro")
    connected.portal.put("companies", 23, name="Odd", numberofemployees="many")
    connected.sync()
    assert {what for what, _ in connected.problems} == {
        *(f"deals {number}" for number in (5, 6, 7, 8)),
        "companies 23",
    }
    assert "begin:1" in connected.facts


def test_hostile_values_are_taken_in(connected):
    deal(connected.portal, 5, dealname="\x00" + "x" * 300, amount="-1e3", closedate="")
    connected.portal.put("deals", 5, 4, dealname="y\x00" * 300, hs_next_step="a\x00b\nc")
    connected.portal.put("contacts", 33, firstname="\x00", email="  <X@Y>  ", phone="1" * 300)
    connected.portal.put("notes", 51, hs_note_body="<script>x\x00</script><b>Hi", hs_timestamp="")
    connected.sync()
    assert connected.problems == []
    now = standing(connected, "5").changes
    assert (len(now["name"]), now["next_step"], now["close_date"]) == (255, "ab\nc", None)
    assert float(now["amount"]) == -1000
    assert connected.facts["contact:33"].changes["name"] == "<x@y>"
    assert connected.facts["notes:51"].changes["text"].endswith("Hi")


def test_a_deal_in_a_stage_that_is_there_no_more_is_what_hubspot_says(connected):
    deal(connected.portal, 5, dealstage="old", hs_is_closed="true", hs_is_closed_won="true")
    deal(connected.portal, 6, dealstage="old", hs_is_closed="true", hs_is_closed_won="false")
    deal(connected.portal, 7, dealstage="old", hs_is_closed="false")
    connected.sync()
    assert [standing(connected, key).changes["status"] for key in "567"] == ["won", "lost", "open"]


def test_talks_that_were_not_held_do_not_count_as_held(connected):
    portal = connected.portal
    voicemail = "b2cf5968-551e-4856-9783-52b3da59a7d0"
    portal.put("calls", 61, hs_call_disposition=voicemail, hs_call_status="COMPLETED")
    portal.put("calls", 62, hs_call_duration="90000", hs_call_direction="INBOUND")
    portal.put("calls", 63, hs_call_status="NO_ANSWER")
    portal.put("meetings", 64, hs_meeting_outcome="CANCELED")
    portal.put("meetings", 65, hs_meeting_outcome="NO_SHOW")
    portal.put("meetings", 66, hs_meeting_outcome="COMPLETED")
    portal.put("tasks", 67, hs_task_status="NOT_STARTED", hs_task_subject="Write")
    portal.put("emails", 68, hs_email_direction="INCOMING_EMAIL", hs_email_text="Yes")
    facts = connected.sync().facts
    done = {key: facts[key].changes.get("done") for key in facts if facts[key].kind == "activity"}
    assert done == {
        "calls:61": False,
        "calls:62": True,
        "calls:63": False,
        "meetings:64": None,
        "meetings:65": False,
        "meetings:66": True,
        "meetings:41": None,
        "tasks:67": False,
        "emails:68": True,
    }
    assert facts["meetings:64"].changes == {"deleted": True}
    assert (facts["calls:62"].changes["minutes"], facts["calls:62"].changes["direction"]) == (
        1.5,
        "in",
    )
    assert facts["emails:68"].changes["direction"] == "in"


def test_settings_hold_no_more_than_what_signs_in():
    assert {each.name for each in Connector().settings} == {*APP, *TOKEN}
    assert all(each.kind == "secret" for each in Connector().settings if each.name != "client_id")

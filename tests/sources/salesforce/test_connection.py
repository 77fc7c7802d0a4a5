"""Salesforce: signing in, limits, lost lines, what is missing, hostile rows, cuts."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Access
from ridealong.sources.salesforce.connector import Connector
from ridealong.sources.salesforce.signing_in import root
from tests.sources.salesforce.connected import DEAL, OURS, Connected, connection
from tests.sources.salesforce.fake import refused
from tests.sources.salesforce.organisation import key
from tests.support.examples import costly


def test_an_expired_token_is_renewed_once_and_asked_again(connected):
    connected.org.fail = [refused(401, "INVALID_SESSION_ID", "Session expired or invalid")]
    assert connected.sync().facts
    assert connected.org.given == 2


def test_a_session_that_stays_invalid_is_for_a_person(connected):
    connected.org.fail = [refused(401, "INVALID_SESSION_ID", "not valid for the REST API")] * 2
    with pytest.raises(Refused, match="not valid for the REST API"):
        connected.sync()


def test_a_refresh_token_that_is_good_once_is_kept_anew(connected):
    connected.org.rotates = True
    connected.org.fail = [refused(401, "INVALID_SESSION_ID", "Session expired or invalid")]
    connected.sync()
    assert connected.more["refresh_token"] == connected.org.refresh == "s3cret-refresh-3"
    connected.sync()


@pytest.mark.parametrize(
    "more",
    [
        {"sign_in": "client_credentials"},
        {
            "sign_in": "password",
            "username": "sam",
            "password": "s3cret-word",
            "security_token": "TOKEN",
        },
    ],
)
def test_there_are_other_ways_in(connected, more):
    connected.more |= more
    assert connected.sync().facts


def test_a_wrong_secret_is_said_without_it(connected):
    connected.more["client_secret"] = "s3cret-wrong"
    with pytest.raises(Refused, match="sign in there anew") as caught:
        connected.sync()
    assert "s3cret" not in str(caught.value) + repr(connected.access)


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("login", "https://login.salesforce.com"),
        ("test", "https://test.salesforce.com"),
        ("acme", "https://acme.my.salesforce.com"),
        ("https://acme.my.salesforce.com/", "https://acme.my.salesforce.com"),
        ("acme--dev.sandbox", "https://acme--dev.sandbox.my.salesforce.com"),
    ],
)
def test_a_domain_is_where_one_signs_in(domain, address):
    assert root(domain) == address


@pytest.mark.parametrize("domain", ["https://evil.example/x", "a/b", "user@host", "a b", "a#b"])
def test_a_domain_that_is_none_is_named(domain):
    with pytest.raises(Refused, match="My Domain"):
        Connector().check(Access({"domain": domain}), OURS)


def test_what_a_way_in_needs_is_named():
    with pytest.raises(Refused, match="refresh_token is needed"):
        Connector().check(Access({"domain": "login", "client_id": "app"}), OURS)


def test_client_credentials_need_a_domain_of_ones_own():
    access = Access({"domain": "login", "sign_in": "client_credentials", "client_id": "app"})
    with pytest.raises(Refused, match="My Domain"):
        Connector().check(access, OURS)


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        (
            [refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")],
            TryAgain,
            "TotalRequests Limit exceeded",
        ),
        ([refused(403, "API_DISABLED_FOR_ORG", "API is not enabled")], Refused, "not enabled"),
        ([refused(400, "QUERY_TIMEOUT", "Your query took too long.")], TryAgain, "too long"),
        ([refused(429, "X", "slow", **{"Retry-After": "120"})], TryAgain, "120 seconds"),
        (
            [refused(503, "SERVER_UNAVAILABLE", "maintenance")] * 6,
            TryAgain,
            "maintenance",
        ),
        ([Response("<html>")], TryAgain, "not JSON"),
        ([Response("<html>", 404)], Refused, "answered 404"),
    ],
)
def test_each_refusal_says_what_it_is(connected, answers, error, words):
    connected.org.fail = list(answers)
    with pytest.raises(error, match=words) as caught:
        connected.sync()
    assert "s3cret" not in str(caught.value)


def test_a_limit_of_the_day_is_left_alone_for_a_while(connected):
    connected.org.fail = [refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")]
    with pytest.raises(TryAgain) as caught:
        connected.sync()
    assert caught.value.after is not None
    assert caught.value.after.total_seconds() == 30 * 60


def test_it_goes_on_after_a_short_wait(connected):
    connected.org.fail = [refused(429, "X", "slow", **{"Retry-After": "0"})]
    assert connected.sync().facts


def test_it_asks_again_after_a_dropped_line(connected):
    pulled = Connector().pull(connected.access, {}, OURS)
    next(pulled)
    connected.org.drop = 1
    assert sum(len(page.facts) for page in pulled) > 0
    assert connected.org.drop == 0


def test_nobody_there_is_for_later():
    access = Access({"domain": "http://127.0.0.1:9", "client_id": "app", "refresh_token": "x"})
    with pytest.raises(TryAgain, match="could not be reached"):
        Connector().check(access, OURS)


def test_the_check_counts(connected):
    connected.org.delete("Opportunity", 3, 30)
    assert Connector().check(connected.access, OURS) == (
        "3 users, 5 stages, 2 opportunities, "
        "their past from OpportunityHistory and OpportunityFieldHistory."
    )


def test_fields_and_objects_that_are_not_there_are_left_out_and_listed(connected):
    org = connected.org
    org.schema["Opportunity"].remove("NextStep")
    org.schema["Account"].remove("Industry")
    org.schema["Contact"].remove("Phone")
    org.schema["User"].remove("Email")
    org.put("Contact", 31, MobilePhone="+49 1")
    del org.schema["Task"]
    event = org.put("Event", 51, 1, Subject="Demo", WhatId=DEAL)
    connected.sync()
    assert {what for what, _ in connected.problems} == {
        "Account.Industry",
        "Contact.Phone",
        "Opportunity.CurrencyIsoCode",
        "Opportunity.NextStep",
        "OpportunityHistory.CurrencyIsoCode",
        "Organization.DefaultCurrencyIsoCode",
        "Task",
        "User.Email",
    }
    assert not any("email" in f.changes for f in connected.facts.values() if f.kind == "member")
    assert connected.facts[f"contact:{key('Contact', 31)}"].changes["phone"] == "+49 1"
    assert "next_step" not in connected.facts[f"begin:{DEAL}"].changes
    assert not any("next_step" in fact.changes for fact in connected.facts.values())
    assert f"activity:{event}" in connected.facts


def test_without_opportunities_there_is_nothing_to_connect(connected):
    del connected.org.schema["Opportunity"]
    with pytest.raises(Refused, match="no opportunities"):
        Connector().check(connected.access, OURS)


def test_a_field_that_is_taken_away_meanwhile_is_left_out_next_time(connected):
    connected.sync()
    connected.org.schema["Opportunity"].remove("NextStep")
    connected.org.deal(1, 30, Amount=3)
    connected.sync()
    assert "Opportunity.NextStep" in dict(connected.problems)


def test_many_pages_are_read_whole_with_progress():
    with connection(deals=450) as connected:
        connected.sync()
        pages = [page for page in connected.pages if page.doing == "opportunities"]
    assert [(page.done, page.total) for page in pages] == [(200, 450), (400, 450), (450, 450)]
    assert sum(name.startswith("begin:") for name in connected.facts) == 450
    assert all(len(page.facts) <= 200 * 4 for page in pages)


def test_a_lost_place_in_a_list_is_taken_up_from_the_last_page():
    with connection(deals=230) as connected:
        pulled = Connector().pull(connected.access, {}, OURS)
        page = next(page for page in pulled if page.doing == "opportunities")
        connected.org._cursors.clear()
        with pytest.raises(TryAgain, match="locator"):
            list(pulled)
        connected.cursor = page.cursor
        connected.org.asked.clear()
        connected.sync()
        assert key("Opportunity", 230) in {fact.key for fact in connected.facts.values()}


@costly(8)
@given(cuts=st.lists(st.integers(0, 40), max_size=4), twice=st.booleans())
def test_cut_at_any_request_and_run_again_it_is_one_clean_run(cuts, twice):
    with connection(deals=230) as connected:
        _changed(connected)
        clean = Connected(connected.org, connected.address).sync().facts
        for cut in cuts:
            _cut(connected, cut)
        connected.sync()
        if twice:
            connected.cursor = {}
            connected.sync()
    assert connected.facts == clean


@costly(8)
@given(cut=st.integers(4, 40))
def test_cut_while_it_reads_what_changed_it_misses_nothing(cut):
    with connection() as connected:
        connected.sync()
        _changed(connected)
        clean = connected.sync().facts
    with connection() as connected:
        connected.sync()
        _changed(connected)
        _cut(connected, cut)
        connected.sync()
    assert connected.facts == clean


def _changed(connected: Connected) -> None:
    org = connected.org
    org.deal(2, 5, StageName="Negotiation", OwnerId=key("User", 3))
    org.delete("Opportunity", 3, 6)
    org.put("OpportunityContactRole", 42, 6, OpportunityId=DEAL, ContactId=key("Contact", 33))
    org.merge("Contact", 33, 32, 7)
    org.merge("Account", 21, 22, 7)
    org.put("Task", 51, 8, Subject="Ask", WhatId=DEAL)


def _cut(connected: Connected, answered: int) -> None:
    """Sync until so many requests were answered."""
    connected.org.answers = answered
    with contextlib.suppress(TryAgain):
        connected.sync()
    connected.org.answers = None


def test_run_twice_it_tells_the_same(connected):
    facts = dict(connected.sync().facts)
    connected.cursor = {}
    assert connected.sync().facts == facts


def test_a_second_organisations_ids_have_a_prefix_everywhere(connected):
    connected.prefix = "branch:"
    connected.org.put("Task", 51, 1, Subject="Ask", WhatId=DEAL, WhoId=key("Contact", 31))
    facts = connected.sync().facts
    began = facts[f"begin:branch:{DEAL}"]
    assert began.key == f"branch:{DEAL}"
    assert began.changes["stage"] == "branch:Prospecting"
    task = facts[f"activity:branch:{key('Task', 51)}"].changes
    assert (task["deal"], task["contacts"]) == (
        f"branch:{DEAL}",
        [f"branch:{key('Contact', 31)}"],
    )
    members = {fact.key for fact in facts.values() if fact.kind == "member"}
    assert members == {"sam", f"branch:{key('User', 2)}", f"branch:{key('User', 3)}"}


def test_odd_rows_are_listed_and_the_others_come(connected):
    org = connected.org
    for number in range(4, 10):
        org.deal(number)
    rows = org.rows["Opportunity"]
    rows[key("Opportunity", 2)]["SystemModstamp"] = "soon"
    rows[key("Opportunity", 3)]["Amount"] = "a lot"
    rows[key("Opportunity", 4)]["CloseDate"] = "0000-00-00"
    rows[key("Opportunity", 5)]["Amount"] = 1e300
    rows[key("Opportunity", 6)].update(Name="N\x00" + "ä" * 300, NextStep="x\x00" * 400)
    rows[key("Opportunity", 7)]["Amount"] = -12.345
    rows[key("Opportunity", 8)]["Amount"] = "1.0E7"
    rows[key("Opportunity", 9)]["StageName"] = None
    org.put(
        "Task",
        51,
        1,
        CompletedDateTime="9999-12-31T23:59:59.000+0000",
        IsClosed=True,
        ActivityDate="9999-12-31",
    )
    org.put("Event", 51, 1, ActivityDate="4000-12-31", DurationInMinutes=-5)
    connected.sync()
    left_out = {what for what, _ in connected.problems if what.startswith("opportunities")}
    odd = {2, 3, 4, 5}
    assert f"tasks {key('Task', 51)}" in dict(connected.problems)
    assert f"activity:{key('Event', 51)}" in connected.facts
    assert left_out == {f"opportunities {key('Opportunity', number)}" for number in odd}
    now = {
        fact.key: fact.changes for name, fact in connected.facts.items() if name.startswith("deal:")
    }
    assert len(now[key("Opportunity", 6)]["name"]) == 255
    assert now[key("Opportunity", 7)]["amount"] == "-12.345"
    assert now[key("Opportunity", 8)]["amount"] == "10000000"
    assert now[key("Opportunity", 9)]["stage"] is None
    assert connected.sync().facts


def test_of_two_users_with_one_address_the_one_who_still_works_is_told(connected):
    org = connected.org
    org.put(
        "User", 0, Name="Sam old", Email="sam@seller.example", IsActive=False, UserType="Standard"
    )
    org.deal(1, 5, OwnerId=key("User", 0))
    facts = connected.sync().facts
    told = [fact for fact in facts.values() if fact.kind == "member" and fact.key == "sam"]
    assert [f.changes["active"] for f in told if "active" in f.changes] == [True]
    assert not any(f.changes.get("salesperson") == key("User", 0) for f in facts.values())

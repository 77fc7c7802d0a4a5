"""Salesforce: the whole organisation, its past, what changed since, what was deleted or merged."""

from __future__ import annotations

from datetime import date

import pytest

from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.sources.salesforce.connected import DEAL, at
from tests.sources.salesforce.fake import Salesforce
from tests.sources.salesforce.organisation import key

pytestmark = pytest.mark.django_db


def test_the_whole_organisation_comes(connected):
    connected.sync().kept()
    found = at(1)
    assert (found.name, found.company, found.stage) == ("Deal 1", "Brandt", "Prospecting")
    assert (str(found.amount), found.currency, found.close_date) == (
        "1000.50",
        "EUR",
        date(2026, 12, 31),
    )
    assert (found.status, found.category, found.next_step) == ("open", "pipeline", "")
    members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
    assert set(members) == {"sam", key("User", 2), key("User", 3)}
    assert found.salesperson_id == members["sam"].id
    assert not members[key("User", 3)].active
    assert members[key("User", 2)].email == "lee@seller.example"
    people = pipeline.open(EVERYTHING).contacts(at(2), [])
    assert [(p.name, p.email) for p in people] == [("Eva", "c31@brandt.example")]
    leaders = {
        fact.key: fact.changes["reports_to"]
        for fact in connected.facts.values()
        if fact.kind == "member" and "reports_to" in fact.changes
    }
    assert leaders == {"sam": key("User", 2)}
    company = connected.facts[f"account:{key('Account', 22)}"].changes
    assert (company["parent"], company["employees"]) == (key("Account", 21), 40)
    assert connected.facts[f"account:{key('Account', 21)}"].changes["domain"] == "brandt.example"


def test_stages_come_with_order_and_probability(connected):
    facts = [fact for fact in connected.sync().facts.values() if fact.kind == "stage"]
    told = [(f.key, f.changes["position"], f.changes["probability"]) for f in facts]
    assert told[1] == ("Proposal/Price Quote", 2, 0.75)
    assert [f.changes["status"] for f in facts] == ["open", "open", "open", "won", "lost"]


def test_the_kept_past_is_there_on_the_first_day(connected):
    org = connected.org
    org.deal(1, 5, StageName="Proposal/Price Quote", NextStep="Call Eva")
    org.deal(1, 9, Amount=800, CloseDate="2027-01-31")
    org.deal(1, 12, CloseDate="2027-02-28", OwnerId=key("User", 3), Name="Renamed")
    org.deal(1, 15, StageName="Negotiation", AccountId=key("Account", 22))
    org.deal(1, 20, StageName="Closed Lost", NextStep="")
    connected.sync().kept()
    assert (at(1).stage, str(at(1).amount), at(1).close_date) == (
        "Prospecting",
        "1000.50",
        date(2026, 12, 31),
    )
    assert (at(6).stage, at(6).category, at(6).next_step) == (
        "Proposal/Price Quote",
        "best_case",
        "Call Eva",
    )
    assert (at(4).next_step, at(21).next_step) == ("", "")
    assert (str(at(10).amount), at(10).close_date) == ("800.00", date(2027, 1, 31))
    assert at(13).pushes == 2
    members = {m.key: m.id for m in pipeline.open(EVERYTHING).members()}
    assert [at(day).salesperson_id for day in (10, 13)] == [members["sam"], members[key("User", 3)]]
    companies = {at(day).company_id for day in (1, 14)}
    assert len(companies | {at(1, 2).company_id}) == 1
    assert (at(11).name, at(13).name) == ("Deal 1", "Renamed")
    assert (at(14).company, at(16).company) == ("Brandt", "Brandt (2)")
    assert (at(16).category, at(19).status, at(21).status) == ("commit", "open", "lost")
    changes = [f.changes for name, f in connected.facts.items() if name.startswith("change:")]
    assert sum("stage" in each for each in changes) == 3
    assert sum("salesperson" in each for each in changes) == 1


def test_without_opportunity_history_field_history_tells_the_past(connected):
    org = connected.org
    del org.schema["OpportunityHistory"]
    org.deal(1, 5, StageName="Proposal/Price Quote", Amount=900)
    org.deal(1, 9, StageName="Closed Won")
    connected.sync().kept()
    assert (at(4).stage, str(at(4).amount)) == ("Prospecting", "1000.50")
    assert (at(6).stage, str(at(6).amount)) == ("Proposal/Price Quote", "900.00")
    assert (at(8).status, at(10).status) == ("open", "won")
    assert "OpportunityHistory" in dict(connected.problems)


def test_without_field_history_stages_amounts_and_close_dates_have_a_past(connected):
    org = connected.org
    del org.schema["OpportunityFieldHistory"]
    org.deal(1, 5, StageName="Negotiation", CloseDate="2027-01-31")
    org.deal(1, 7, OwnerId=key("User", 3))
    connected.sync().kept()
    assert (at(4).stage, at(6).stage) == ("Prospecting", "Negotiation")
    assert (at(6).close_date, at(8).salesperson) == (date(2027, 1, 31), "Gone")
    assert dict(connected.problems)["OpportunityFieldHistory"].endswith("left out.")


def test_what_the_states_do_not_say_is_not_put_into_the_past(connected):
    org = connected.org
    org.put("Opportunity", 1, 9, Amount=5)
    connected.sync().kept()
    assert (str(at(8).amount), str(at(10).amount)) == ("1000.50", "5.00")


def test_a_stage_that_is_gone_shows_in_the_past(connected):
    org = connected.org
    org.put(
        "OpportunityStage",
        7,
        ApiName="Old Won",
        MasterLabel="Old Won",
        IsClosed=True,
        IsWon=True,
        DefaultProbability=100,
        ForecastCategory="Closed",
        ForecastCategoryName="Closed",
    )
    org.deal(1, 5, StageName="Old Won")
    org.deal(1, 8, StageName="Prospecting")
    del org.rows["OpportunityStage"][key("OpportunityStage", 7)]
    connected.sync().kept()
    assert (at(6).status, at(9).status, at(9).stage) == ("won", "open", "Prospecting")


def test_the_next_sync_reads_what_changed_only(connected):
    connected.sync().kept()
    connected.org.asked.clear()
    connected.org.deal(2, 30, NextStep="Sign", Name="Renamed")
    connected.sync().kept()
    history = [each for each in connected.org.asked if "FROM OpportunityHistory " in each]
    assert len(history) == 1
    assert key("Opportunity", 2) in history[0]
    assert DEAL not in history[0]
    # The last one is looked at once more, the one before it is not.
    connected.org.deal(3, 60, Amount=7)
    connected.sync()
    connected.org.asked.clear()
    connected.org.deal(3, 90, Amount=8)
    connected.sync()
    history = [each for each in connected.org.asked if "FROM OpportunityHistory " in each]
    assert [key("Opportunity", 2) in each for each in history] == [False]
    assert (at(40, 2).name, at(40, 2).next_step) == ("Renamed", "Sign")
    assert at(20, 2).name == "Deal 2"


def test_a_field_without_history_is_known_from_when_it_was_seen(connected):
    org = connected.org
    org.tracked.clear()
    org.deal(1, 3, NextStep="Call")
    connected.sync().kept()
    org.deal(1, 30, NextStep="Sign", OwnerId=key("User", 3))
    connected.sync().kept()
    assert (at(20).next_step, at(31).next_step) == ("Call", "Sign")
    assert (at(20).salesperson, at(31).salesperson) == ("Sam", "Gone")


def test_a_deleted_deal_goes_and_comes_back(connected):
    connected.sync().kept()
    connected.org.delete("Opportunity", 3, 30)
    connected.sync().kept()
    assert at(20, 3).name == "Deal 3"
    with pytest.raises(pipeline.NotVisible):
        at(31, 3)
    connected.org.restore("Opportunity", 3, 40)
    connected.sync().kept()
    assert at(41, 3).name == "Deal 3"
    with pytest.raises(pipeline.NotVisible):
        at(35, 3)


def test_a_deal_that_is_deleted_at_the_first_sync_has_a_past(connected):
    connected.org.delete("Opportunity", 3, 30)
    connected.sync().kept()
    assert at(20, 3).stage == "Prospecting"
    with pytest.raises(pipeline.NotVisible):
        at(31, 3)


def test_what_was_saved_while_the_list_was_read_is_seen_next_time(connected):
    connected.org.deal(1, 30, Name="Last")
    connected.sync().kept()
    connected.org.deal(2, 30 - 3 / 24 / 60, Name="Late")
    connected.sync().kept()
    assert at(31, 2).name == "Late"


def _later(org: Salesforce) -> None:
    """Touch something else of each kind, so that what came before is not looked at again."""
    org.deal(3, 20, Amount=7)
    org.put("Task", 60, 20, Subject="Other")
    org.put(
        "OpportunityContactRole",
        60,
        20,
        OpportunityId=key("Opportunity", 3),
        ContactId=key("Contact", 31),
    )


def test_merged_accounts_take_their_deals_along(connected):
    org = connected.org
    org.deal(2, 1, AccountId=key("Account", 22))
    org.put("Task", 52, 2, Subject="Ask", AccountId=key("Account", 22), WhatId=DEAL)
    _later(org)
    connected.sync().kept()
    assert at(2, 2).company == "Brandt (2)"
    org.merge("Account", 22, 21, 30)
    connected.sync().kept()
    assert at(31, 2).company == "Brandt"
    task = connected.facts[f"activity:{key('Task', 52)}"]
    assert task.changes["company"] == key("Account", 21)


def test_merged_contacts_stay_in_their_deals(connected):
    org = connected.org
    org.put("OpportunityContactRole", 42, 2, OpportunityId=DEAL, ContactId=key("Contact", 33))
    org.put("Task", 52, 2, Subject="Ask", WhoId=key("Contact", 33), WhatId=DEAL)
    _later(org)
    connected.sync().kept()
    org.merge("Contact", 33, 32, 30)
    connected.sync().kept()
    names = {each.name for each in pipeline.open(EVERYTHING).contacts(at(31), [])}
    assert names == {"Eva", "Max"}
    task = connected.facts[f"activity:{key('Task', 52)}"]
    assert task.changes["contacts"] == [key("Contact", 32)]


def test_who_takes_part_comes_without_a_change_of_the_deal_and_goes(connected):
    connected.sync().kept()
    org = connected.org
    org.put("OpportunityContactRole", 42, 30, OpportunityId=DEAL, ContactId=key("Contact", 32))
    connected.sync().kept()
    people = pipeline.open(EVERYTHING).contacts(at(31), [])
    assert {each.name for each in people} == {"Eva", "Max"}
    org.delete("OpportunityContactRole", 41, 40)
    connected.sync().kept()
    assert [each.name for each in pipeline.open(EVERYTHING).contacts(at(41), [])] == ["Max"]
    told = connected.facts[f"contacts:{DEAL}:2026-01-06T10:00:00+00:00"]
    assert told.changes["contacts"] == {key("Contact", 31): "Decision Maker"}


def test_amounts_are_in_the_deals_or_the_organisations_currency(connected):
    org = connected.org
    org.schema["Organization"].add("DefaultCurrencyIsoCode")
    org.put("Organization", 1, DefaultCurrencyIsoCode="CHF")
    connected.sync().kept()
    assert at(1).currency == "CHF"
    for name in ("Opportunity", "OpportunityHistory"):
        org.schema[name].add("CurrencyIsoCode")
    org.deal(2, 30, Amount=5, CurrencyIsoCode="USD")
    connected.sync().kept()
    assert (at(31, 2).currency, str(at(31, 2).amount)) == ("USD", "5.00")

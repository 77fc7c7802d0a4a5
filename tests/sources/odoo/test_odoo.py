"""Odoo: the whole database, what changed since, its past, and what went; on both its ways."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.lib.again import TryAgain
from ridealong.record import pipeline
from ridealong.record.pipeline import EVERYTHING
from tests.sources.odoo import company
from tests.sources.odoo.company import LEA, PROPOSED, filled, lead, todo
from tests.sources.odoo.connected import Connected, at, there
from tests.sources.odoo.fake import Server, stamp
from tests.support.examples import costly
from tests.support.web import served


@pytest.fixture(params=[19, 14])
def connected(request: pytest.FixtureRequest) -> Iterator[Connected]:
    server = filled(Server(request.param))
    with served(server) as address:
        yield Connected(server, address)


def people_of(key: str) -> list[tuple[str, str | None]]:
    opened = pipeline.open(EVERYTHING)
    return [(p.name, p.email) for p in opened.contacts(opened.deal(key), [])]


def activities_of(key: str) -> dict[str, object]:
    opened = pipeline.open(EVERYTHING)
    return {each.title: each for each in opened.activities(opened.deal(key), limit=50)}


@pytest.mark.django_db
def test_the_whole_database_comes(connected):
    connected.sync().kept()
    found = at(1)
    assert (found.name, found.company, found.stage) == ("Deal 1", "Brandt", "New")
    assert (str(found.amount), found.currency) == ("1000.00", "EUR")
    assert found.close_date == date(2026, 12, 31)
    members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
    assert set(members) == {"sam", "5"}
    assert found.salesperson_id == members["sam"].id
    assert people_of("1") == [("Eva", "eva@brandt.example")]
    assert connected.facts["stage:4"].changes == {
        "name": "Won", "position": 3, "status": "won", "probability": None,
    }  # fmt: skip
    assert connected.problems == []


def test_who_leads_whom_comes_from_employees_through_those_without_a_user(connected):
    facts = connected.sync().facts
    assert leaders(facts) == {"sam": "5", "5": None}
    assert facts["user:2"].changes["team"] == "Sales"


def leaders(facts):
    """Return who reports to whom."""
    said = [f for f in facts.values() if f.kind == "member" and "reports_to" in f.changes]
    return {fact.key: fact.changes["reports_to"] for fact in said}


def test_without_employees_the_leaders_of_sales_teams_lead(connected):
    connected.server.missing = {"hr.employee.public"}
    assert leaders(connected.sync().facts)["sam"] == "5"
    assert [what for what, _ in connected.problems] == ["Employees, who say who leads whom"]


def test_a_member_whom_odoo_told_of_keeps_the_address(connected):
    told = connected.sync().facts["user:5"].changes
    assert told["email"] == "lea@seller.example"
    assert "email" not in connected.facts["user:2"].changes


@pytest.mark.django_db
def test_the_kept_past_is_there_on_the_first_day(connected):
    server = connected.server
    company.change(server, 1, 5, stage_id=PROPOSED)
    company.change(server, 1, 9, expected_revenue=800.0)
    company.change(server, 1, 12, user_id=LEA)
    company.lost(server, 1, 20)
    company.won(server, 2, 15)
    connected.sync().kept()
    assert (at(1).stage, str(at(1).amount), at(1).salesperson) == ("New", "1000.00", "Sam")
    assert at(6).stage == "Proposition"
    assert str(at(10).amount) == "800.00"
    assert at(13).salesperson == "Lea"
    assert (at(19).status, at(21).status, at(21).lost_reason) == ("open", "lost", "Too expensive")
    assert (at(14, "2").status, at(16, "2").status, at(16, "2").stage) == ("open", "won", "Won")


@pytest.mark.django_db
def test_a_lost_deal_that_comes_back_is_open_again(connected):
    company.lost(connected.server, 1, 5)
    company.change(connected.server, 1, 9, active=True, probability=20.0)
    connected.sync().kept()
    assert [at(day).status for day in (1, 6, 10)] == ["open", "lost", "open"]


@pytest.mark.django_db
def test_one_that_is_only_archived_is_in_no_pipeline_until_it_returns(connected):
    company.change(connected.server, 1, 5, active=False, probability=10.0)
    connected.sync().kept()
    assert at(4).status == "open"
    assert not there(6)
    company.change(connected.server, 1, 9, active=True)
    connected.sync().kept()
    assert at(10).status == "open"
    if connected.server.version >= 18:
        assert not there(6)
    else:
        # Without more to go by, what was archived was lost.
        assert at(6).status == "lost"


@pytest.mark.django_db
def test_close_dates_that_odoo_does_not_track_move_from_the_first_sync_on(connected):
    connected.sync().kept()
    company.change(connected.server, 1, 9, date_deadline="2027-01-31")
    connected.sync().kept()
    assert (at(8).close_date, at(10).close_date) == (date(2026, 12, 31), date(2027, 1, 31))
    assert at(10).pushes == 1


@pytest.mark.django_db
def test_close_dates_that_odoo_tracks_have_their_past(connected):
    connected.server.put(
        "ir.model.fields", 40, name="date_deadline", ttype="date", model="crm.lead", tracking=5
    )
    company.TRACKED["date_deadline"] = (40, "date")
    try:
        company.change(connected.server, 1, 9, date_deadline="2027-01-31")
    finally:
        del company.TRACKED["date_deadline"]
    connected.sync().kept()
    assert (at(8).close_date, at(10).close_date) == (date(2026, 12, 31), date(2027, 1, 31))


@pytest.mark.django_db
def test_the_next_sync_reads_what_changed_only(connected):
    connected.sync().kept()
    company.change(connected.server, 2, 30, name="Renamed")
    connected.sync().kept()
    connected.server.asked.clear()
    connected.sync()
    connected.kept()
    asked = [named for model, method, named in connected.server.asked if model == "crm.lead"]
    narrowed = [["write_date", ">=", stamp(30 - 10 / 1440)]]
    assert any(narrowed[0] in named.get("domain", []) for named in asked)
    assert (at(40, "2").name, at(20, "2").name) == ("Renamed", "Deal 2")


@pytest.mark.django_db
def test_a_deleted_opportunity_goes(connected):
    connected.sync().kept()
    del connected.server.tables["crm.lead"][3]
    lead(connected.server, 4, 30)
    connected.sync().kept()
    assert at(20, "3").name == "Deal 3"
    assert not there(40, "3")


def test_one_deleted_while_another_was_converted_is_noticed(connected):
    lead(connected.server, 3, type="lead")
    lead(connected.server, 5)
    connected.sync()
    del connected.server.tables["crm.lead"][2]
    company.change(connected.server, 3, 9, type="opportunity")
    facts = connected.sync().facts
    assert {f.key for f in facts.values() if f.external_id.startswith("deleted:")} == {"2"}


def test_one_that_the_user_may_no_longer_see_stays_and_is_listed(connected):
    connected.sync()
    del connected.server.tables["crm.lead"][3]
    connected.server.hidden = {2}
    facts = connected.sync().facts
    assert {f.key for f in facts.values() if f.external_id.startswith("deleted:")} == {"3"}
    assert connected.problems == [
        ("crm.lead 2", "Its user may no longer see it: it stays as it was.")
    ]


@pytest.mark.django_db
def test_of_merged_ones_the_loser_goes_and_its_mail_follows_but_not_its_past(connected):
    server = connected.server
    company.change(server, 2, 5, stage_id=PROPOSED)
    company.message(server, 700, 2, 6, subject="Offer")
    todo(server, 7, 2, 6, summary="Ring Eva")
    connected.sync().kept()
    company.merge(server, 1, 2, 10)
    connected.sync().kept()
    assert not there(11, "2")
    assert at(11).stage == at(6).stage == "New"
    assert (at(6, "2").stage, at(11).next_step) == ("Proposition", "Ring Eva")
    assert set(activities_of("1")) == {"From Deal 2: Offer", "Ring Eva"}


@pytest.mark.django_db
def test_a_lead_is_no_deal_until_it_is_converted(connected):
    lead(connected.server, 7, 1, type="lead", partner_id=False, partner_name="Nordwind",
         contact_name="Ole", email_from="Ole@nordwind.example")  # fmt: skip
    company.message(connected.server, 700, 7, 2, subject="Early")
    company.change(connected.server, 7, 3, stage_id=PROPOSED)
    connected.sync().kept()
    assert not there(4, "7")
    company.change(
        connected.server, 7, 5, type="opportunity", date_conversion=stamp(5), user_id=LEA
    )
    connected.sync().kept()
    found = at(6, "7")
    assert (found.company, found.stage, found.salesperson) == ("Nordwind", "Proposition", "Lea")
    assert not there(4, "7")
    assert people_of("7") == [("Ole", "ole@nordwind.example")]
    assert set(activities_of("7")) == {"Early"}


@pytest.mark.django_db
def test_an_opportunity_that_is_made_a_lead_again_goes(connected):
    connected.sync().kept()
    company.change(connected.server, 3, 5, type="lead")
    connected.sync().kept()
    lead(connected.server, 4, 9)
    connected.sync().kept()
    assert not there(10, "3")


@pytest.mark.django_db
def test_an_archived_user_is_one_who_left(connected):
    connected.server.tables["res.users"][5]["active"] = False
    company.change(connected.server, 1, 3, user_id=LEA)
    connected.sync().kept()
    members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
    assert not members["5"].active
    assert at(4).salesperson == "Lea"


def test_many_pages_are_read_whole_though_all_were_written_in_one_moment():
    server = filled(Server(), deals=0)
    for number in range(1, 251):
        lead(server, number)
    with served(server) as address:
        found = Connected(server, address).sync()
    assert sum(name.startswith("begin:") for name in found.facts) == 250


@costly(6)
@given(
    cuts=st.lists(st.integers(0, 75), max_size=4),
    version=st.sampled_from([19, 14]),
    twice=st.booleans(),
)
def test_cut_at_any_request_and_run_again_it_is_one_clean_run(cuts, version, twice):
    server = filled(Server(version), deals=120)
    company.change(server, 7, 5, stage_id=PROPOSED)
    company.won(server, 8, 6)
    todo(server, 1, 7, 5)
    company.message(server, 900, 7, 5)
    with served(server) as address:
        clean = Connected(server, address).sync().facts
        found = Connected(server, address)
        for cut in cuts:
            server.breaks = cut
            with contextlib.suppress(TryAgain):
                found.sync()
            server.breaks = -1
        found.sync()
        found.sync()
        if twice:
            found.cursor = {}
            found.sync()
    assert found.facts == clean


def test_a_second_databases_ids_have_a_prefix_everywhere(connected):
    connected.prefix = "branch:"
    company.change(connected.server, 1, 5, stage_id=PROPOSED)
    todo(connected.server, 1, 1, 5)
    facts = connected.sync().facts
    deal = facts["begin:branch:1"]
    assert (deal.key, deal.changes["stage"]) == ("branch:1", "branch:1")
    assert {f.key for f in facts.values() if f.kind == "member"} == {"sam", "branch:5"}
    plain = [
        f.key for f in facts.values()
        if f.kind in {"deal", "company", "contact", "stage"} and not f.key.startswith("branch:")
    ]  # fmt: skip
    assert plain == []

"""A HubSpot account is read whole, then what changed; its past is there on the first day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.lib.again import TryAgain
from ridealong.record import pipeline
from ridealong.record.facts import checked
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.base.connector import Access
from ridealong.sources.hubspot import asking, changing
from ridealong.sources.hubspot.connector import Connector
from tests.sources.hubspot.connected import OURS, Connected, at, connected_to, deal, owner, small
from tests.sources.hubspot.portal import Portal
from tests.support.dropping import line
from tests.support.examples import costly


@pytest.fixture
def connected() -> Iterator[Connected]:
    with connected_to(small()) as found:
        yield found


@pytest.mark.django_db
def test_the_whole_account_comes(connected):
    connected.sync().kept()
    found = at(1)
    assert (found.name, found.company, found.stage) == ("Deal 1", "Brandt", "Qualify")
    assert (str(found.amount), found.currency) == ("1000.00", "EUR")
    assert found.close_date == date(2026, 12, 31)
    members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
    assert found.salesperson_id == members["sam"].id
    assert members["sam"].team == "West"
    assert not members["2"].active
    people = pipeline.open(EVERYTHING).contacts(found, [])
    assert [(p.name, p.email) for p in people] == [("Eva Brandt", "eva@brandt.example")]
    planned = pipeline.open(EVERYTHING).activities(found, limit=5)[0]
    assert (planned.title, planned.kind, planned.minutes) == ("Demo", "meeting", 90.0)
    assert planned.at.isoformat() == "2026-12-01T09:30:00+00:00"
    assert "Bring & show" in planned.text
    assert connected.problems == []


def test_stages_have_their_order_and_what_they_stand_for(connected):
    facts = connected.sync().facts
    told = {key: facts[f"stage:{key}"].changes for key in ("propose", "won", "lost", "renewal")}
    assert [told[key]["position"] for key in told] == [1, 2, 3, 1000]
    assert [told[key]["status"] for key in told] == ["open", "won", "lost", "open"]
    assert told["propose"]["probability"] == 0.6


def test_what_a_contact_is_to_a_deal_comes_from_the_association(connected):
    for number in range(32, 37):
        connected.portal.put("contacts", number, firstname=f"No {number}")
        connected.portal.link("deals", 1, "contacts", number)
    facts = connected.sync().facts.values()
    said = next(f for f in facts if f.external_id.startswith("deal:1:")).changes["contacts"]
    assert said == {"31": "Decision maker", **{str(n): "contact" for n in range(32, 37)}}


@pytest.mark.django_db
def test_the_kept_past_is_there_on_the_first_day(connected):
    portal = connected.portal
    portal.put("deals", 1, 5, dealstage="propose", hs_manual_forecast_category="BEST_CASE")
    portal.put("deals", 1, 9, amount="-800.50", closedate="2027-01-31T11:00:00Z")
    portal.put("deals", 1, 12, closedate="2027-02-28T11:00:00Z", hubspot_owner_id="2")
    portal.put("deals", 1, 14, hs_next_step="Send it", dealname="Renamed")
    portal.put("deals", 1, 20, dealstage="lost", closed_lost_reason="price")
    connected.sync().kept()
    first = at(1)
    assert (first.stage, str(first.amount), first.close_date) == (
        "Qualify",
        "1000.00",
        date(2026, 12, 31),
    )
    assert (first.category, first.next_step, first.name) == ("", "", "Deal 1")
    assert (at(6).stage, at(6).category) == ("Propose", "best_case")
    assert (str(at(10).amount), at(10).close_date) == ("-800.50", date(2027, 1, 31))
    assert at(13).pushes == 2
    assert (at(10).salesperson, at(13).salesperson) == ("Sam", "Gone")
    assert (at(15).next_step, at(15).name) == ("Send it", "Renamed")
    assert (at(19).status, at(21).status, at(21).lost_reason) == ("open", "lost", "price")


@pytest.mark.django_db
def test_a_close_date_is_the_day_that_the_account_shows(connected):
    deal(connected.portal, 5, closedate="2026-12-30T23:30:00Z")
    deal(connected.portal, 6, closedate="1798668000000")
    connected.portal.details["timeZone"] = "Europe/Berlin"
    connected.sync().kept()
    assert at(1, "5").close_date == date(2026, 12, 31)
    assert at(1, "6").close_date == date(2026, 12, 30)


@pytest.mark.django_db
def test_the_next_sync_reads_what_changed_only(connected):
    connected.sync().kept()
    connected.fake.asked.clear()
    connected.portal.put("deals", 2, 30, dealname="New name")
    assert connected.sync().kept() > 0
    assert at(40, "2").name == "New name"
    assert at(20, "2").name == "Deal 2"
    known = dict(connected.facts)
    connected.sync()
    connected.cursor = {}
    assert connected.sync().facts == known
    assert connected.kept() == 0


def test_what_a_search_finds_late_is_not_missed(connected):
    connected.sync()
    half_a_minute = 30 / 86_400
    deal(connected.portal, 9, 3 / 100 - half_a_minute)
    assert "begin:9" in connected.sync().facts


@pytest.mark.django_db
def test_a_deleted_deal_goes_and_comes_back_when_it_is_restored(connected):
    connected.sync().kept()
    connected.portal.delete("deals", 3, 30)
    connected.sync().kept()
    assert at(20, "3").name == "Deal 3"
    with pytest.raises(pipeline.NotVisible):
        at(40, "3")
    connected.portal.restore("deals", 3)
    connected.sync().kept()
    assert at(40, "3").name == "Deal 3"


@pytest.mark.django_db
def test_of_merged_deals_the_new_one_stays_with_both_pasts_and_activities(connected):
    connected.portal.put("deals", 1, 5, dealstage="propose")
    connected.portal.put("meetings", 42, 6, hs_meeting_title="The last that changed")
    connected.sync().kept()
    connected.portal.merge(1, 2, into=50, day=30)
    connected.sync().kept()
    for key in ("1", "2"):
        for day in (20, 40):
            with pytest.raises(pipeline.NotVisible):
                at(day, key)
    assert (at(1, "50").stage, at(6, "50").stage) == ("Qualify", "Propose")
    moved = pipeline.open(EVERYTHING).activities(at(40, "50"), limit=5)
    assert [each.title for each in moved] == ["Demo"]
    known = dict(connected.facts)
    connected.cursor = {}
    assert connected.sync().facts == known


@pytest.mark.django_db
def test_a_deal_that_was_merged_before_the_first_sync_never_was(connected):
    connected.portal.put("deals", 1, 5, dealstage="propose")
    connected.portal.merge(1, 2, into=50, day=30)
    connected.sync().kept()
    for key in ("1", "2"):
        with pytest.raises(pipeline.NotVisible):
            at(40, key)
    assert (at(1, "50").stage, at(6, "50").stage) == ("Qualify", "Propose")


@pytest.mark.django_db
def test_a_deleted_activity_goes(connected):
    connected.sync().kept()
    connected.portal.delete("meetings", 41, 30)
    connected.sync().kept()
    assert pipeline.open(EVERYTHING).activities(at(40), limit=5) == []


@pytest.mark.django_db
def test_more_activities_than_fit_a_request_follow_a_merged_deal(connected):
    for number in range(100, 220):
        connected.portal.put("notes", number, hs_note_body=f"Note {number}")
        connected.portal.link("notes", number, "deals", 2)
    connected.portal.put("notes", 300, 6, hs_note_body="The last that changed")
    connected.portal.properties["notes"] -= {"hs_timestamp"}
    connected.sync().kept()
    connected.portal.merge(1, 2, into=50, day=30)
    connected.sync().kept()
    assert len(pipeline.open(EVERYTHING).activities(at(40, "50"), limit=500)) == 121


def test_who_left_and_came_back_is_one_member_at_work(connected):
    connected.portal.owners.append(owner(9, "sam@seller.example", "Sam", archived=True))
    connected.portal.put("deals", 2, 3, hubspot_owner_id="9")
    facts = connected.sync().facts
    assert "owner:9" not in facts
    assert (
        next(f for name, f in facts.items() if name.startswith("deal:2:")).changes["salesperson"]
        == "sam"
    )


def test_members_that_came_from_here_are_told_the_same_again(connected):
    first = connected.sync().facts["owner:2"]
    known = replace(OURS, members={**OURS.members, "gone@seller.example": "2"})
    pages = Connector().pull(connected.access, connected.cursor, known)
    again = [fact for page in pages for fact in page.facts if fact.external_id == "owner:2"]
    assert [checked(fact) for fact in again] == [first]


def test_more_than_a_search_gives_is_read_by_searches_that_do_not_count():
    portal = small(deals=95)
    with connected_to(portal, reach=30) as found, mock.patch.object(changing, "PAGE", 10):
        found.sync()
    assert sum(name.startswith("begin:") for name in found.facts) == 95


def test_an_import_that_changed_all_in_one_moment_is_read_whole():
    portal = small(deals=0)
    for number in range(1, 46):
        deal(portal, number, 2)
    deal(portal, 46, 3)
    with connected_to(portal, reach=30) as found, mock.patch.object(changing, "PAGE", 10):
        found.sync()
    assert sum(name.startswith("begin:") for name in found.facts) == 46


def test_what_is_changed_while_it_is_read_pushes_nothing_out_of_sight():
    portal = small(deals=30)
    with connected_to(portal) as found, mock.patch.object(changing, "PAGE", 10):
        pages = Connector().pull(found.access, {}, OURS)
        told = set()
        for page in pages:
            told |= {fact.key for fact in page.facts if fact.kind == "deal"}
            if page.doing == "deals" and page.done == 10:
                for number in range(1, 6):
                    portal.put("deals", number, 9, amount="5")
    assert told == {str(number) for number in range(1, 31)}


def past(portal: Portal) -> None:
    portal.put("deals", 7, 5, dealstage="propose")
    portal.put("deals", 9, 6, amount="")
    portal.merge(11, 12, into=60, day=7)
    portal.delete("deals", 13, 8)
    portal.delete("meetings", 41, 9)


@costly(8)
@given(
    cuts=st.lists(st.integers(0, 14), max_size=3),
    failing=st.sets(st.integers(1, 60), max_size=4),
    twice=st.booleans(),
)
def test_cut_anywhere_and_run_again_it_is_one_clean_run(cuts, failing, twice):
    portal = small(deals=25)
    past(portal)
    with connected_to(portal) as clean, mock.patch.object(changing, "PAGE", 10):
        clean.sync()
    with connected_to(portal) as found, mock.patch.object(changing, "PAGE", 10):
        for cut in cuts:
            found.sync(pages=cut)
        found.fake.failing = {len(found.fake.asked) + number for number in failing}
        for _ in failing:
            try:
                found.sync()
            except TryAgain:
                continue
        found.fake.failing = set()
        found.sync()
        if twice:
            found.cursor = {}
            found.sync()
    assert found.facts == clean.facts


@costly(8)
@given(left=st.integers(0, 60_000))
def test_a_line_that_breaks_leaves_what_a_clean_run_leaves(left):
    portal = small(deals=25)
    past(portal)
    with connected_to(portal) as found:
        port = int(asking.ROOT.rpartition(":")[2])
        clean = Connected(portal, found.fake).sync().facts
        with line(port) as way, mock.patch.object(asking, "ROOT", f"http://127.0.0.1:{way.port}"):
            way.left = left
            try:
                found.sync()
            except TryAgain:
                way.left = None
                found.sync()
    assert found.facts == clean


def test_a_second_accounts_ids_have_a_prefix_everywhere(connected):
    connected.prefix = "branch:"
    facts = connected.sync().facts.values()
    begun = next(f for f in facts if f.external_id.startswith("begin:"))
    assert begun.key.startswith("branch:")
    assert begun.changes["stage"] == "branch:qualify"
    assert {f.key for f in facts if f.kind == "member"} == {"sam", "branch:2"}
    meeting = next(f for f in facts if f.kind == "activity")
    assert (meeting.key, meeting.changes["deal"]) == ("meetings:branch:41", "branch:1")


def test_the_check_says_what_is_there(connected):
    assert Connector().check(connected.access, OURS) == (
        "3 deals, 2 owners, 2 pipelines; days are those of Europe/Berlin."
    )


def test_pages_say_how_far_it_is():
    with connected_to(small(deals=25)) as found, mock.patch.object(changing, "PAGE", 10):
        pages = list(Connector().pull(Access(found.settings), {}, OURS))
    assert [(p.done, p.total) for p in pages if p.doing == "deals" and p.total] == [
        (10, 25),
        (19, 25),
        (25, 25),
    ]

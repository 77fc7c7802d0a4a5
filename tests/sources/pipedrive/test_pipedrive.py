"""Pipedrive: the whole account, what changed since, its past, its refusals, and writing back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug import Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.record import directory, pipeline, writer
from ridealong.record.facts import Fact, checked
from ridealong.record.pipeline import EVERYTHING
from ridealong.record.ranks import SourceName
from ridealong.record.states import DealState
from ridealong.sources.base.connector import Access, Differs, Edit, Ours
from ridealong.sources.pipedrive import asking
from ridealong.sources.pipedrive.connector import Connector
from tests.sources.pipedrive.fake import BEGAN, Account, refused
from tests.support.examples import costly
from tests.support.web import served

OURS = Ours(frozenset(), {"sam@seller.example": "sam"}, "EUR", ZoneInfo("UTC"))
SOURCE = SourceName("pipedrive:main", "crm")


@dataclass
class Connected:
    """An account and what was told of it so far."""

    account: Account
    address: str
    prefix: str = ""
    cursor: Any = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """How it is reached."""
        return Access({"company": self.address, "token": "s3cret-token"}, prefix=self.prefix)

    def sync(self, pages: int = 10_000, ours: Ours = OURS) -> Connected:
        """Read, and keep so many pages."""
        for _, page in zip(
            range(pages), Connector().pull(self.access, self.cursor, ours), strict=False
        ):
            self.facts |= {fact.external_id: checked(fact) for fact in page.facts}
            self.problems += [(each.what, each.why) for each in page.problems]
            self.cursor = json.loads(json.dumps(page.cursor))
        return self

    def kept(self) -> None:
        """Store what was told in the record."""
        writer.append(SOURCE, self.facts.values())


def filled(account: Account, deals: int = 3) -> Account:
    account.users = [
        {"id": 1, "name": "Sam", "email": "Sam@seller.example", "active_flag": True},
        {"id": 2, "name": "Gone", "email": "gone@seller.example", "active_flag": False},
    ]
    for number, name in ((11, "Qualify"), (12, "Propose")):
        account.put(
            "stages", number, name=name, order_nr=number, pipeline_id=1, deal_probability=50
        )
    account.put("organizations", 21, name="Brandt", website="https://www.brandt.example/de")
    account.put(
        "persons",
        31,
        name="Eva",
        org_id=21,
        emails=[{"value": "x@y"}, {"value": "Eva@brandt.example", "primary": True}],
        phones=None,
    )
    for number in range(1, deals + 1):
        account.deal(number, day=number / 100)
    account.put(
        "activities",
        41,
        subject="Demo",
        type="meeting",
        owner_id=1,
        deal_id=1,
        due_date="2026-12-01",
        due_time="09:30",
        duration="01:30",
        done=False,
        note="<p>Bring &amp; show</p><script>x</script>",
        participants=[{"person_id": 31, "primary": True}],
    )
    return account


@pytest.fixture
def connected() -> Iterator[Connected]:
    account = filled(Account())
    with served(account) as address:
        yield Connected(account, address)


def at(day: float, key: str = "1") -> DealState:
    return pipeline.open(EVERYTHING, BEGAN + timedelta(days=day)).deal(key)


@pytest.mark.django_db
def test_the_whole_account_comes(connected):
    connected.sync().kept()
    found = at(1)
    assert (found.name, found.company, found.stage) == ("Deal 1", "Brandt", "Qualify")
    assert (str(found.amount), found.currency, found.close_date) == (
        "1000.00",
        "EUR",
        date(2026, 12, 31),
    )
    members = {m.key: m for m in pipeline.open(EVERYTHING).members()}
    assert found.salesperson_id == members["sam"].id
    assert not members["2"].active
    people = pipeline.open(EVERYTHING).contacts(found, [])
    assert [(p.name, p.email) for p in people] == [("Eva", "eva@brandt.example")]
    planned = pipeline.open(EVERYTHING).activities(found, limit=5)[0]
    assert (planned.title, planned.kind, planned.minutes) == ("Demo", "meeting", 90.0)
    assert planned.at.isoformat() == "2026-12-01T09:30:00+00:00"
    assert "Bring & show" in planned.text
    assert connected.problems == []


@pytest.mark.django_db
def test_the_kept_past_is_there_on_the_first_day(connected):
    account = connected.account
    account.deal(1, 5, stage_id=12)
    account.deal(1, 9, value=800, expected_close_date="2027-01-31")
    account.deal(1, 12, expected_close_date="2027-02-28", owner_id=2)
    account.deal(1, 20, status="lost", lost_reason="price")
    connected.sync().kept()
    assert (at(1).stage, str(at(1).amount), at(1).close_date) == (
        "Qualify",
        "1000.00",
        date(2026, 12, 31),
    )
    assert at(6).stage == "Propose"
    assert (str(at(10).amount), at(10).close_date) == ("800.00", date(2027, 1, 31))
    assert at(13).pushes == 2
    assert (at(10).salesperson, at(13).salesperson) == ("Sam", "Gone")
    assert (at(19).status, at(21).status, at(21).lost_reason) == ("open", "lost", "price")


@pytest.mark.django_db
def test_the_next_sync_reads_what_changed_only(connected):
    connected.sync().kept()
    connected.account.asked.clear()
    connected.account.deal(2, 30, title="Renamed")
    connected.sync().kept()
    changelogs = [path for path in connected.account.asked if path.endswith("changelog")]
    assert "/api/v1/deals/2/changelog" in changelogs
    assert "/api/v1/deals/1/changelog" not in changelogs
    assert at(40, "2").name == "Renamed"
    assert at(20, "2").name == "Deal 2"


@pytest.mark.django_db
def test_a_deleted_deal_goes(connected):
    connected.sync().kept()
    connected.account.deal(3, 30, status="deleted")
    connected.sync().kept()
    assert at(20, "3").name == "Deal 3"
    with pytest.raises(pipeline.NotVisible):
        at(40, "3")


def test_many_pages_are_read_whole():
    account = filled(Account(), deals=250)
    with served(account) as address:
        found = Connected(account, address).sync()
    assert sum(name.startswith("begin:") for name in found.facts) == 250


@costly(8)
@example(cuts=[1] * 12, twice=True)
@given(cuts=st.lists(st.integers(0, 8), max_size=4), twice=st.booleans())
def test_cut_after_any_page_and_run_again_it_is_one_clean_run(cuts, twice):
    account = filled(Account(), deals=23)
    account.deal(7, 5, stage_id=12)
    with served(account) as address, mock.patch.object(asking, "PAGE", 10):
        clean = Connected(account, address).sync().facts
        found = Connected(account, address)
        for cut in cuts:
            found.sync(pages=cut)
        found.sync()
        if twice:
            found.cursor = {}
            found.sync()
    assert found.facts == clean


def test_a_second_accounts_ids_have_a_prefix_everywhere(connected):
    connected.prefix = "branch:"
    facts = connected.sync().facts.values()
    deal = next(f for f in facts if f.external_id.startswith("begin:"))
    assert deal.key == "branch:1"
    assert deal.changes["stage"] == "branch:11"
    assert {f.key for f in facts if f.kind == "member"} == {"sam", "branch:2"}


def test_odd_rows_are_listed_and_the_others_come(connected):
    connected.account.rows["deals"][2]["update_time"] = "soon"
    connected.account.rows["deals"][3]["value"] = "a lot"
    connected.sync()
    assert {what for what, _ in connected.problems} == {"deals 2", "deals 3"}
    assert "begin:1" in connected.facts


def test_a_changelog_that_goes_round_in_circles_is_cut_and_said(connected):
    connected.account.deal(1, 5, stage_id=12)
    connected.account.circles = True
    connected.sync()
    assert ("deals 1", "Its history is longer than Pipedrive gives: cut.") in connected.problems


@pytest.mark.parametrize(
    ("answers", "error", "words"),
    [
        ([refused(401, "unauthorized")], Refused, "enter it anew"),
        ([refused(403, "scope")], Refused, "may lack the right"),
        ([refused(429, "slow", **{"Retry-After": "120"})], TryAgain, "120 seconds"),
        ([refused(500, "oops")] * 6, TryAgain, "500 again and again"),
        ([Response("<html>")], TryAgain, "not JSON"),
    ],
)
def test_each_refusal_says_what_to_do_and_no_secret(connected, answers, error, words):
    connected.account.fail = list(answers)
    with pytest.raises(error, match=words) as caught:
        connected.sync()
    assert "s3cret" not in str(caught.value) + repr(connected.access)


def test_it_goes_on_after_a_short_wait(connected):
    connected.account.fail = [refused(429, "slow", **{"Retry-After": "0"})]
    assert connected.sync().facts


def test_a_company_that_is_none_is_named():
    with pytest.raises(Refused, match="Company domain"):
        Connector().check(Access({"company": "https://evil.example/", "token": "x"}), OURS)


def test_the_check_counts(connected):
    assert Connector().check(connected.access, OURS) == "2 users, 2 stages."


def write(
    connected: Connected, name: str, value: str | None, before: str | None, **more: Any
) -> None:
    Connector().write(connected.access, Edit("1", name, value, before), **more)


def test_a_field_is_written_where_nobody_changed_it_meanwhile(connected):
    row = connected.account.rows["deals"][1]
    write(connected, "close_date", "2027-01-15", "2026-12-31")
    write(connected, "stage", "12", "11")
    assert (row["expected_close_date"], row["stage_id"]) == ("2027-01-15", 12)
    write(connected, "stage", "12", "11")
    write(connected, "close_date", None, "2027-01-15")
    assert row["expected_close_date"] is None


def test_what_was_changed_meanwhile_is_shown_and_written_only_anyway(connected):
    connected.account.deal(1, 40, expected_close_date="2027-03-31")
    with pytest.raises(Differs) as caught:
        write(connected, "close_date", "2027-01-15", "2026-12-31")
    assert caught.value.current == "2027-03-31"
    write(connected, "close_date", "2027-01-15", "2026-12-31", anyway=True)
    assert connected.account.rows["deals"][1]["expected_close_date"] == "2027-01-15"


def test_pipedrives_no_comes_in_its_own_words(connected):
    with pytest.raises(Refused, match="Stage does not exist"):
        write(connected, "stage", "99", "11")
    with pytest.raises(Refused, match="always has a stage"):
        write(connected, "stage", None, "11")


def test_a_note_and_a_next_step_are_added_as_text(connected):
    write(connected, "note", "Eva <b>is</b> keen\nvery", None)
    assert connected.account.notes == [
        {"deal_id": 1, "content": "Eva &lt;b&gt;is&lt;/b&gt; keen<br>very"}
    ]
    write(connected, "next_step", "Send the contract", None)
    subjects = [row["subject"] for row in connected.account.rows["activities"].values()]
    assert subjects == ["Demo", "Send the contract"]


@pytest.mark.django_db
def test_a_user_keeps_their_address_however_often_they_are_told(connected):
    connected.sync().kept()
    now = connections_now()
    assert "gone@seller.example" in now.members
    connected.facts = {}
    connected.sync(ours=now).kept()
    assert connections_now().members["gone@seller.example"] == now.members["gone@seller.example"]


def connections_now() -> Ours:
    """Return who we are by now, as the next sync is told."""
    members = {each.email: each.key for each in directory.members() if each.email}
    return Ours(frozenset(), members, "EUR", ZoneInfo("UTC"))


def test_a_time_that_is_none_does_not_become_where_to_go_on(connected):
    connected.account.deal(9, day=1)["update_time"] = "soon"
    connected.sync().sync()
    assert [what for what, _ in connected.problems] == ["deals 9", "deals 9"]

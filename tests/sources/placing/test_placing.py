"""Activities find their deals: by who takes part, what is said, and what was placed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ridealong.lib import clock
from ridealong.record import pipeline, placeable
from ridealong.record.facts import Fact
from ridealong.record.models import Activity
from ridealong.record.pipeline import Pipeline
from ridealong.record.ranks import SourceName
from ridealong.record.states import Member
from ridealong.sources import people, placing
from tests.connections.fake import AT, mail
from tests.record.telling import member, stages, tell
from tests.support.database import rolled_back
from tests.support.examples import costly

pytestmark = pytest.mark.django_db
MAIL = SourceName("imap:sam", "mail")


def deal(key: str, name: str, company: str, domain: str, *contacts: str) -> list[Fact]:
    """State an open deal of Sam's, its company and its people."""
    at = AT - timedelta(days=20)
    keys = {address: f"contact-{address}" for address in contacts}
    return [
        Fact("company", company, at, {"name": company, "domain": domain}, f"company:{company}"),
        *(
            Fact("contact", k, at, {"name": a.split("@")[0], "email": a, "company": company}, k)
            for a, k in keys.items()
        ),
        Fact(
            "deal",
            key,
            at,
            {
                "name": name,
                "company": company,
                "salesperson": "sam",
                "stage": "Qualify",
                "status": "open",
                "contacts": dict.fromkeys(keys.values(), "buyer"),
            },
            f"deal:{key}",
        ),
    ]


@pytest.fixture
def company():
    tell(
        [
            *stages(Qualify="open", Won="won", Lost="lost"),
            member("sam"),
            member("sue"),
            *deal(
                "harbour",
                "Harbour rollout",
                "Brandt Maritime",
                "brandt.example",
                "eva@brandt.example",
            ),
            *deal("audit", "Pipe audit", "Kite Pipes", "kite.example", "tom@kite.example"),
            *deal("sensors", "Sensor retrofit", "Kite Pipes", "kite.example", "ann@kite.example"),
        ]
    )


def brought(*facts: Fact) -> None:
    tell(facts, MAIL)
    placing.place_due()


def where(key: str) -> str | None:
    row = Activity.objects.get(key=key, is_latest=True)
    deals = {d.id: d.key for d in everything().open_deals(pipeline.Criteria())}
    return deals.get(row.deal_id) if row.deal_id else None


def everything() -> Pipeline:
    return pipeline.open(pipeline.EVERYTHING)


def sam() -> Member:
    return pipeline.member_with_email("sam@seller.example")


@pytest.mark.usefixtures("company")
def test_a_mail_is_placed_and_says_why_and_how_sure():
    brought(mail(1, "eva@brandt.example", "Harbour rollout: contract"))
    assert where("mail:1") == "harbour"
    row = Activity.objects.get(key="mail:1", is_latest=True)
    match = row.match or {}
    assert match["sure"] > 0.85
    assert match["why"]
    assert row.contacts == ["contact-eva@brandt.example"]
    assert row.two_way


@pytest.mark.usefixtures("company")
def test_two_deals_of_one_company_are_told_apart_where_the_text_allows():
    brought(
        mail(1, "info@kite.example", "Question on the pipe audit", text="About the pipe audit."),
        mail(2, "info@kite.example", "Hello", text="Could we speak next week?"),
    )
    assert where("mail:1") == "audit"
    assert where("mail:2") is None
    waiting = everything().unplaced(10)
    assert [each.key for each in waiting] == ["mail:2"]
    assert {key for key, _ in waiting[0].candidates} == {"audit", "sensors"}


@pytest.mark.usefixtures("company")
def test_one_click_places_it_and_teaches_the_thread():
    brought(
        mail(1, "info@kite.example", "Hello", thread="t1"),
        mail(2, "info@kite.example", "Re: Hello", thread="t1", days=1),
    )
    assert where("mail:1") is where("mail:2") is None
    people.place("mail:1", "sensors", by=sam())
    assert placing.again_with("mail:1") == 1
    assert where("mail:1") == where("mail:2") == "sensors"
    people.unplace("mail:1")
    assert where("mail:1") is None
    assert everything().count_unplaced() == 1


@pytest.mark.usefixtures("company")
def test_what_a_later_mail_makes_clear_places_what_was_left_of_its_thread():
    brought(
        mail(1, "info@kite.example", "Hello", thread="t1"),
        mail(2, "info@kite.example", "Hello again", thread="t2"),
        mail(3, "info@kite.example", "Hello too", thread="t1"),
    )
    people.place("mail:3", None, by=sam())
    brought(mail(4, "tom@kite.example", "Re: Hello: pipe audit", thread="t1", days=1))
    assert [where(f"mail:{n}") for n in (1, 2, 3, 4)] == ["audit", None, None, "audit"]


@pytest.mark.usefixtures("company")
def test_what_a_person_said_stands_against_what_is_found():
    brought(mail(1, "eva@brandt.example", "Harbour rollout"))
    people.place("mail:1", "audit", by=sam())
    placing.again_since()
    assert where("mail:1") == "audit"
    people.place("mail:1", None, by=sam())
    assert where("mail:1") is None
    assert everything().count_unplaced() == 0


@pytest.mark.usefixtures("company")
def test_colleagues_among_themselves_are_no_contact_with_the_buyer():
    at = AT + timedelta(days=1)
    ours = [{"email": f"{who}@seller.example", "name": who, "answer": ""} for who in ("sam", "sue")]
    talk = {
        "kind": "one_on_one",
        "title": "Harbour rollout: deal review",
        "people": ours,
        "members": ["sam", "sue"],
        "member": "sue",
    }
    brought(Fact("activity", "meeting:1", at, talk, "meeting:1"))
    row = Activity.objects.get(key="meeting:1", is_latest=True)
    assert row.deal_id is None
    assert not row.two_way
    assert row.placing is None


@pytest.mark.usefixtures("company")
def test_strangers_are_not_put_before_a_person():
    brought(mail(1, "anna@nowhere.example", "Office plants"))
    assert where("mail:1") is None
    assert everything().count_unplaced() == 0
    assert [each.key for each in placeable.open_ones(AT)] == ["mail:1"]


@pytest.mark.usefixtures("company")
def test_a_deal_that_comes_later_gets_the_mail_that_was_before(monkeypatch):
    brought(mail(1, "anna@nowhere.example", "Office plants"))
    tell(deal("plants", "Office plants", "Nowhere", "nowhere.example", "anna@nowhere.example"))
    monkeypatch.setattr("ridealong.sources.placing.placing.AGAIN", timedelta(days=2000))
    placing.again_since()
    assert where("mail:1") == "plants"


@pytest.mark.usefixtures("company")
def test_a_salesperson_sees_what_waits_of_their_own_only():
    brought(mail(1, "info@kite.example", "Hello"))
    assert pipeline.open(sam().id).count_unplaced() == 1
    sue = pipeline.member_with_email("sue@seller.example")
    assert pipeline.open(sue.id).count_unplaced() == 0
    assert not pipeline.open(sue.id).may_place("mail:1")


MAILS = [
    mail(
        n,
        f"{'info' if n % 3 else 'tom'}@kite.example",
        "Pipe audit" if n in {0, 1} else "Hello",
        thread=f"t{n % 4}",
    )
    for n in range(12)
]


@pytest.fixture
def at_once(company) -> dict[str, str | None]:
    return placed_in([MAILS])


@costly(25)
@given(cuts=st.sets(st.integers(1, 11)))
@example(cuts=set(range(1, 12)))
def test_placed_in_any_portions_it_is_the_same(at_once, cuts):
    ends = [*sorted(cuts), 12]
    portions = [MAILS[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    assert placed_in(portions) == at_once
    assert {"audit", None} == set(at_once.values())


def placed_in(portions: list[list[Fact]]) -> dict[str, str | None]:
    with rolled_back():
        for portion in portions:
            brought(*portion)
        return {fact.key: where(fact.key) for fact in MAILS}


def recent(fact: Fact, text: str) -> Fact:
    """Let a mail of Eva's say something today."""
    people_ = [{**p, "name": "Eva Brandt"} for p in fact.changes["people"][:1]]
    changes = {**fact.changes, "text": text, "people": [*people_, *fact.changes["people"][1:]]}
    return replace(fact, at=clock.now(), changes=changes)


@pytest.mark.usefixtures("company")
def test_what_a_mail_says_is_asked_of_the_deals_salesperson():
    said = "We can only decide in two weeks. Please send us the security questionnaire."
    brought(recent(mail(1, "eva@brandt.example", "Harbour rollout"), said))
    asked = {q.field: q for q in pipeline.open(sam().id).questions()}
    assert set(asked) == {"close_date", "next_step"}
    assert asked["next_step"].sentence == "Please send us the security questionnaire."
    people.answer(asked["next_step"], everything().deal("harbour"), yes=True)
    assert everything().deal("harbour").next_step == "Please send us the security questionnaire"
    assert everything().deal("harbour").close_date is None
    assert [q.field for q in pipeline.open(sam().id).questions()] == ["close_date"]


@pytest.mark.usefixtures("company")
def test_somebody_new_is_proposed_and_added_by_a_tap():
    new = mail(1, "nils@brandt.example", "Harbour rollout: contract")
    brought(recent(new, "Hello, I take over from Eva."))
    asked = pipeline.open(sam().id).questions()
    assert [(q.field, q.value["email"]) for q in asked] == [("contact", "nils@brandt.example")]
    people.answer(asked[0], everything().deal("harbour"), yes=True)
    found = everything().contacts(everything().deal("harbour"), [])
    assert "nils@brandt.example" in {contact.email for contact in found}


@pytest.mark.usefixtures("company")
def test_title_and_role_of_somebody_new_come_from_the_signature():
    new = recent(mail(1, "nils@brandt.example", "Harbour rollout"), "I take over from Eva.")
    said = {"name": "Nils Berg", "wrote": True, "title": "Head of Purchasing", "phone": "+49 30 1"}
    first, *others = new.changes["people"]
    brought(replace(new, changes={**new.changes, "people": [{**first, **said}, *others]}))
    asked = pipeline.open(sam().id).questions()[0]
    assert asked.asks == (
        "Add Nils Berg, Head of Purchasing, to the people of the deal as purchasing?"
    )
    people.answer(asked, everything().deal("harbour"), yes=True)
    added = next(c for c in everything().contacts(everything().deal("harbour"), []) if c.phone)
    assert (added.title, added.phone, added.role) == (
        "Head of Purchasing",
        "+49 30 1",
        "purchasing",
    )


@pytest.mark.usefixtures("company")
def test_a_persons_role_is_asked_and_holds_after_the_tap():
    said = "Thank you for the visit. eva decides on the budget."
    brought(recent(mail(1, "eva@brandt.example", "Harbour rollout"), said))
    (asked,) = (q for q in pipeline.open(sam().id).questions() if q.field == "role")
    assert asked.asks == "eva is the economic buyer: right?"
    assert everything().deal("harbour").contacts == {"contact-eva@brandt.example": "buyer"}
    people.answer(asked, everything().deal("harbour"), yes=True)
    deal_now = everything().deal("harbour")
    assert deal_now.contacts == {"contact-eva@brandt.example": "economic_buyer"}


@pytest.mark.usefixtures("company")
def test_what_was_said_long_ago_is_not_asked():
    brought(mail(1, "eva@brandt.example", "Harbour rollout", text="We will sign on 30 March."))
    assert pipeline.open(sam().id).questions() == []

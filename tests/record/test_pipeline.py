"""The one door: who sees which deals, at which moment, as known when."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING, Criteria, NotAMember, NotVisible, Order
from tests.record.telling import activity, deal, member, on, stages, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> dict[str, int]:
    """Alice owns; Lea and Bo lead; Sam and Sue report to Lea, Carl to Bo. One deal each."""
    tell(
        [
            Fact("organisation", "self", on(-30), {"currency": "EUR", "time_zone": "UTC"}, "org"),
            *stages(Qualify="open", Propose="open", Won="won", Lost="lost"),
            member("alice", role="owner"),
            member("lea", "alice", role="leader"),
            member("bo", "alice", role="leader"),
            member("sam", "lea"),
            member("sue", "lea"),
            member("carl", "bo"),
            member("ada", role="admin"),
            *(
                deal(
                    f"deal-{who}",
                    0,
                    known=0,
                    name=f"Rollout {who}",
                    company=f"Buyer {who}",
                    salesperson=who,
                    stage="Qualify",
                    status="open",
                    amount="100",
                    currency="EUR",
                )
                for who in ("lea", "sam", "sue", "carl")
            ),
        ]
    )
    return {m.key: m.id for m in pipeline.open(EVERYTHING).members()}


def keys(viewer: int, at: float = 1) -> list[str]:
    """Return the ids of the open deals that a member sees."""
    seen = pipeline.open(viewer, on(at)).open_deals(Criteria(), order=Order("name"))
    return [d.key for d in seen]


def test_everybody_sees_their_own_and_those_below_them(company):
    assert keys(company["sam"]) == ["deal-sam"]
    assert keys(company["lea"]) == ["deal-lea", "deal-sam", "deal-sue"]
    assert keys(company["bo"]) == ["deal-carl"]
    assert keys(company["alice"]) == ["deal-carl", "deal-lea", "deal-sam", "deal-sue"]
    assert keys(company["ada"]) == []


def test_a_deal_out_of_sight_is_not_there_by_any_way_of_asking(company):
    sam = pipeline.open(company["sam"], on(1))
    number = pipeline.open(EVERYTHING, on(1)).deal("deal-carl").id
    for words in ("deal-carl", str(number)):
        with pytest.raises(NotVisible):
            sam.deal(words)
    assert sam.deals_called("rollout carl") == []
    assert sam.search("rollout carl") == []
    assert sam.search("buyer carl") == []
    assert [hit.label for hit in sam.search("roll")] == ["Rollout sam"]
    assert sum(t.count for t in sam.tallies(Criteria(), "salesperson_id")) == 1


def test_who_left_or_never_was_sees_nothing(company):
    tell([Fact("member", "sam", on(2), {"active": False}, "left")])
    for viewer in (company["sam"], 987654):
        with pytest.raises(NotAMember):
            pipeline.open(viewer)
    with pytest.raises(NotAMember):
        pipeline.member_with_email("sam@seller.example")
    assert pipeline.member_with_email(" SUE@seller.example ").key == "sue"


def test_the_past_is_as_it_was_and_moves_with_the_deal(company):
    tell([deal("deal-sam", 5, known=5, salesperson="carl", stage="Propose", status="open")])
    assert keys(company["sam"], 4) == ["deal-sam"]
    assert keys(company["sam"], 6) == []
    assert keys(company["carl"], 6) == ["deal-carl", "deal-sam"]
    pair = pipeline.open(company["bo"], on(6)).compared_with(pipeline.open(company["bo"], on(4)))[0]
    assert pair.before is None
    assert pair.hidden
    assert pair.after is not None
    assert pair.after.salesperson_id == company["carl"]


def test_what_was_known_on_friday_does_not_see_what_was_learned_on_monday(company):
    tell([deal("deal-sam", 2, known=9, status="lost", stage="Lost")])
    now = pipeline.open(EVERYTHING, on(4))
    then = pipeline.open(EVERYTHING, on(4), known=on(4))
    assert now.deal("deal-sam").status == "lost"
    assert then.deal("deal-sam").status == "open"
    # so what changed since Friday's call, with what was known then, has it
    later = pipeline.open(EVERYTHING, on(10))
    since_call = [p.after.id for p in later.compared_with(then) if p.after]
    assert since_call == [later.deal("deal-sam").id]
    assert later.compared_with(later.moved(on(4))) == []


def test_comparing_backwards_is_refused(company):
    pipe = pipeline.open(EVERYTHING, on(1))
    with pytest.raises(ValueError, match="from an earlier to a later"):
        pipe.compared_with(pipe.moved(on(2)))


def test_amounts_are_converted_at_the_rate_of_the_moment(company):
    tell(
        [
            deal("deal-usd", 0, known=0, amount="200", currency="USD", salesperson="sam"),
            deal("deal-sek", 0, known=0, amount="300", currency="SEK", salesperson="sam"),
            Fact("rate", "USD", on(-20), {"per_unit": "0.9"}, "r1"),
            Fact("rate", "USD", on(3), {"per_unit": "0.8"}, "r2"),
        ]
    )
    for day, worth in ((1, "180"), (4, "160")):
        pipe = pipeline.open(company["sam"], on(day))
        (tally,) = pipe.tallies(Criteria(), "")
        assert tally.amount == Decimal(100) + Decimal(worth)
        assert (tally.count, tally.unconverted) == (3, 1)
        assert pipe.currencies_without_rate() == ("SEK",)
        ordered = pipe.open_deals(Criteria(), order=Order("value", descending=True))
        assert [d.key for d in ordered] == ["deal-usd", "deal-sam", "deal-sek"]


def test_the_last_contact_is_the_buyers_and_what_is_planned_was_known_then(company):
    tell(
        [
            activity("call", 1, kind="phone_call", deal="deal-sam"),
            activity("ours", 3, kind="email", direction="out", deal="deal-sam"),
            activity("demo", 8, known=5, kind="meeting", deal="deal-sam", title="Demo"),
        ]
    )
    number = pipeline.open(EVERYTHING, on(4)).deal("deal-sam").id
    before = pipeline.open(EVERYTHING, on(4)).touches([number])[number]
    assert (before.last_contact, before.last_activity) == (on(1), on(3))
    assert before.next_activity is None
    after = pipeline.open(EVERYTHING, on(6)).touches([number])[number]
    assert (after.next_activity, after.next_title) == (on(8), "Demo")


def test_pushes_and_the_time_in_stage_are_counted(company):
    tell(
        [
            deal("deal-sam", 1, known=1, close_date="2026-02-01"),
            deal("deal-sam", 2, known=2, close_date="2026-03-01"),
            deal("deal-sam", 3, known=3, close_date="2026-02-15", stage="Propose", status="open"),
            deal("deal-sam", 4, known=4, close_date="2026-02-20"),
        ]
    )
    found = pipeline.open(EVERYTHING, on(5)).deal("deal-sam")
    assert found.pushes == 2
    assert found.stage_since == on(3)
    assert found.created_at == on(0)

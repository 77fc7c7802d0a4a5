"""What a brief tells: where periods land, deals in three lines, edits, promises, what came."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.lib.money import amount_meant
from ridealong.lib.periods import period_of
from ridealong.record import pipeline
from ridealong.record.calling import Remarked
from ridealong.record.facts import Fact
from ridealong.record.pipeline import Pipeline
from ridealong.record.ranks import SourceName
from ridealong.views import briefing
from ridealong.views.briefing import Edits
from ridealong.views.forecasting.fitting import NOT_YET
from tests.record.telling import START, activity, deal, on, tell
from tests.views.test_briefing import keep
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db
PEOPLE = SourceName("people", "person")


def lea(day: float, known: float | None = None) -> Pipeline:
    number = next(m.id for m in pipeline.open(pipeline.EVERYTHING).members() if m.key == "lea")
    return pipeline.open(number, on(day), None if known is None else on(known))


def said(of: str, key: str, day: float, **changes: object) -> Fact:
    name = f"{of}:{key}:{day}"
    return Fact(of, key, on(day), changes, name, recorded_at=on(day))  # type: ignore[arg-type]


def called(period: str, day: float, amount: str | None, member: str = "lea") -> Fact:
    changes = {"member": member, "period": period, "amount": amount}
    return said("called_number", f"{member}:{period}", day, **changes)


def remarked(key: str, day: float, **changes: object) -> Fact:
    return said("remark", f"lea:{key}", day, member="lea", deal=key, **changes)


def test_a_landing_counts_what_was_won_in_the_period_and_what_is_due():
    # day 0 is Monday 5 January: week 2
    told(
        started("A", -10, close_date="2026-01-20"),
        started("B", -10, salesperson="sue"),
        started("C", -10, close_date="2026-02-10"),
        deal("B", -6, known=-6, stage="Won", status="won"),
        started("D", -10, amount="500"),
        deal("D", 3, known=3, stage="Won", status="won"),
    )
    week, month, quarter = briefing.brief(lea(4)).landings
    assert (week.period, month.period, quarter.period) == ("2026-W02", "2026-01", "2026-Q1")
    assert (week.won.count, month.won.count, quarter.won.count) == (1, 1, 1)
    assert week.won.amount == Decimal(500)
    assert (week.due.count, month.due.count, quarter.due.count) == (0, 1, 2)
    assert week.range is None
    assert week.why_none == NOT_YET


def test_the_number_called_stands_with_its_time_and_history():
    told(started("A"))
    tell([called("2026-01", 1, "400"), called("2026-01", 3, "450"), called("2026-01", 9, "1")])
    call = briefing.brief(lea(5)).landings[1].calls[0]
    assert (call.member, call.amount, call.at) == ("Lea", Decimal(450), on(3))
    assert call.earlier == ((on(1), Decimal(400)),)
    tell([called("2026-01", 6, None)])
    assert briefing.brief(lea(7)).landings[1].calls == ()


def test_a_hot_deal_is_told_in_three_lines():
    told(
        started("A", close_date="2026-01-30", next_step="Send the contract"),
        started("B", close_date="2026-06-30"),
        said("guidance", "g", 2, leader="lea", salesperson="sam", deal="A", text="Call the CFO."),
        deal("A", 9, known=9, amount="1500"),
    )
    made = briefing.brief(lea(10))
    assert [each.deal.key for each in made.hot] == ["A"]
    assert made.hot[0].doing == ("Lea: Call the CFO", "Sam: Send the contract")
    assert made.hot[0].changed == ("Amount up €1,000 → €1,500",)
    assert [each.deal.key for each in made.risks] == ["B"]
    assert made.risks[0].why == ("No next step, and nothing is planned",)
    assert made.risks[0].doing == ()


def test_why_a_deal_changed_is_only_what_the_record_shows():
    told(
        started("A"),
        started("B"),
        started("C"),
        deal("A", 9, known=9, stage="Lost", status="lost", lost_reason="Went with another"),
        deal("B", 9, known=9, close_date="2026-03-10"),
        deal("C", 9, known=9, close_date="2026-03-10"),
        activity("m", 8, deal="B", kind="email", direction="in", title="We need until March"),
    )
    found = briefing.brief(lea(10))
    numbers = {c.deal.key: c.deal.id for of in found.changes.values() for c in of.changes}
    assert found.reasons == {
        numbers["A"]: "Went with another",
        numbers["B"]: "Last from the buyer, 13 Jan 2026: “We need until March”",
    }


def test_hiding_takes_a_deal_out_of_lists_and_out_of_no_figure():
    told(
        started("A", close_date="2026-01-30"),
        started("B", close_date="2026-01-30"),
        remarked("A", 5, hidden=True, text="Not yet", help="Ring their owner"),
    )
    before, after = briefing.brief(lea(4)), briefing.brief(lea(6))
    assert after.open == before.open
    assert after.this_month.figure == before.this_month.figure
    assert [each.due for each in after.landings] == [each.due for each in before.landings]
    assert [each.deal.key for each in after.hot] == ["B"]
    assert [row.deal.key for row in after.this_month.deals] == ["B"]
    assert [row.deal.key for row in after.biggest] == ["B"]
    assert all(c.deal.key != "A" for of in after.changes.values() for c in of.changes)
    assert after.help == ()
    assert (before.unlisted, after.unlisted) == (0, 1)
    assert [each.key for each in briefing.hidden(lea(6))] == ["A"]


def test_an_owner_reads_what_leaders_ask_them_to_do():
    told(
        started("A"),
        Fact("member", "ona", on(-30), {"name": "Ona", "role": "owner"}, "m:ona"),
        remarked("A", 5, help="Ring their owner", text="They wait"),
    )
    ona = next(m.id for m in pipeline.open(pipeline.EVERYTHING).members() if m.key == "ona")
    asked = briefing.brief(pipeline.open(ona, on(6))).help
    assert [(each.text, each.leader, each.deal.key) for each in asked] == [
        ("Ring their owner", "Lea", "A")
    ]


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=9, unique=True),
    st.data(),
)
def test_moving_a_deal_moves_it_by_one_and_nothing_else(deals: list[int], data: st.DataObject):
    own = Edits({})
    order = list(deals)
    for _ in range(4):
        deal, step = data.draw(st.sampled_from(order)), data.draw(st.sampled_from([-1, 1]))
        wanted = list(order)
        at = wanted.index(deal)
        if 0 <= at + step < len(wanted):
            wanted[at], wanted[at + step] = wanted[at + step], wanted[at]
        places = briefing.moved(order, deal, step, own)
        remarks = {
            **own.remarks,
            **{n: Remarked(1, n, "", hidden=False, place=p, at=START) for n, p in places.items()},
        }
        own = Edits(remarks)
        assert own.ordered(deals) == wanted
        order = wanted


def test_promises_are_followed_up_until_they_are_settled_and_once_after():
    told(started("A"))
    promised = said(
        "promise", "p", 2, member="lea", kind="promise", text="Send terms", due=on(4).date(),
        state="open", deal="A",
    )  # fmt: skip
    tell([promised])
    keep(lea(1, known=1))
    open_one = briefing.brief(lea(6)).owed[0]
    assert (open_one.text, open_one.state, open_one.overdue) == ("Send terms", "open", True)
    assert open_one.deal == "Deal A"
    tell([said("promise", "p", 7, state="kept")])
    assert briefing.brief(lea(8)).owed[0].state == "kept"
    keep(lea(9, known=9), "later")
    assert briefing.brief(lea(10)).owed == ()


def test_what_we_said_then_stands_beside_what_came():
    told(
        started("A", close_date="2026-01-09"),
        started("B", close_date="2026-01-30", amount="300"),
        started("C", close_date="2026-01-30", amount="20"),
        started("D", close_date="2026-03-30"),
    )
    tell([called("2026-01", 1, "1200")])
    keep(lea(2, known=2))
    tell(
        [
            deal("A", 3, stage="Won", status="won", amount="900"),
            deal("B", 4, stage="Lost", status="lost", lost_reason="Price"),
            deal("C", 5, close_date="2026-02-20"),
        ]
    )
    came = briefing.brief(lea(7)).came
    assert came is not None
    words = {each.then.key: (each.became, each.words) for each in came.outcomes}
    assert words == {
        "A": ("won", "won, at €900"),
        "B": ("lost", "lost: Price"),
        "C": ("open", "pushed to 20 Feb 2026"),
    }
    assert (came.said, came.won) == (Decimal(1320), Decimal(900))
    of_it = came.calls[0]
    assert (of_it.call.amount, of_it.came, of_it.over) == (Decimal(1200), Decimal(900), False)
    assert (
        briefing.came(lea(60), briefing.read_kept(lea(60), briefing.kept(lea(60))[0].id))
        .calls[0]
        .over
    )


def test_a_kept_brief_freezes_the_leaders_edits():
    told(started("A", close_date="2026-01-30"), remarked("A", 1, text="Ours"))
    made = keep(lea(2))
    tell([remarked("A", 3, text="Lost hope")])
    again = briefing.read_kept(lea(4), briefing.kept(lea(4))[0].id)
    assert again == made
    assert again.hot[0].remark == "Ours"
    assert briefing.brief(lea(4)).hot[0].remark == "Lost hope"


def weeks_called(count: int, amounts: tuple[str, ...]) -> list[Fact]:
    """Each week the leader calls 1000 beforehand, and a deal of that amount is won in it."""
    facts = []
    for week, amount in zip(range(count), amounts, strict=True):
        period = period_of("week", (on(7 * week)).date()).name
        facts += [
            started(f"D{week}", -10, amount=amount),
            called(period, 7 * week - 1, "1000"),
            deal(f"D{week}", 7 * week + 2, known=7 * week + 2, stage="Won", status="won"),
            # what is called when the period is all but over reports, and does not count
            called(period, 7 * week + 6, amount),
        ]
    return facts


def test_how_near_numbers_were_is_silent_with_few_and_leans_only_where_it_is_sure():
    told(*weeks_called(3, ("900", "800", "850")))
    few = briefing.accuracy(lea(40), lea(40).viewer.id)[0]  # type: ignore[union-attr]
    assert (few.span, len(few.past), few.error) == ("week", 3, None)
    assert few.sentence == "3 of the 4 past weeks that are the least to say how near."
    tell(weeks_called(6, ("900", "800", "850", "900", "800", "850"))[12:])
    near = briefing.accuracy(lea(60), lea(60).viewer.id)[0]  # type: ignore[union-attr]
    assert near.past[0].called == Decimal(1000)
    assert near.error == pytest.approx(0.15)
    assert near.bias == pytest.approx(-0.15)
    assert near.low is not None
    assert near.high is not None
    assert near.low < -0.15 < near.high < 0
    assert near.sentence == "Off by 15% on average over 6 weeks; likely less comes than is called."


def test_a_salesperson_is_not_told_of_others_numbers_nor_promises():
    told(started("A"))
    tell([called("2026-01", 1, "400"), called("2026-01", 1, "70", "sam")])
    tell([said("promise", "p", 2, member="lea", text="Send terms", state="open")])
    number = next(m.id for m in pipeline.open(pipeline.EVERYTHING).members() if m.key == "sam")
    made = briefing.brief(pipeline.open(number, on(5)))
    assert [call.member for call in made.landings[1].calls] == ["Sam"]
    assert made.owed == ()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("450k", "450000"),
        ("1.2m", "1200000"),
        ("€450,000", "450000"),
        ("450.000", "450000"),
        ("12.50", "12.5"),
        ("1'200'000", "1200000"),
        ("0", "0"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str):
    assert amount_meant(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "lots", "-5", "5 5 x", "1e9", "9" * 30])
def test_what_is_no_amount_is_refused_in_a_sentence(text: str):
    with pytest.raises(ValueError, match="is no amount"):
        amount_meant(text)

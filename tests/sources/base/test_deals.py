"""A deal as a CRM keeps it, told as facts: the past is there on the first day."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.base.deals import Change, deal_facts
from tests.record.telling import stages, tell

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def day(number: float) -> datetime:
    return BEGAN + timedelta(days=number)


def told(modified: float = 30, **now: object) -> list[Fact]:
    values = {
        "name": "Rollout",
        "stage": "Propose",
        "status": "open",
        "amount": "500",
        "close_date": "2026-12-31",
        **now,
    }
    history = [
        Change("h1", day(5), {"stage": "Propose", "status": "open"}, {"stage": "Qualify"}),
        Change("h2", day(9), {"amount": "400"}, {"amount": "300"}),
        Change("h3", day(12), {"amount": "500"}, {"amount": "400"}),
    ]
    return list(
        deal_facts(
            "D1",
            created=BEGAN,
            modified=day(modified),
            values=values,
            history=history,
            tracked={"stage", "status", "amount"},
        )
    )


def at(number: float) -> tuple[str, str, str]:
    found = pipeline.open(EVERYTHING, day(number)).deal("D1")
    return found.stage, str(found.amount), str(found.close_date)


@pytest.fixture(autouse=True)
def known_stages():
    tell(stages(Qualify="open", Propose="open", Won="won"))


def test_history_puts_the_past_where_it_was():
    tell(told())
    assert at(1) == ("Qualify", "300.00", "2026-12-31")
    assert at(6) == ("Propose", "300.00", "2026-12-31")
    assert at(10) == ("Propose", "400.00", "2026-12-31")
    assert at(40) == ("Propose", "500.00", "2026-12-31")
    assert pipeline.open(EVERYTHING, day(1)).deal("D1").created_at == BEGAN


def test_told_again_with_more_the_past_stays():
    tell(told())
    tell(told(50, close_date="2027-03-31"))
    assert at(45) == ("Propose", "500.00", "2026-12-31")
    assert at(60) == ("Propose", "500.00", "2027-03-31")
    assert pipeline.open(EVERYTHING, day(60)).deal("D1").pushes == 1
    assert at(1)[0] == "Qualify"


def test_in_any_order_it_is_the_same():
    facts = told()
    random.Random(3).shuffle(facts)
    for fact in facts:
        tell([fact])
    test_history_puts_the_past_where_it_was()


def test_of_a_deal_without_kept_history_the_present_holds_back_to_its_beginning():
    tell(deal_facts("D1", created=BEGAN, modified=day(9), values={"stage": "Won", "status": "won"}))
    assert pipeline.open(EVERYTHING, day(1)).deal("D1").status == "won"

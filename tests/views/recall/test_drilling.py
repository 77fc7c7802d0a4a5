"""What is asked when, what is remembered, and the share that is likely known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from ridealong.record import pipeline, writer
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.record.recalled import Answered
from ridealong.record.states import Member
from ridealong.sources.people import recalling
from ridealong.sources.people.recalling import Given
from ridealong.views import recall
from ridealong.views.recall import Drill, Item
from ridealong.views.recall.remembering import memories
from tests.record.telling import deal, on, tell
from tests.record.telling import member as employed
from tests.views.test_inspection import started, told

pytestmark = pytest.mark.django_db

TODAY = 40


@pytest.fixture(autouse=True)
def company() -> None:
    """Sam, who reports to Lea, carries two deals; Sue one, and Bo, whom Lea does not lead."""
    told(
        started(
            "A1",
            name="Harbour rollout",
            company="Brandt",
            amount="100000",
            next_step="Send the terms",
            close_date=date(2026, 3, 1),
        ),
        started(
            "B1",
            name="Pump audit",
            company="Okapi",
            amount="300000",
            next_step="Visit the plant",
            salesperson="sue",
        ),
        started("C1", name="Sensor line", company="Zeus", amount="900000", salesperson="bo"),
    )


def member(key: str) -> Member:
    return next(m for m in pipeline.open(EVERYTHING).members() if m.key == key)


def seen(key: str = "lea", day: float = TODAY) -> Pipeline:
    return pipeline.open(member(key).id, on(day))


def drilled(day: float = TODAY, *, more: bool = False) -> Drill:
    pipe = seen(day=day)
    return recall.drill(recall.study(pipe, member("lea")), more=more)


def answer(item: Item, day: float, rating: int = 3, number: str = "") -> None:
    one = item.question.askable
    given_answer = Given(
        id=number or f"{one.card}:{day}",
        at=on(day),
        deal=one.deal.key,
        question=one.card[1],
        stands_on=one.stands_on,
        words=one.told,
        rating=rating,
    )
    with time_machine.travel(on(day) + timedelta(minutes=1), tick=False):
        recalling.keep([given_answer], by=member("lea"))


def answer_all(day: float, rating: int = 3) -> int:
    items = drilled(day, more=True).items
    for item in items:
        answer(item, day, rating)
    return len(items)


def share(day: float, key: str = "lea", of: str = "lea") -> float | None:
    return recall.known_share(seen(key, day), member(of)).share


def test_only_what_one_leads_is_asked_and_not_too_much_at_once() -> None:
    items = drilled().items
    assert items
    assert {item.state for item in items} == {"new"}
    deals = [item.question.askable.deal.key for item in items]
    assert set(deals) == {"A1", "B1"}
    assert max(deals.count(each) for each in deals) <= 2
    # Three times the value: asked about first.
    assert deals[0] == "B1"


def test_what_is_answered_comes_again_when_it_is_likely_forgotten() -> None:
    first = drilled()
    for item in first.items:
        answer(item, TODAY, rating=3)
    asked_again = {item.question.askable.card: item.state for item in drilled(TODAY + 1).items}
    cards = {item.question.askable.card for item in first.items}
    assert not cards & asked_again.keys()
    later = drilled(TODAY + 6).items
    assert {i.question.askable.card for i in later if i.state == "due"} == cards
    assert drilled(TODAY + 1).days[-2] is True
    assert drilled(TODAY + 1).days_done == 1


def test_a_day_has_an_end_and_more_can_be_asked_for() -> None:
    while items := drilled().items:
        for item in items:
            answer(item, TODAY)
    # New questions are limited, so that they do not all come back on one day.
    assert drilled().done == 8
    assert drilled(more=True).items
    assert drilled(TODAY + 1).items


def test_a_fact_that_changed_comes_back_at_once_with_old_and_new() -> None:
    while answer_all(TODAY):
        pass
    tell([deal("A1", TODAY + 1, known=TODAY + 1, next_step="Sign the order")])
    changed = [item for item in drilled(TODAY + 1.1).items if item.state == "changed"]
    told_of = {i.question.askable.kind.name: (i.before, i.question.askable.told) for i in changed}
    assert told_of["next_step"] == ("Send the terms", "Sign the order")
    before = share(TODAY + 1.1)
    for item in changed:
        answer(item, TODAY + 1.2, rating=2)
    assert not [i for i in drilled(TODAY + 1.3).items if i.state == "changed"]
    after = share(TODAY + 1.3)
    assert before is not None
    assert after is not None
    assert after > before


def test_the_share_known_begins_at_nothing_and_fades() -> None:
    assert share(TODAY) == 0.0
    while answer_all(TODAY):
        pass
    assert share(TODAY + 0.1) == pytest.approx(1.0)
    fading = [share(TODAY + days) or 0.0 for days in (1, 3, 10, 60)]
    assert fading == sorted(fading, reverse=True)
    assert 0 < fading[-1] < 0.7
    # As of then: what was answered later is not known earlier.
    assert share(TODAY - 1) == 0.0


def test_the_share_is_weighted_by_value_and_counts_what_was_never_asked() -> None:
    for item in drilled(more=True).items:
        if item.question.askable.deal.key == "A1":
            answer(item, TODAY)
    pipe = seen(day=TODAY + 0.1)
    known = recall.known_share(pipe, member("lea"))
    of_deal = {each.deal.key: each for each in known.deals}
    assert of_deal["B1"].share == 0
    assert known.never_asked == 1
    assert known.value == 400_000
    assert known.share is not None
    assert known.low <= known.share <= known.high <= 0.25, "what was never asked is surely unknown"
    later = recall.known_share(seen("lea", TODAY + 30), member("lea"))
    assert later.share is not None
    assert later.low < later.share < later.high, "what fades is not sure"
    assert known.questions == sum(each.asked for each in known.deals)
    assert known.share == pytest.approx(of_deal["A1"].share / 4)
    assert float(known.known) == pytest.approx(100_000 * of_deal["A1"].share)


def test_an_owner_sees_what_the_leader_sees_and_others_see_nothing() -> None:
    tell([employed("ona", role="owner")])
    answer_all(TODAY)
    assert share(TODAY + 1, key="ona") == share(TODAY + 1)
    assert share(TODAY + 1, key="sam", of="lea") == 0.0
    assert not seen("sam", TODAY + 1).recalled.answers(member("lea").id)


def test_an_answer_is_kept_once_and_can_be_taken_back_before_it_arrives() -> None:
    item = drilled().items[0]
    answer(item, TODAY, number="one")
    answer(item, TODAY, number="one")
    lea = member("lea")
    answers = seen(day=TODAY + 1).recalled.answers(lea.id)
    assert [each.rating for each in answers] == [3]
    recalling.take_back("one", by=lea)
    recalling.take_back("two", by=lea)
    answer(item, TODAY, number="one")
    answer(item, TODAY, number="two")
    assert not seen(day=TODAY + 1).recalled.answers(lea.id)
    # Somebody else's of the same id stays.
    answer(item, TODAY, number="three")
    recalling.take_back("three", by=member("sam"))
    assert len(seen(day=TODAY + 1).recalled.answers(lea.id)) == 1


def test_dropping_and_folding_again_changes_no_answer() -> None:
    answer_all(TODAY)
    lea = member("lea")
    before = seen(day=TODAY + 1).recalled.answers(lea.id)
    writer.rebuild()
    assert before
    assert seen(day=TODAY + 1).recalled.answers(lea.id) == before


def test_of_many_deals_those_that_matter_are_chosen_by_the_database() -> None:
    pipe = seen()
    found = pipe.recalled.foremost(None, pipe.conversion, on(TODAY).date(), since=on(0), limit=1)
    assert [d.key for d in pipe.deals_numbered(found)] == ["B1"]


RATINGS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 20), st.sampled_from(["old", "new"])), max_size=12
)


@settings(max_examples=60)
@given(RATINGS, st.integers(0, 300))
def test_memory_is_the_same_as_of_any_moment_and_never_grows_by_itself(
    given_answers: list[tuple[int, int, str]], later: int
) -> None:
    at = on(0)
    answers: list[Answered] = []
    for rating, days, stands_on in given_answers:
        at += timedelta(days=days, minutes=1)
        answers.append(Answered("k", at, 1, "stage", stands_on, stands_on, rating))
    for until in range(len(answers) + 1):
        found = memories(answers[:until]).get((1, "stage"))
        if not until:
            assert found is None
            continue
        assert found is not None
        last = answers[until - 1]
        assert found.stands_on == last.stands_on
        run = 0
        for each in reversed(answers[:until]):
            if each.stands_on != last.stands_on:
                break
            run += 1
        assert found.times == run
        assert found.due > last.at
        moments: list[datetime] = [last.at + timedelta(days=n) for n in (0, 1, later, later + 1)]
        likely = [found.likely(moment) for moment in sorted(moments)]
        assert likely == sorted(likely, reverse=True)
        assert all(0 <= each <= 1 for each in likely)

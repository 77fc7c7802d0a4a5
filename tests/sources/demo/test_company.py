"""What holds of the simulated company, whatever the seed and the day."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from ridealong.record.facts import checked
from ridealong.record.vocabulary import REFERENCES
from ridealong.sources.demo import SIGN_INS, company, truth
from ridealong.sources.demo.workdays import ZONE, is_workday, last_call, local_day, moment
from tests.sources.demo.changing import KINDS, changes
from tests.sources.demo.telling import TODAY, Told, told
from tests.support.examples import costly

SEEDS = st.integers(0, 10_000)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_the_same_seed_and_day_give_the_same_facts() -> None:
    first = list(told().facts)
    truth.cache_clear()
    assert list(company(seed=7, today=TODAY)) == first
    assert list(told(8, date(2026, 3, 16)).facts) != first


@costly(2)
@given(SEEDS, DAYS)
@example(7, date(2024, 2, 29))
@example(1, date(2026, 1, 1))
@example(2, date(2025, 12, 29))
@example(3, date(2026, 4, 4))
@example(4, date(2026, 11, 27))
@example(7869, date(2026, 3, 28))
def test_whatever_the_seed_and_the_day(seed: int, today: date) -> None:
    """One property for all: making a company takes a second or two."""
    view = told(seed, today)
    every_fact_is_valid_and_known_by_now(view)
    what_is_referred_to_was_told_before(view)
    deals_are_told_in_order(view)
    deals_end_as_they_should(view)
    salespeople_worked_here_when_they_did_it(view)
    the_company_has_the_size_promised(view)
    there_is_something_for_each_screen(view)
    each_kind_of_change_happened_since_the_last_call(view)


def every_fact_is_valid_and_known_by_now(view: Told) -> None:
    statements = set()
    for fact in view.facts:
        checked(fact)
        assert fact.recorded_at is not None
        assert fact.recorded_at < view.now
        ahead = fact.kind == "activity" and not fact.changes["done"]
        assert fact.recorded_at >= fact.at or ahead
        statements.add((fact.external_id, fact.recorded_at))
    assert len(statements) == len(view.facts)
    learned = [fact.recorded_at for fact in view.facts if fact.recorded_at]
    assert learned == sorted(learned)


def what_is_referred_to_was_told_before(view: Told) -> None:
    known = {(fact.kind, fact.key) for fact in view.facts}
    for fact in view.facts:
        for name, kind in REFERENCES.get(fact.kind, {}).items():
            if fact.changes.get(name):
                assert (kind, fact.changes[name]) in known
        for contact in fact.changes.get("contacts") or ():
            assert ("contact", contact) in known


def deals_are_told_in_order(view: Told) -> None:
    began = {"name", "company", "salesperson", "stage", "status", "amount", "currency"}
    names = set()
    for facts in view.deals.values():
        assert {*began, "close_date", "category"} <= facts[0].changes.keys()
        names.add(facts[0].changes["name"])
        assert all(one.at < other.at for one, other in itertools.pairwise(facts))
        assert all(("stage" in f.changes) <= ("status" in f.changes) for f in facts)
        assert all(f.at.astimezone(ZONE).hour >= 6 for f in facts)
    assert len(names) == len(view.deals)


def deals_end_as_they_should(view: Told) -> None:
    for facts in view.deals.values():
        state: dict[str, object] = {}
        for fact in facts:
            state.update(fact.changes)
            if fact.changes.get("status") in {"won", "lost"}:
                assert state["close_date"] == local_day(fact.at).isoformat()
                assert state["category"] == "closed"
            if fact.changes.get("status") == "lost":
                assert state["lost_reason"]
        assert state["status"] == "open" or state["stage"] == state["status"]


def salespeople_worked_here_when_they_did_it(view: Told) -> None:
    began = {f.key: f.at for f in reversed(view.facts) if f.kind == "member"}
    ended = {f.key: f.at for f in view.facts if f.changes.get("active") is False}
    for facts in view.deals.values():
        for fact in facts:
            if seller := fact.changes.get("salesperson"):
                assert began[seller] <= fact.at + timedelta(days=1)
                assert seller not in ended or fact.at < ended[seller]
    for fact in view.latest():
        if fact.changes["done"] and fact.changes["kind"] != "task":
            assert fact.at < ended.get(fact.changes["member"], view.now)
    assert not set(ended) & {state["salesperson"] for state in view.open_now().values()}


def the_company_has_the_size_promised(view: Told) -> None:
    assert 650 <= len(view.deals) <= 1000
    assert 95 <= len(view.open_now()) <= 150
    assert len({state["company"] for state in view.states(view.now).values()}) > 130
    assert len(SIGN_INS) == 13
    amounts = [float(state["amount"]) for state in view.states(view.now).values()]
    assert min(amounts) >= 7000
    assert max(amounts) <= 1_100_000


def there_is_something_for_each_screen(view: Told) -> None:
    today = view.today
    open_now = view.open_now()
    heard = view.last_heard()
    planned = {f.changes.get("deal") for f in view.latest() if f.at > view.now}
    sunday = today + timedelta(days=6 - today.weekday())
    close = {key: date.fromisoformat(state["close_date"]) for key, state in open_now.items()}
    assert sum(view.now - heard[key] > timedelta(days=21) for key in open_now) >= 3, "dark"
    assert sum(view.now - heard[key] < timedelta(days=10) for key in open_now) >= 5, "warm"
    assert any(day < today for day in close.values()), "overdue"
    assert sum(today <= day <= sunday for day in close.values()) >= 2, "closing this week"
    assert sum(day.replace(day=1) == today.replace(day=1) for day in close.values()) >= 2
    steps = [key for key, s in open_now.items() if not s.get("next_step") and key not in planned]
    assert len(steps) >= 2, "no next step"
    assert sum(len(s["contacts"]) == 1 for s in open_now.values()) >= 3, "single-threaded"
    assert any(pushes(view, key) >= 3 for key in open_now), "pushed three times"
    assert len(planned) >= 15, "meetings ahead"
    stuck = [key for key in open_now if view.now - in_stage_since(view, key) > timedelta(days=60)]
    assert stuck


def each_kind_of_change_happened_since_the_last_call(view: Told) -> None:
    assert changes(view, last_call(view.today)) == KINDS
    if view.today.weekday() > 0:
        monday = view.today - timedelta(days=view.today.weekday())
        assert changes(view, moment(monday, 0)) == KINDS


def pushes(view: Told, key: str) -> int:
    """Return how often a deal's close date went up."""
    dates = [f.changes["close_date"] for f in view.deals[key] if f.changes.get("close_date")]
    return sum(later > earlier for earlier, later in itertools.pairwise(dates))


def in_stage_since(view: Told, key: str) -> datetime:
    return max(fact.at for fact in view.deals[key] if "stage" in fact.changes)


def test_nothing_happens_on_holidays_but_what_people_enter_late() -> None:
    view = told()
    for said in view.activities.values():
        if said[0].changes["kind"] in {"meeting", "one_on_one", "email"}:
            assert is_workday(local_day(said[0].at))


def test_times_follow_berlin_through_its_clock_changes() -> None:
    assert moment(date(2026, 7, 1), 8).hour == 6
    assert moment(date(2026, 12, 1), 8).hour == 7
    calls = [f for f in told().latest() if f.changes["member"] == "katharina.brandt"]
    assert {f.at.astimezone(ZONE).hour for f in calls} == {8}


def test_the_last_call_is_the_friday_before() -> None:
    friday = moment(date(2026, 11, 20), 8)
    for ahead in range(1, 8):
        assert last_call(date(2026, 11, 20) + timedelta(days=ahead)) == friday

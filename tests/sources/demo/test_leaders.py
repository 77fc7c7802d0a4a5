"""One leader leads and the other collects: the facts show it, and so do the outcomes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from ridealong.record.facts import Fact
from ridealong.sources.demo import truth
from ridealong.sources.demo.truth import Conversation
from ridealong.sources.demo.workdays import ZONE, is_workday, moment
from tests.sources.demo.telling import COACH, COLLECTOR, TODAY, Told, told

QUARTER = timedelta(days=91)


def talks(view: Told, leader: str) -> list[Fact]:
    """Return a leader's talks of the last quarter that took place."""
    return [
        fact
        for fact in view.latest()
        if fact.changes["member"] == leader
        and fact.changes["done"]
        and view.now - fact.at < QUARTER
    ]


def real_talks(seed: int, today: date, leader: str) -> list[Conversation]:
    """Return a leader's conversations of the last quarter as they really were."""
    now = moment(today, 0)
    every = truth(seed=seed, today=today).conversations
    return [talk for talk in every if talk.leader == leader and now - talk.at < QUARTER]


def share(talks: list[Conversation], *natures: str) -> float:
    """Return how much of the talks was of these natures."""
    every = [talk.nature for talk in talks]
    return float(sum(nature.get(name, 0) for nature in every for name in natures) / len(every))


def win_rate(view: Told, leader: str) -> float:
    ends = Counter(
        state["status"]
        for state in view.states(view.now).values()
        if view.leader_of(state["salesperson"]) == leader
    )
    return ends["won"] / (ends["won"] + ends["lost"])


@pytest.mark.parametrize(("seed", "today"), [(7, TODAY), (8, date(2026, 3, 16))])
def test_what_they_talk_about_differs(seed: int, today: date) -> None:
    coaching = ("deal_coaching", "call_preparation", "call_debrief", "skill_coaching")
    coach, other = (real_talks(seed, today, leader) for leader in (COACH, COLLECTOR))
    assert share(coach, *coaching) > 0.5
    assert share(coach, "status_check", "forecast_review") < 0.2
    assert share(other, "status_check", "forecast_review") > 0.9


@pytest.mark.parametrize(("seed", "today"), [(7, TODAY), (8, date(2026, 3, 16))])
def test_how_often_they_speak_differs(seed: int, today: date) -> None:
    view = told(seed, today)
    alone = {
        leader: [f for f in talks(view, leader) if f.changes["kind"] == "one_on_one"]
        for leader in (COACH, COLLECTOR)
    }
    assert len(alone[COACH]) > 40
    assert 2 <= len(alone[COLLECTOR]) < 20


def test_one_speaks_of_early_deals_the_other_of_late_ones() -> None:
    view = told()
    late = {"propose", "negotiate"}
    for leader, early in ((COACH, True), (COLLECTOR, False)):
        stages = [
            stage_at(view, key, talk.at)
            for talk in real_talks(7, TODAY, leader)
            for key in talk.deals
        ]
        shown = sum(stage not in late for stage in stages) / len(stages)
        assert (shown > 0.5) == early


def stage_at(view: Told, key: str, at: datetime) -> str:
    stages = [f.changes["stage"] for f in view.deals[key] if "stage" in f.changes and f.at < at]
    return str(stages[-1]) if stages else "qualify"


def test_editing_crowds_before_the_call_where_nobody_leads() -> None:
    view = told()
    now = view.states(view.now)
    crowded = {}
    for leader in (COACH, COLLECTOR):
        edits = [
            fact.at.astimezone(ZONE)
            for key, facts in view.deals.items()
            if view.leader_of(now[key]["salesperson"]) == leader
            for fact in facts
        ]
        before_call = [
            at
            for at in edits
            if (at.weekday() == 3 and at.hour >= 17) or (at.weekday() == 4 and at.hour < 8)
        ]
        crowded[leader] = len(before_call) / len(edits)
    assert crowded[COACH] < 0.05
    assert crowded[COLLECTOR] > 0.35


def test_talks_are_written_down_later_where_nobody_leads() -> None:
    view = told()
    lags: dict[str | None, list[float]] = {COACH: [], COLLECTOR: []}
    for said in view.activities.values():
        first = said[0]
        assert first.recorded_at is not None
        if first.changes["kind"] == "phone_call":
            lag = (first.recorded_at - first.at).total_seconds() / 3600
            assert 0 <= lag <= 48
            lags[view.leader_of(first.changes["member"])].append(lag)
    average = {leader: sum(hours) / len(hours) for leader, hours in lags.items()}
    assert average[COLLECTOR] > 2 * average[COACH]


def test_outcomes_differ_moderately() -> None:
    rates = [
        (win_rate(view, COACH), win_rate(view, COLLECTOR))
        for view in (told(seed, TODAY) for seed in range(4))
    ]
    led, collected = (sum(side) / len(rates) for side in zip(*rates, strict=True))
    assert 0.15 < collected < led < 0.5
    assert 1.15 < led / collected < 1.8


def test_guidance_is_in_the_notes_and_mostly_followed() -> None:
    real = truth(seed=7, today=TODAY)
    view = told()
    notes = {f.at: f.changes["text"] for f in view.latest() if f.changes["kind"] == "one_on_one"}
    for given in real.guidance:
        assert given.leader == COACH
        if given.at in notes:
            assert given.text in notes[given.at]
    due = [given for given in real.guidance if given.due < TODAY]
    followed = [given for given in due if given.followed]
    assert 0.6 < len(followed) / len(due) < 0.9
    assert all(given.followed and given.followed > given.at.date() for given in followed)


def test_the_truth_is_what_was_told_of_talks() -> None:
    real = truth(seed=7, today=TODAY)
    view = told()
    for talk in real.conversations:
        said = view.activities[talk.key][-1]
        people = {said.changes["member"], *said.changes["members"]}
        assert people == {talk.leader, *talk.salespeople}
        # Customers' meetings are their salesperson's, whoever joins.
        first = talk.salespeople[0] if talk.kind == "ride_along" else talk.leader
        assert said.changes["member"] == first
        assert said.at == talk.at
        assert is_workday(said.at.astimezone(ZONE).date())


def test_no_source_says_what_a_talk_was_about() -> None:
    for fact in told().facts:
        assert not {"nature", "deals_discussed"} & fact.changes.keys()


def test_what_was_said_is_told_as_a_recorder_writes_it() -> None:
    view = told()
    for talk in truth(seed=7, today=TODAY).conversations:
        if talk.kind in {"one_on_one", "deal_review", "call_review", "team"} and not talk.mail:
            lines = view.activities[talk.key][-1].changes["text"].splitlines()
            assert 6 <= len(lines) <= 60
            assert all(": " in line for line in lines)
        assert sum(talk.nature.values()) == pytest.approx(1)

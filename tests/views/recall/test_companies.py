"""Questions on simulated companies: never ambiguous, stale or answered by their own wording."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from ridealong.record import pipeline, writer
from ridealong.record.pipeline import EVERYTHING, Criteria
from ridealong.record.ranks import SourceName
from tests.sources.demo.telling import COACH, TODAY, Told, told
from tests.views.recall.asked import all_holds, every_question

pytestmark = pytest.mark.django_db

BACK = (0, 3, 17, 45, 90)
"""Days before today at which questions are looked at."""


def a_team(view: Told, leader: str) -> set[str]:
    """The deals of one leader's salespeople that were open at any of the moments."""
    keys = set()
    for back in BACK:
        for key, state in view.states(view.now - timedelta(days=back)).items():
            if state["status"] == "open" and view.leader_of(state["salesperson"]) == leader:
                keys.add(key)
    # A third of them has every kind of question, and is told in a third of the time.
    return set(sorted(keys)[::3])


def tell_of(view: Told, deals: set[str]) -> None:
    """Tell the record of these deals, and of all that is no deal and no activity."""
    guided = {f.key for f in view.facts if f.kind == "guidance" and f.changes.get("deal") in deals}
    facts = [
        fact
        for fact in view.facts
        if (fact.kind == "deal" and fact.key in deals)
        or (fact.kind == "activity" and fact.changes.get("deal") in deals)
        or (fact.kind == "guidance" and fact.key in guided)
        or fact.kind in {"organisation", "member", "stage", "company", "contact", "rate"}
    ]
    writer.load(SourceName("demo", "demo"), facts)


@pytest.mark.parametrize(
    ("seed", "today"),
    [(7, TODAY), (41, date(2026, 3, 30)), (1203, date(2027, 8, 13)), (5, date(2028, 2, 29))],
)
def test_questions_of_a_simulated_team_at_many_moments(seed: int, today: date) -> None:
    view = told(seed, today)
    tell_of(view, a_team(view, COACH))
    leader = next(m for m in pipeline.open(EVERYTHING).members() if m.key == COACH)
    asked: dict[str, int] = defaultdict(int)
    forms: dict[str, int] = defaultdict(int)
    for back in BACK:
        pipe = pipeline.open(leader.id, view.now - timedelta(days=back))
        assert all_holds(pipe, leader) > 40
        for question in every_question(pipe, leader, seed=str(back)):
            asked[question.askable.kind.name] += 1
            forms[question.form] += 1
    # Each kind there is was asked, and in each way.
    assert set(asked) == set(KINDS)
    assert set(forms) == {"typed", "chosen", "graded"}
    assert pipe.open_deals(Criteria())


KINDS = (
    *("agreed", "amount", "champion", "changed", "closes", "competitor", "decides", "last_word"),
    *("meeting", "next_step", "stage", "stuck"),
)


def test_a_salesperson_is_asked_about_their_own_deals_only() -> None:
    view = told()
    tell_of(view, a_team(view, COACH))
    members = pipeline.open(EVERYTHING).members()
    leaders = {m.id for m in members if m.key == COACH}
    seller = next(m for m in members if m.reports_to in leaders)
    pipe = pipeline.open(seller.id, view.now)
    questions = every_question(pipe, seller)
    assert questions
    assert {q.askable.deal.salesperson_id for q in questions} == {seller.id}

"""The two leaders react to what is noticed: one within hours, the other when the call is near."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from ridealong.sources.demo.reacting import reactions
from ridealong.sources.demo.staff import COACH, COLLECTOR
from ridealong.sources.demo.workdays import moment
from tests.sources.demo.telling import told

MONDAY = moment(date(2026, 10, 5), 7.6)


def test_one_sees_within_hours_and_acts_the_other_on_the_eve_of_the_call():
    hours = {}
    acted = {}
    for leader in (COACH, COLLECTOR):
        found = [reactions(leader.key, f"signal {n}", MONDAY) for n in range(300)]
        assert found == [reactions(leader.key, f"signal {n}", MONDAY) for n in range(300)]
        assert all(at >= MONDAY for each in found for _, at in each)
        assert all(each[0][0] == "seen" for each in found if each)
        hours[leader] = median((e[0][1] - MONDAY) / timedelta(hours=1) for e in found if e)
        acted[leader] = sum(did == "acted" for each in found for did, _ in each) / 300
    assert hours[COACH] < 6
    assert hours[COLLECTOR] > 72
    assert acted[COACH] > 0.35
    assert acted[COLLECTOR] < 0.12


def test_both_call_their_numbers_and_who_hopes_calls_more():
    called = [fact for fact in told().facts if fact.kind == "called_number"]
    sums = {}
    for leader in (COACH, COLLECTOR):
        theirs = [fact for fact in called if fact.changes["member"] == leader.key]
        periods = {fact.changes["period"] for fact in theirs}
        assert len(periods) == len(theirs) > 20
        assert {"2026-10", "2026-11"} <= periods
        sums[leader] = sum(int(fact.changes["amount"]) for fact in theirs)
    assert sums[COLLECTOR] > 1.5 * sums[COACH]

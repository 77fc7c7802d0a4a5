"""All comparisons together, on simulated companies of which it is known what works."""

from __future__ import annotations

import math

import pytest

from bench.insight.trials import looked_at
from bench.insight.worlds import BEGAN, DAYS, STALLS_IN, Effects, world
from ridealong.insight import Company, tables, tried
from ridealong.insight.trying import FIRST, arrivals

LAST = BEGAN + DAYS
LOOKS = (LAST - 300, LAST)
EFFECTS = Effects(decider=4.0, stall=0.9, followed=1.5)


@pytest.mark.parametrize("seed", range(2))
def test_where_nothing_works_nothing_is_claimed(seed):
    assert not looked_at(seed, 300, Effects(), LOOKS).false


def test_what_works_is_found_and_nothing_else_about_people():
    found = looked_at(3, 1200, EFFECTS, LOOKS)
    assert {
        ("deal", "decider", 0),
        ("salesperson", str(STALLS_IN), 1),
        ("leading", "", 0),
    } <= found.claimed
    assert not found.false


def test_what_may_go_wrong_is_shared_out_once_and_for_all():
    made = world(5, 120, Effects())
    entries = tables(made.company).entries
    early = arrivals(entries, float(entries.at.min()) + FIRST)
    late = arrivals(entries, LAST)
    assert sum(late.values()) <= 1
    assert early.items() <= late.items()
    weights = [trial.weight for trial in tried(made.company, tables(made.company), LAST)]
    assert math.fsum(weights) <= 1 + 1e-9


def test_an_empty_company_and_one_that_just_began_say_nothing():
    assert not any(trial.holds for trial in tried(Company(()), tables(Company(())), LAST))
    made = world(3, 100, EFFECTS)
    begun = tried(made.company, tables(made.company), BEGAN + FIRST / 2)
    assert not any(trial.holds for trial in begun)

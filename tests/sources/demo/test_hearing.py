"""From titles and texts alone, the leaders come out as different as they were simulated to be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.sources.demo.hearing import Both, read, shares, spoken
from tests.sources.demo.telling import COACH, COLLECTOR, TODAY

QUARTER = timedelta(days=91)
COMPANIES = [(7, TODAY), (8, date(2026, 3, 16))]


@pytest.mark.parametrize(("seed", "today"), COMPANIES)
def test_kinds_are_read(seed: int, today: date) -> None:
    talks = spoken(read(seed, today))
    right = sum(each.heard.kind == each.real.kind for each in talks)
    assert right / len(talks) > 0.97


@pytest.mark.parametrize(("seed", "today"), COMPANIES)
def test_deals_are_read(seed: int, today: date) -> None:
    """Ride-alongs are left out: a customer's meeting is placed at its deal by who takes part."""
    both = [each for each in read(seed, today) if each.real.kind != "ride_along"]
    said = sum(len(each.heard.deals) for each in both)
    wanted = sum(len(each.real.deals) for each in both)
    right = sum(len({*each.heard.deals} & {*each.real.deals}) for each in both)
    assert right / said > 0.98
    assert right / wanted > 0.95


@pytest.mark.parametrize(("seed", "today"), COMPANIES)
def test_what_a_talk_was_mostly_about_is_read(seed: int, today: date) -> None:
    both = read(seed, today)
    right = sum(most(each.heard.nature) == most(each.real.nature) for each in both)
    assert right / len(both) > 0.88


@pytest.mark.parametrize("leader", [COACH, COLLECTOR])
@pytest.mark.parametrize(("seed", "today"), COMPANIES)
def test_a_leaders_quarters_are_read(seed: int, today: date, leader: str) -> None:
    """Each quarter's shares are near the truth."""
    for back in range(8):
        until = today - back * QUARTER
        talks = [
            each
            for each in spoken(read(seed, today))
            if each.real.leader == leader and until - QUARTER <= each.real.at.date() < until
        ]
        if talks:
            near(talks)


def near(talks: list[Both]) -> None:
    real = shares([each.real.nature for each in talks])
    heard = shares([dict(each.heard.nature) for each in talks])
    for name in real | heard:
        assert heard[name] == pytest.approx(real[name], abs=0.13), name


@pytest.mark.parametrize(("seed", "today"), COMPANIES)
def test_the_leaders_differ_as_they_do_in_truth(seed: int, today: date) -> None:
    talks = spoken(read(seed, today))
    coach = shares([dict(each.heard.nature) for each in talks if each.real.leader == COACH])
    other = shares([dict(each.heard.nature) for each in talks if each.real.leader == COLLECTOR])
    coaching = ("deal_coaching", "call_preparation", "call_debrief", "skill_coaching")
    assert sum(coach[name] for name in coaching) > 0.6
    assert coach["status_check"] + coach["forecast_review"] < 0.15
    assert other["status_check"] + other["forecast_review"] > 0.8
    assert sum(other[name] for name in coaching) < 0.1


def most(nature: object) -> str:
    assert isinstance(nature, dict)
    return max(nature, key=lambda name: nature[name], default="")

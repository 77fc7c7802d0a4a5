"""Over a simulated year, on its way: when a leader last spoke with each, and how often a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
import time_machine

from ridealong.record import pipeline, writer
from ridealong.record.ranks import SourceName
from ridealong.views import coaching
from tests.views.coaching.year import CHANGES, DAYS, FIRST, LEADERS, LEAVES, Year, simulate

CALENDAR = SourceName("calendar:all", "calendar")


def stops(year: Year) -> list[datetime]:
    """Return moments to look at: any, and those at which days, weeks and people change."""
    rng = Random(3)
    days = [FIRST + timedelta(days=rng.randrange(20, DAYS - 1)) for _ in range(6)]
    days += [when for when, _ in CHANGES.values()] + list(LEAVES.values())
    # Clocks change on or around these days in the zones looked at; the last is a Sunday.
    days += [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25)]
    found = [year.moment(day, rng.randrange(24), rng.randrange(60)) for day in days]
    monday = FIRST + timedelta(weeks=30)
    midnight = year.moment(monday, 0)
    return sorted([*found, midnight, midnight - timedelta(seconds=1)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seed", "zone"),
    [
        (1, "Europe/Berlin"),
        (2, "America/New_York"),
        (3, "Australia/Lord_Howe"),
        (4, "Asia/Kolkata"),
    ],
)
def test_the_ledger_tells_what_went_on(seed: int, zone: str) -> None:
    year = simulate(seed, zone)
    waiting = sorted(year.facts, key=lambda fact: fact.recorded_at or fact.at)
    for moment in stops(year):
        told = [fact for fact in waiting if (fact.recorded_at or fact.at) <= moment]
        waiting = waiting[len(told) :]
        with time_machine.travel(moment, tick=False):
            writer.append(CALENDAR, told)
            check(year, moment)
    # Looked back at from the end, every moment is as it was.
    writer.append(CALENDAR, waiting)
    for moment in stops(year):
        check(year, moment, at=moment)
        check(year, moment, at=moment, known=moment)


def check(
    year: Year, moment: datetime, at: datetime | None = None, known: datetime | None = None
) -> None:
    pipe = pipeline.open(pipeline.EVERYTHING, at, known)
    leaders = {each.key: each for each in pipe.leading.leaders()}
    for leader in LEADERS:
        made = coaching.ledger(pipe, leaders[leader])
        assert {person.member.key for person in made.people} == year.team(leader, moment)
        for person in made.people:
            who = person.member.key
            last = year.last_spoken(leader, who, moment)
            assert person.last_spoken == last, (leader, who, moment)
            assert list(person.per_week) == year.per_week(leader, who, moment)
            if last is not None:
                days = moment.astimezone(year.zone).date() - last.astimezone(year.zone).date()
                assert person.days_since == days.days

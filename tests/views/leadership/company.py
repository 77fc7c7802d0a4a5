"""A company of two leaders with four salespeople each, over 24 weeks, with habits as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from ridealong.record import pipeline
from ridealong.record.facts import Fact
from ridealong.record.pipeline import EVERYTHING
from ridealong.sources.people.responding import responded
from ridealong.sources.stating import Noticed, notice
from tests.record.telling import START, deal, member, on, stages, tell

WEEKS = 24
END = WEEKS * 7 + 0.5
PEOPLE = 4
DEALS = 5
PAST = "close_date_past"


@dataclass(frozen=True)
class Habits:
    """How a leader leads: chances a week and person.

    ``eve``: of an edit to be made in the 24 hours before the call; ``soon``: of a signal to be
    noticed on the same day.
    """

    talk: float = 0.6
    collect: float = 0.4
    guide: float = 0.5
    follow: float = 0.6
    eve: float = 0.3
    soon: float = 0.5


Plan = Mapping[str, tuple[Habits, Habits]]
"""Of each leader: habits in the first twelve weeks, and in the last."""


def alike(habits: Habits = Habits()) -> Plan:
    return {"lea": (habits, habits), "max": (habits, habits)}


def team(leader: str) -> list[str]:
    return [f"{leader}{number}" for number in range(PEOPLE)]


def told(plan: Plan, seed: int) -> None:
    """Tell the record of such a company."""
    rng = Random(seed)
    tell([member("ona", role="owner"), *stages(Qualify="open", Won="won", Lost="lost")])
    for leader in plan:
        tell([member(leader, "ona", role="leader")])
        tell([member(key, leader, role="salesperson") for key in team(leader)])
    facts: list[Fact] = []
    for leader, halves in plan.items():
        for key in team(leader):
            facts += _deals(key)
            # People differ among themselves, under either leader.
            own = Random(rng.random())
            shift = own.gauss(0, 0.08)
            for week in range(WEEKS):
                habits = halves[week >= WEEKS // 2]
                facts += _week(own, leader, key, week, _shifted(habits, shift))
    tell(facts)
    for leader, halves in plan.items():
        _signals(Random(rng.random()), leader, halves)


def _shifted(habits: Habits, shift: float) -> Habits:
    return replace(
        habits,
        talk=min(max(habits.talk + shift, 0), 1),
        eve=min(max(habits.eve + shift, 0), 1),
    )


def _deals(key: str) -> Iterator[Fact]:
    for number in range(DEALS):
        began: dict[str, Any] = {"name": f"{key} {number}", "salesperson": key, "stage": "Qualify"}
        began |= {"status": "open", "amount": str(10_000 * (number + 1))}
        # Each at a moment of its own, as by hand.
        at = 0.01 * number + 0.001 * (hash_of(key) % 100)
        yield deal(f"{key}-{number}", at, known=at, **began)


def hash_of(key: str) -> int:
    return sum(map(ord, key))


def _week(rng: Random, leader: str, key: str, week: int, habits: Habits) -> Iterator[Fact]:
    monday = week * 7
    if rng.random() < habits.talk:
        collects = rng.random() < habits.collect
        yield _talk(leader, key, monday + rng.choice((0.1, 1.1, 2.1)), collects, rng)
    for number in range(DEALS):
        if rng.random() < 0.8:
            eve = rng.random() < habits.eve
            # From Thursday at 8 to Friday at 8, or on another working day.
            at = monday + (rng.uniform(3.0, 3.4) if eve else rng.choice((0, 1, 2)))
            at += rng.uniform(0.0, 0.3)
            words = f"step {rng.random()}"
            yield deal(f"{key}-{number}", at, known=at, next_step=words, named=f"{key}{week}{at}")
    if rng.random() < habits.guide:
        yield _guidance(rng, leader, key, monday + 1.2, habits)


def _talk(leader: str, key: str, day: float, collects: bool, rng: Random) -> Fact:
    nature = {"forecast_review": 1.0} if collects else {"deal_coaching": 1.0}
    said: dict[str, Any] = {"kind": "one_on_one", "member": leader, "members": [key]}
    said |= {"title": f"Weekly with {key}", "minutes": 30, "done": True, "talk": "one_on_one"}
    said |= {"nature": nature, "deals_discussed": [f"{key}-{rng.randrange(DEALS)}"]}
    name = f"talk:{key}:{day}"
    return Fact("activity", name, on(day), said, name, recorded_at=on(day))


def _guidance(rng: Random, leader: str, key: str, day: float, habits: Habits) -> Fact:
    said: dict[str, Any] = {"leader": leader, "salesperson": key, "text": "Bring the board in"}
    said |= {"deal": f"{key}-{rng.randrange(DEALS)}", "due": on(day + 5).date()}
    said |= {"outcome": "followed" if rng.random() < habits.follow else "not_followed"}
    name = f"guidance:{key}:{day}"
    return Fact("guidance", name, on(day), said, name, recorded_at=on(day))


def _signals(rng: Random, leader: str, halves: tuple[Habits, Habits]) -> None:
    """Raise one a week on a deal of each salesperson, and have it noticed, sooner or later."""
    one = pipeline.member_with_email(f"{leader}@seller.example")
    for week in range(WEEKS - 1):
        at = on(week * 7 + 0.05)
        keys = [f"{key}-{week % DEALS}" for key in team(leader)]
        notice([Noticed(PAST, k, at, "Past its day.") for k in keys], at=at, live=False)
        pipe = pipeline.open(EVERYTHING, at, at)
        numbers = {d.id for d in pipe.deals_with_keys(keys).values()}
        soon = halves[week >= WEEKS // 2].soon
        responded(
            (s, "seen", one, at + timedelta(hours=3 if rng.random() < soon else 24 * 4))
            for s in pipe.signals.standing(deals=numbers)
        )
        gone = at + timedelta(days=6)
        notice([Noticed(PAST, key, None) for key in keys], at=gone, live=False)


def moment(day: float = END) -> datetime:
    return START + timedelta(days=day)

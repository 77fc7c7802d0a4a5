"""A simulated company as facts, so that the record can be told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bench.insight.worlds import LOST, STAGES, WON, World
from ridealong.insight import Advised, Course, Happening, Step
from ridealong.record.facts import Fact
from ridealong.record.vocabulary import SubjectKind

_DAY = 86_400
_FIRST = 10_000.0
TEXT = "Think it over."
"""What every guidance says: nothing that the record could show, so that only a word counts."""


def moment(day: float) -> datetime:
    """Return a moment of a course."""
    return datetime.fromtimestamp(day * _DAY, UTC)


def facts(world: World) -> Iterator[Fact]:
    """Yield the company's facts: people, stages, deals, what happened, guidance."""
    yield _said("organisation", "self", _FIRST, {"currency": "EUR", "time_zone": "UTC"})
    yield from _people(world)
    for stage in (*STAGES, WON, LOST):
        status = {WON: "won", LOST: "lost"}.get(stage, "open")
        told = {"name": f"Stage {stage}", "position": stage, "status": status}
        yield _said("stage", f"stage-{stage}", _FIRST, told)
    for course in world.company.courses:
        yield from _deal(course)
    for number, one in enumerate(world.company.advised):
        yield from _advised(number, one, world)


def _said(kind: SubjectKind, key: str, day: float, changes: dict[str, Any], name: str = "") -> Fact:
    at = moment(day)
    return Fact(kind, key, at, changes, name or f"{kind}:{key}:{day!r}", recorded_at=at)


def _people(world: World) -> Iterator[Fact]:
    leaders = sorted({above for above in world.company.leaders.values() if above})
    for number in leaders:
        told = {"name": f"Leader {number}", "email": f"l{number}@seller.example", "role": "leader"}
        yield _said("member", f"m{number}", _FIRST, told)
    for number, above in sorted(world.company.leaders.items()):
        yield _said(
            "member",
            f"m{number}",
            _FIRST,
            {
                "name": f"Seller {number}",
                "email": f"s{number}@seller.example",
                "role": "salesperson",
                "reports_to": f"m{above}",
            },
        )


def _deal(course: Course) -> Iterator[Fact]:
    key = f"d{course.deal}"
    people = sorted({p for h in course.happenings for p in h.people})
    for person in people:
        yield _said("contact", person, _FIRST, {"name": f"Contact {person}"})
    before: dict[str, Any] = {}
    for step in course.steps:
        state = _state(key, step)
        changes = {name: value for name, value in state.items() if before.get(name) != value}
        before = state
        if changes:
            yield _said("deal", key, step.at, changes)
    for number, each in enumerate(course.happenings):
        yield _said("activity", f"{key}-a{number}", each.at, _activity(key, each))
    for number, at in enumerate(course.discussed):
        first = course.steps[0].salesperson
        talk = {
            "kind": "one_on_one",
            "member": f"m{first}",
            "members": [f"m{first}", f"m{1001 + first % 2}"],
            "deals_discussed": [key],
        }
        yield _said("activity", f"{key}-t{number}", at, talk)


def _state(key: str, step: Step) -> dict[str, Any]:
    decider = next(iter(step.deciders))
    # A push is a later close date: the day counts them.
    close = datetime(2030, 1, 1, tzinfo=UTC).timestamp() / _DAY + step.pushes
    return {
        "name": f"Deal {key}",
        "salesperson": f"m{step.salesperson}",
        "stage": f"stage-{step.stage}",
        "status": step.status,
        "amount": f"{step.worth:.2f}",
        "currency": "EUR",
        "close_date": moment(close).date().isoformat(),
        "next_step": "Agreed" if step.next_step else None,
        "contacts": {decider: "economic_buyer"},
    }


def _activity(key: str, each: Happening) -> dict[str, Any]:
    direction = "" if each.kind == "meeting" else "in" if each.inbound else "out"
    people = list(each.people)
    return {"kind": each.kind, "deal": key, "direction": direction, "contacts": people}


def _advised(number: int, one: Advised, world: World) -> Iterator[Fact]:
    key = f"g{number}"
    yield _said(
        "guidance",
        key,
        one.at,
        {
            "leader": f"m{world.company.leaders[one.salesperson]}",
            "salesperson": f"m{one.salesperson}",
            "deal": f"d{one.deal}",
            "text": TEXT,
        },
    )
    if one.followed is not None:
        yield _said("guidance", key, one.followed, {"outcome": "followed"})

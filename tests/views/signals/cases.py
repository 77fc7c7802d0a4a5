"""A deal as the signals' rules look at it, built by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.record.evidence import Happening
from ridealong.record.leading_states import Given
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching.following import Followed
from ridealong.views.signals import Found, Norm, Norms, StageNorms, rules
from ridealong.views.signals.case import Case, Clock
from tests.record.telling import on
from tests.views.happenings import deal_state, happening, person

ZONE = ZoneInfo("Europe/Berlin")
MAIL = frozenset({"email", "answers", "meeting", "phone_call"})
NORMS = Norms(flowing={1: MAIL}, speaking=frozenset({9}), large=100_000.0)
"""Mails, answers and talks come from Sam, number 1; talks of the leader, 9, are on record."""
Make = Callable[[datetime], Case]


def learned(**figures: float) -> Norms:
    """Return what is normal in stage 1, from 40 won deals."""
    stage = StageNorms(**{name: Norm(value, 40) for name, value in figures.items()})
    return Norms({1: stage}, flowing=NORMS.flowing, speaking=NORMS.speaking, large=NORMS.large)


def made(
    *happenings: Happening,
    versions: tuple[DealState, ...] = (),
    people: tuple[Contact, ...] = (),
    norms: Norms = NORMS,
    given: tuple[Given, ...] = (),
    called_off: tuple[Happening, ...] = (),
    **more: Any,
) -> Make:
    """Return what makes the deal's case at a moment; its last version holds from then on."""

    def make(at: datetime) -> Case:
        clock = Clock(at, ZONE)
        newest = sorted(happenings, key=lambda each: each.at, reverse=True)
        past = [each for each in newest if clock.reached(each.at)]
        ahead = [each for each in newest if each.at > at and not each.declined]
        there = [each for each in versions or (deal_state(),) if clock.reached(each.valid_from)]
        plain: dict[str, Any] = {
            "leader": 9,
            "spoken": [],
            "skipped": [],
            "overdue": [_late(each) for each in given if each.due and clock.passed(each.due)],
        }
        return Case(
            clock=clock,
            deal=there[-1],
            versions=there,
            past=past,
            planned=ahead[::-1],
            called_off=called_off,
            declined=[each for each in newest if each.declined],
            people={each.key: each for each in people},
            norms=norms,
            given=given,
            **{**plain, **more},
        )

    return make


def _late(given: Given) -> Followed:
    return Followed(given, "open", False, True, None, "")


def guidance(key: str, day: float, due: float | None = None) -> Given:
    """Guidance of the leader, given on a day."""
    by = on(due).date() if due is not None else None
    return Given(1, key, on(day), 9, 1, 1, "Call Cato", by, "", "", "", on(day), "")


def course(*changes: tuple[float, dict[str, Any]]) -> tuple[DealState, ...]:
    """Return a deal's versions: what is another from each day on."""
    found: list[DealState] = []
    state: dict[str, Any] = {}
    for day, changed in changes:
        if "stage_id" in changed or not found:
            state["stage_since"] = on(day)
        state |= changed
        found.append(deal_state(**{**state, "valid_from": on(day)}))
    return tuple(found)


def stage(number: int) -> dict[str, Any]:
    """Say that a deal is in that stage."""
    return {"stage_id": number, "stage": f"Stage {number}", "stage_position": number}


def money(amount: int) -> dict[str, Any]:
    """Say what a deal is worth."""
    return {"amount": Decimal(amount), "value": Decimal(amount)}


def judged(name: str, make: Make, at: datetime, **values: float) -> tuple[Found | None, Case]:
    """Return what a rule says of a deal at a moment, and the case, whose clock was asked."""
    rule = rules()[name]
    case = make(at)
    return rule.judge(case, {each.name: each.default for each in rule.settings} | values), case


MOMENT = timedelta(microseconds=1)
HEARD = happening(50, contacts=("eng",), title="Re: offer")
ENG, CFO = person("eng", "champion", "Engineer"), person("cfo", "", "Chief Financial Officer")


def ours(*days: float, **more: Any) -> tuple[Any, ...]:
    """Mails that we sent."""
    return tuple(happening(day, direction="out", **more) for day in days)


def said(text: str, **more: Any) -> Make:
    """A deal whose buyer wrote something on day 50."""
    return made(happening(50, text=text, contacts=("eng",)), people=(ENG, CFO), **more)


def meeting(day: float, **more: Any) -> Any:
    """A meeting with the engineer."""
    return happening(day, "meeting", **{"contacts": ("eng",), "title": "Demo", **more})

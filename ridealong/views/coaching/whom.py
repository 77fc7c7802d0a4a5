"""Whom to speak with next: where an hour of the leader is worth most now, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.record.leading_states import Attended, Employed
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.views.coaching.cadence import days_between
from ridealong.views.coaching.following import followed
from ridealong.views.coaching.ledger import led
from ridealong.views.coaching.stakes import Stake, by_salesperson, stakes

DEALS_READ = 500
"""The most valuable open deals of the team that are looked at."""
DEALS_EACH = 3
GUIDANCE_READ = timedelta(days=120)
"""Guidance given longer ago is not brought up any more."""
USUAL_DAYS = 7
"""Days between two talks with a salesperson after which the next one is due."""
LONGEST_DAYS = 28
SILENT_DAYS = 14
"""Longer than that, the leader's own silence is said."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to speak with: about which deals, and why, in one sentence.

    ``days_since``: days since the two last spoke, None for never; ``silent``: that is long.
    ``asked``: what the leader put on the next 1:1's agenda about them.
    """

    member: Employed
    reason: str
    deals: tuple[Stake, ...]
    days_since: int | None
    silent: bool
    score: float
    open_guidance: int
    asked: tuple[Attended, ...] = ()


@dataclass(frozen=True, slots=True)
class Whom:
    """The order of those to speak with, and those put off: until when, and who is called done."""

    at: datetime
    suggestions: tuple[Suggestion, ...]
    put_off: tuple[tuple[Attended, Employed, str], ...]
    untouched: tuple[Stake, ...]


def whom(pipe: Pipeline, leader: Employed) -> Whom:
    """Return whom ``leader`` should speak with next, those first where an hour is worth most.

    ``untouched``: the most valuable open deals that the leader has not spoken about for long.
    """
    below = [each for each in led(pipe, leader) if each.role != "admin"]
    numbers = [each.id for each in below]
    last = pipe.leading.last_spoken(leader.id, numbers)
    given = pipe.leading.guidance(leader=leader.id, since=pipe.at - GUIDANCE_READ)
    outcomes = followed(pipe, given)
    deals = pipe.open_deals(Criteria(salespeople=frozenset(numbers)), limit=DEALS_READ)
    everything = stakes(pipe, deals, outcomes, leader=leader.id)
    attended = pipe.leading.attended()
    hidden = {(a.member_id, a.deal_id) for a in attended if _hides(pipe, a)}
    found = [s for s in everything if (s.deal.salesperson_id, s.deal.id) not in hidden]
    grouped = by_salesperson(found)
    made = [
        _suggestion(
            each,
            grouped.get(each.id, [])[:DEALS_EACH],
            _days_since(pipe, last.get(each.id)),
            open_guidance=sum(
                o.outcome == "open" and o.given.salesperson_id == each.id for o in outcomes
            ),
            asked=tuple(a for a in attended if a.member_id == each.id and a.state == "agenda"),
        )
        for each in below
        if (each.id, None) not in hidden
    ]
    names = {each.id: each for each in below}
    called = {deal.id: deal.name for deal in deals}
    return Whom(
        at=pipe.at,
        suggestions=tuple(sorted(made, key=lambda s: (-s.score, s.member.name))),
        put_off=tuple(
            (a, names[a.member_id], called.get(a.deal_id, "") if a.deal_id else "")
            for a in attended
            if a.member_id in names and (a.member_id, a.deal_id) in hidden
        ),
        untouched=tuple(
            s for s in everything if any(each.name == "untouched" for each in s.concerns)
        )[: DEALS_EACH * 2],
    )


def _hides(pipe: Pipeline, attended: Attended) -> bool:
    """Say whether a suggestion is put off.

    A snoozed one until its time, one that is done for a week.
    """
    if attended.state == "snoozed":
        return attended.until is not None and attended.until > pipe.at
    if attended.state == "done":
        return pipe.at - attended.at < timedelta(days=USUAL_DAYS)
    return False


def _days_since(pipe: Pipeline, spoken: datetime | None) -> int | None:
    zone = pipe.organisation.time_zone
    return None if spoken is None else days_between(spoken, pipe.at, zone)


def _suggestion(
    member: Employed,
    deals: list[Stake],
    days: int | None,
    *,
    open_guidance: int,
    asked: tuple[Attended, ...],
) -> Suggestion:
    late = LONGEST_DAYS if days is None else min(days, LONGEST_DAYS)
    return Suggestion(
        member=member,
        reason=_reason(deals, days),
        deals=tuple(deals),
        days_since=days,
        silent=days is None or days >= SILENT_DAYS,
        # An hour is worth more the longer ago the last one was.
        score=(sum(stake.score for stake in deals) + 1) * (1 + late / USUAL_DAYS),
        open_guidance=open_guidance,
        asked=asked,
    )


def _reason(deals: list[Stake], days: int | None) -> str:
    if days is None:
        when = "You have not spoken yet"
    elif days == 0:
        when = "You spoke today"
    else:
        when = f"You last spoke {days} day{'s' if days > 1 else ''} ago"
    if not deals:
        return f"{when}; nothing on their deals is pressing."
    what = f"{len(deals)} deals ask" if len(deals) > 1 else f"{deals[0].deal.name} asks"
    return f"{when}; {what} for you."

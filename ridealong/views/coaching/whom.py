"""Whom to speak with next: where an hour of the leader is worth most now, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ridealong.record.leading_states import Attended, Employed
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.views.coaching.cadence import days_between
from ridealong.views.coaching.following import followed
from ridealong.views.coaching.ledger import led
from ridealong.views.coaching.stakes import OF_SEVERAL, Stake, by_salesperson, stakes
from ridealong.views.inspection.wording import total

DEALS_READ = 500
"""So many open deals are looked at: of each salesperson the most valuable."""
DEALS_AT_LEAST = 10
"""Of each salesperson so many, however large the team."""
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
    deals = pipe.largest_of_each(
        Criteria(salespeople=frozenset(numbers)),
        "salesperson_id",
        max(DEALS_AT_LEAST, DEALS_READ // max(1, len(numbers))),
    )
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
            currency=pipe.organisation.currency,
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
    currency: str,
    open_guidance: int,
    asked: tuple[Attended, ...],
) -> Suggestion:
    late = LONGEST_DAYS if days is None else min(days, LONGEST_DAYS)
    return Suggestion(
        member=member,
        reason=_reason(deals, days, currency),
        deals=tuple(deals),
        days_since=days,
        silent=days is None or days >= SILENT_DAYS,
        # An hour is worth more the longer ago the last one was.
        score=(sum(stake.score for stake in deals) + 1) * (1 + late / USUAL_DAYS),
        open_guidance=open_guidance,
        asked=asked,
    )


def _reason(deals: list[Stake], days: int | None, currency: str) -> str:
    if days is None:
        when = "You have not spoken yet"
    elif days == 0:
        when = "You spoke today"
    else:
        when = "You spoke yesterday" if days == 1 else f"You last spoke {days} days ago"
    if not deals:
        return f"{when}; nothing on their deals is pressing."
    worth = sum(stake.deal.value or 0 for stake in deals)
    many = f"{len(deals)} deals" if len(deals) > 1 else deals[0].deal.name
    what = f"{many} worth {total(Decimal(worth), currency)}" if worth else many
    return f"{when}; {what} ask{'' if len(deals) > 1 else 's'} for you: {_concerns(deals)}."


def _concerns(deals: list[Stake]) -> str:
    """What asks for the leader on these deals, the two that weigh most."""
    if len(deals) == 1:
        return deals[0].concerns[0].words
    weights: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    for stake in deals:
        for concern in stake.concerns:
            weights[concern.name] += concern.weight
            counts[concern.name] += 1
    # That a meeting is ahead asks for little: it is said where nothing else is.
    heaviest = sorted(weights, key=lambda name: (name == "meeting", -weights[name], name))[:2]
    return ", ".join(f"{counts[name]} {OF_SEVERAL[name]}" for name in heaviest)

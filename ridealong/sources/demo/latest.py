"""The last days before today, completed: whatever happens in a sales team, happened lately.

Most of it happened by itself. What did not is added to deals that were left alone since then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.entering import category, enter, stage_key
from ridealong.sources.demo.moving import odds
from ridealong.sources.demo.opening import begin, round_amount
from ridealong.sources.demo.outcomes import lose, win
from ridealong.sources.demo.planning import push
from ridealong.sources.demo.reopening import reopen
from ridealong.sources.demo.speaking import mail
from ridealong.sources.demo.staff import DISCOVER, NEGOTIATE, PROPOSE, STEPS
from ridealong.sources.demo.staffing import hand_over
from ridealong.sources.demo.workdays import (
    DAY,
    is_workday,
    last_call,
    local_day,
    moment,
    month_end,
    workday,
)
from ridealong.sources.demo.world import World

POSITION = {step.key: position for position, step in enumerate(STEPS)}
State = Mapping[str, Any]


def complete(world: World) -> None:
    """See to it that each kind of change happened lately, and that some deals close soon."""
    call = last_call(world.today)
    monday = moment(world.today - timedelta(days=world.today.weekday()), 0)
    since = call if monday == world.ledger.now else max(call, monday)
    happened = _happened(world, since) & _happened(world, call)
    world.earliest = since + timedelta(minutes=20)
    for kind, happen in HAPPENING.items():
        if kind not in happened:
            happen(world, list(_left_alone(world, min(call, monday))), _some_day(world, since))
    _let_some_close_soon(world, since)
    _let_one_be_overdue(world, since)


def _happened(world: World, since: datetime) -> set[str]:
    before = world.ledger.states("deal", since)
    return {kind for deal in world.deals for kind in _changes(before.get(deal.key), deal.told)}


def _some_day(world: World, since: datetime) -> date:
    """Return a day since then, a workday if there was one."""
    first = local_day(since)
    days = [first + n * DAY for n in range((world.today - first).days)]
    return world.rng.choice([day for day in days if is_workday(day)] or days[:1])


def _left_alone(world: World, since: datetime) -> Iterator[Deal]:
    """Go through the open deals of which nothing was entered since then, nor waits to be."""
    return (d for d in world.open_deals() if d.edited < since and not d.waiting)


def _changes(before: State | None, after: State) -> Iterator[str]:
    """Say what happened to a deal between two states: the kinds that the views count."""
    if before is None:
        yield "new"
        return
    if before["status"] != after["status"]:
        yield "reopened" if after["status"] == "open" else after["status"]
    elif after["status"] == "open":
        pairs = {
            ("pushed", "pulled_in"): (before["close_date"], after["close_date"]),
            ("amount_up", "amount_down"): (int(before["amount"]), int(after["amount"])),
            ("stage_forward", "stage_back"): (POSITION[before["stage"]], POSITION[after["stage"]]),
        }
        for (more, less), (was, now) in pairs.items():
            if was != now:
                yield more if now > was else less
        if before["salesperson"] != after["salesperson"]:
            yield "salesperson_changed"


def _new(world: World, _: list[Deal], day: date) -> None:
    begin(world, world.rng.choice(world.sellers(day)), day)


def _won(world: World, deals: list[Deal], day: date) -> None:
    win(world, max(deals, key=lambda deal: (deal.stage, odds(deal, day))), day)


def _lost(world: World, deals: list[Deal], day: date) -> None:
    lose(world, min(deals, key=lambda deal: deal.warmth(day)), day)


def _reopened(world: World, _: list[Deal], day: date) -> None:
    lost = [d for d in world.deals if d.status == "lost" and world.at_work(d.seller, day)]
    for_long = [d for d in lost if d.closed and 20 < (day - d.closed).days < 150]
    reopen(world, max(for_long or lost, key=lambda deal: (deal.stage, deal.key)), day)


def _pushed(world: World, deals: list[Deal], day: date) -> None:
    early = [deal for deal in deals if deal.stage < NEGOTIATE]
    deal = min(early or deals, key=lambda deal: (deal.close, deal.key))
    at = mail(world, deal, day, "in", "delay")
    push(deal, workday(max(day, deal.close) + timedelta(days=world.rng.randint(25, 50))))
    enter(world, deal, world.later_today(at), close_date=deal.close.isoformat())


def _pulled_in(world: World, deals: list[Deal], day: date) -> None:
    far = [deal for deal in deals if (deal.close - world.today).days > 30]
    deal = max(far or deals, key=lambda deal: (deal.warmth(day), deal.key))
    at = mail(world, deal, day, "in", "forward" if deal.stage < PROPOSE else "forward_late")
    deal.close = workday(world.today + (deal.close - world.today) // 2)
    enter(world, deal, world.later_today(at), close_date=deal.close.isoformat())


def _amount_up(world: World, deals: list[Deal], day: date) -> None:
    _reprice(world, world.rng.choice(deals), day, 1.18)


def _amount_down(world: World, deals: list[Deal], day: date) -> None:
    _reprice(world, max(deals, key=lambda deal: (deal.stage, deal.amount)), day, 0.9)


def _reprice(world: World, deal: Deal, day: date, factor: float) -> None:
    deal.amount = max(7000, round_amount(deal.amount * factor))
    enter(world, deal, moment(day, world.hour()), amount=str(deal.amount))


def _stage_forward(world: World, deals: list[Deal], day: date) -> None:
    early = [deal for deal in deals if deal.stage < NEGOTIATE]
    _to_stage(world, max(early, key=lambda deal: (deal.progress, deal.key)), day, 1)


def _stage_back(world: World, deals: list[Deal], day: date) -> None:
    on_the_way = [deal for deal in deals if deal.stage >= DISCOVER]
    _to_stage(world, min(on_the_way, key=lambda deal: (deal.warmth(day), deal.key)), day, -1)


def _to_stage(world: World, deal: Deal, day: date, steps: int) -> None:
    deal.stage += steps
    deal.stage_since, deal.progress = day, 0.0
    at = moment(day, world.hour())
    enter(world, deal, at, stage=stage_key(deal), category=category(world, deal, day))


def _salesperson_changed(world: World, deals: list[Deal], day: date) -> None:
    early = [deal for deal in deals if deal.stage <= DISCOVER]
    hand_over(world, world.rng.choice(early or deals), day)


HAPPENING: dict[str, Callable[[World, list[Deal], date], None]] = {
    "new": _new,
    "won": _won,
    "lost": _lost,
    "reopened": _reopened,
    "pushed": _pushed,
    "pulled_in": _pulled_in,
    "amount_up": _amount_up,
    "amount_down": _amount_down,
    "stage_forward": _stage_forward,
    "stage_back": _stage_back,
    "salesperson_changed": _salesperson_changed,
}


def _let_some_close_soon(world: World, since: datetime) -> None:
    """Let two deals close this week, and two more this month, where fewer do."""
    sunday = world.today + timedelta(days=6 - world.today.weekday())
    _close_by(world, since, min(workday(world.today), sunday), sunday)
    last = month_end(world.today)
    _close_by(world, since, min(workday(world.today + timedelta(days=4)), last), last)


def _close_by(world: World, since: datetime, day: date, until: date) -> None:
    span = (world.today.isoformat(), until.isoformat())
    soon = [d for d in world.open_deals() if span[0] <= d.told["close_date"] <= span[1]]
    others = [deal for deal in _left_alone(world, since) if deal not in soon]
    late = sorted(others, key=lambda deal: (-deal.stage, deal.close, deal.key))
    for deal in late[: max(0, 2 - len(soon))]:
        _say_close(world, deal, _some_day(world, since), day)


def _let_one_be_overdue(world: World, since: datetime) -> None:
    """Let one close date be past, where none is: it was to close that very day, and did not."""
    today = world.today.isoformat()
    if any(deal.told["close_date"] < today for deal in world.open_deals()):
        return
    day = _some_day(world, since)
    alone = list(_left_alone(world, since))
    later = [deal for deal in alone if deal.close > month_end(world.today)]
    _say_close(world, max(later or alone, key=lambda deal: (deal.stage, deal.key)), day, day)


def _say_close(world: World, deal: Deal, day: date, close: date) -> None:
    deal.close = close
    enter(world, deal, moment(day, world.hour(8.5, 12)), close_date=close.isoformat())

"""What we said then, and what came: a brief that was kept beside what the record shows since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ridealong.lib.clock import end_of_day
from ridealong.lib.periods import period_named
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.briefing.figures import Brief, CallOutcome, Came, Outcome
from ridealong.views.briefing.landing import spoken, won_of
from ridealong.views.briefing.owing import owed_then
from ridealong.views.inspection.wording import day, money

NOTHING = Decimal(0)


def came(pipe: Pipeline, said: Brief) -> Came:
    """Return what became, by the moment looked at, of what a kept brief said.

    Named are the deals that it listed to close that week or month. What was promised in the call
    is what was kept between its moment and this one.
    """
    then = {row.deal.id: row.deal for row in (*said.this_week.deals, *said.this_month.deals)}
    now = {deal.id: deal for deal in pipe.deals_numbered(sorted(then))}
    outcomes = tuple(_outcome(deal, now.get(number)) for number, deal in then.items())
    return Came(
        at=said.at,
        outcomes=outcomes,
        said=sum((each.then.value or NOTHING for each in outcomes), NOTHING),
        won=sum((_won(each) for each in outcomes), NOTHING),
        calls=tuple(_calls(pipe, said)),
        owed=owed_then(pipe, pipe.at, said.at),
    )


def _won(outcome: Outcome) -> Decimal:
    if outcome.now is None or outcome.became != "won":
        return NOTHING
    return outcome.now.value or NOTHING


def _outcome(then: DealState, now: DealState | None) -> Outcome:
    if now is None:
        return Outcome(then, None, "gone", "not in sight any more")
    if now.status != "open":
        return Outcome(then, now, now.status, _closed(then, now))
    return Outcome(then, now, "open", _open(then.close_date, now.close_date))


def _closed(then: DealState, now: DealState) -> str:
    if now.status == "lost":
        return f"lost: {now.lost_reason}" if now.lost_reason else "lost"
    if (now.amount, now.currency) == (then.amount, then.currency) or now.amount is None:
        return "won"
    return f"won, at {money(now.amount, now.currency)}"


def _open(then: date | None, now: date | None) -> str:
    if then and now and now != then:
        return f"{'pushed to' if now > then else 'pulled in to'} {day(now)}"
    return "open, its close date as it was"


def _calls(pipe: Pipeline, said: Brief) -> Iterator[CallOutcome]:
    zone = pipe.organisation.time_zone
    for landing in said.landings:
        period = period_named(landing.period)
        for call in landing.calls:
            of_it = won_of(pipe, period, call.member_id)
            over = end_of_day(period.last, zone) < pipe.at
            yield CallOutcome(spoken(landing.period), call, of_it, over=over)

"""What each leader tells the owner will close: in the week each Monday, in the month on its first.

The one who leads closely weighs what buyers do; the other adds up what the CRM says.
"""

from __future__ import annotations

from datetime import date, timedelta

from ridealong.sources.demo.deal import Deal
from ridealong.sources.demo.staff import COACH, EVALUATE, LEADERS, NEGOTIATE, PROPOSE, Colleague
from ridealong.sources.demo.staffing import RATES
from ridealong.sources.demo.workdays import DAY, is_workday, moment, month_end
from ridealong.sources.demo.world import World

WEEKS = 30
"""So long before today numbers began to be called."""
WEIGHED = {EVALUATE: 0.03, PROPOSE: 0.15, NEGOTIATE: 0.4}
"""How often deals of a stage close in the month that the CRM says, as somebody knows who looks."""
IN_ITS_WEEK = 0.5
"""How often one that closes in its month does so in its week."""
HOPED = {PROPOSE: 0.6, NEGOTIATE: 1.0}
HOUR = 8.6


def call_numbers(world: World, day: date) -> None:
    """Let leaders call their numbers, where it is a day for it."""
    if day < world.today - timedelta(weeks=WEEKS):
        return
    for leader in LEADERS:
        if day.weekday() == 0:
            year, week, _ = day.isocalendar()
            _call(world, leader, day, f"{year:04d}-W{week:02d}", day + 6 * DAY)
        if not any(is_workday(date(day.year, day.month, n)) for n in range(1, day.day)):
            _call(world, leader, day, f"{day:%Y-%m}", month_end(day))


def _call(world: World, leader: Colleague, day: date, period: str, last: date) -> None:
    often = IN_ITS_WEEK if "W" in period else 1.0
    deals = [d for s in world.sellers(day, leader) for d in world.open_deals(s)]
    amount = round(sum(_likely(leader, deal, day, last, often) for deal in deals), -3)
    if amount <= 0:
        return
    said = {"member": leader.key, "period": period, "amount": f"{amount:.0f}"}
    world.ledger.tell("called_number", f"{leader.key}:{period}", moment(day, HOUR), said)


def _likely(leader: Colleague, deal: Deal, day: date, last: date, often: float) -> float:
    """What a deal adds to the number, in the company's currency."""
    worth = deal.amount * RATES.get(deal.currency, 1.0)
    if leader is not COACH:
        said = str(deal.told.get("close_date", deal.close))
        return worth * HOPED.get(deal.stage, 0.0) if said <= str(last) else 0.0
    if deal.close > last:
        return 0.0
    return worth * often * WEIGHED.get(deal.stage, 0.0) * (0.5 + deal.warmth(day))

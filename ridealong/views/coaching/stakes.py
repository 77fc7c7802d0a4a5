"""What about a deal asks for its leader: each concern with what it weighs, and one sentence.

A weight says how much of a deal's worth an hour of the leader may save; they are set by hand, and
only order what is shown. Words come from the record, never from a weight.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.coaching.following import Followed
from ridealong.views.inspection.figures import QUIET_DAYS
from ridealong.views.inspection.wording import day, span, when

DECISION = timedelta(days=14)
"""A decision that close asks for the leader now."""
UNTOUCHED = timedelta(days=21)
"""So long the leader may leave a valuable deal alone."""
PUSHED_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing about a deal: ``weight`` from 0 to 1, ``words`` without a full stop."""

    name: str
    weight: float
    words: str

    @property
    def to_do(self) -> str:
        """Return what moves the deal on from here."""
        return TO_DO[self.name]


TO_DO = {
    "overdue": "Win it, lose it or move its date",
    "decision": "Confirm the steps to signature with the buyer",
    "pushed": "Ask what has to happen for the date to hold",
    "quiet": "Call the buyer",
    "no_next_step": "Agree on the next date",
    "meeting": "Prepare the meeting",
    "guidance": "Do what was agreed",
    "untouched": "Speak about it",
}


OF_SEVERAL = {
    "overdue": "past the close date",
    "decision": "to close within two weeks",
    "pushed": "pushed again and again",
    "quiet": "with a silent buyer",
    "no_next_step": "without a next step",
    "meeting": "with a meeting ahead",
    "guidance": "with guidance past its day",
    "untouched": "large and not spoken about for long",
}
"""What is said of how many deals have a concern."""


@dataclass(frozen=True, slots=True)
class Stake:
    """An open deal with what about it asks for its leader, the weightiest first.

    ``score``: the deal's worth to the power of a half, times the weights: it orders, and says
    nothing by itself. The root keeps one huge deal from hiding all others.
    """

    deal: DealState
    touch: Touch
    concerns: tuple[Concern, ...]
    discussed: datetime | None

    @property
    def score(self) -> float:
        """Return what orders."""
        worth = math.sqrt(max(self.deal.value or Decimal(0), Decimal(1)))
        return worth * sum(each.weight for each in self.concerns)

    @property
    def reason(self) -> str:
        """Return why, in one sentence: the two weightiest concerns."""
        words = ", and ".join(each.words for each in self.concerns[:2])
        return f"{words[:1].upper()}{words[1:]}." if words else ""


def stakes(
    pipe: Pipeline,
    deals: Sequence[DealState],
    guidance: Sequence[Followed],
    *,
    leader: int | None = None,
) -> list[Stake]:
    """Return what is to be done on each of these open deals, the highest score first.

    ``guidance``: given on these deals. ``leader``: also what asks for this one; None for whoever
    carries the deals. Deals about which nothing is to be done are left out.
    """
    numbers = [deal.id for deal in deals]
    touches = pipe.touches(numbers)
    discussed = {} if leader is None else pipe.leading.last_discussed(numbers, leader)
    due: dict[int, list[Followed]] = {}
    for each in guidance:
        if each.overdue and each.given.deal_id is not None:
            due.setdefault(each.given.deal_id, []).append(each)
    large = frozenset() if leader is None else _large(deals)
    found = []
    for deal in deals:
        touch = touches.get(deal.id, Touch())
        spoken = discussed.get(deal.id)
        concerns = [
            *_of_dates(pipe, deal),
            *_of_buyer(pipe, deal, touch),
            *_of_leader(pipe, deal, spoken, due.get(deal.id, ()), large),
        ]
        concerns.sort(key=lambda each: -each.weight)
        if concerns:
            found.append(Stake(deal, touch, tuple(concerns), spoken))
    return sorted(found, key=lambda stake: (-stake.score, stake.deal.id))


def _large(deals: Sequence[DealState]) -> frozenset[int]:
    """The most valuable third of these deals."""
    ranked = sorted(deals, key=lambda deal: -(deal.value or 0))
    return frozenset(deal.id for deal in ranked[: max(1, len(ranked) // 3)] if deal.value)


def _of_dates(pipe: Pipeline, deal: DealState) -> Iterator[Concern]:
    today = pipe.at.astimezone(pipe.organisation.time_zone).date()
    if deal.close_date is None:
        return
    if deal.close_date < today:
        yield Concern("overdue", 0.25, f"its close date, {day(deal.close_date)}, is past")
    elif deal.close_date - today <= DECISION:
        yield Concern("decision", 0.3, f"it is to close {_in_days(deal.close_date, today)}")
    if deal.pushes >= PUSHED_OFTEN:
        times = "twice" if deal.pushes == PUSHED_OFTEN else f"{deal.pushes} times"
        yield Concern("pushed", 0.15, f"it was pushed {times}")


def _in_days(close: date, today: date) -> str:
    left = (close - today).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


def _of_buyer(pipe: Pipeline, deal: DealState, touch: Touch) -> Iterator[Concern]:
    quiet = timedelta(days=QUIET_DAYS)
    heard = touch.last_contact or deal.created_at
    if pipe.at - heard > quiet:
        yield Concern("quiet", 0.3, f"the buyer has been silent for {span(pipe.at - heard)}")
    if not deal.next_step and touch.next_activity is None:
        yield Concern("no_next_step", 0.2, "no next step is agreed")
    elif touch.next_activity is not None and touch.next_activity - pipe.at < timedelta(days=5):
        what = touch.next_title or "a meeting"
        coming = when(touch.next_activity, pipe.at, pipe.organisation.time_zone)
        yield Concern("meeting", 0.12, f"“{what}” is {coming}")


def _of_leader(
    pipe: Pipeline,
    deal: DealState,
    spoken: datetime | None,
    due: Sequence[Followed],
    large: Collection[int],
) -> Iterator[Concern]:
    if due:
        asked = due[0].given
        since = f" since {day(asked.due)}" if asked.due else ""
        yield Concern("guidance", 0.25, f"the guidance “{asked.text}” is open{since}")
    if deal.id not in large:
        return
    if spoken is None:
        if pipe.at - deal.created_at > UNTOUCHED:
            yield Concern("untouched", 0.25, "it is large and you have never spoken about it")
    elif pipe.at - spoken > UNTOUCHED:
        ago = span(pipe.at - spoken)
        yield Concern("untouched", 0.2, f"it is large and you last spoke about it {ago} ago")


def by_salesperson(found: Sequence[Stake]) -> Mapping[int, list[Stake]]:
    """Return the stakes of each salesperson, in their order."""
    grouped: dict[int, list[Stake]] = {}
    for stake in found:
        if stake.deal.salesperson_id is not None:
            grouped.setdefault(stake.deal.salesperson_id, []).append(stake)
    return grouped

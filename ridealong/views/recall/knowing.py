"""The share of open pipeline value that a leader likely knows today.

Of each open deal: how likely each essential fact is still known, on average. What was never asked,
and what has changed since, counts as not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ridealong.insight.adding import interval
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState, Member
from ridealong.views.recall.asking import Askable
from ridealong.views.recall.studying import Study, study


@dataclass(frozen=True, slots=True)
class KnownDeal:
    """How much of a deal is likely known: ``share`` from 0 to 1 of ``facts`` essential ones.

    ``asked``: of how many of them something was answered; ``changed``: how many have changed since.
    ``chances``: of each that was asked and has not changed, how likely it is still known.
    """

    deal: DealState
    share: float
    facts: int
    asked: int
    changed: int
    chances: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a member likely knows. ``share``: of ``value``, None where no open deal has any.

    With 95% it is in ``[low, high]``, as each fact is known or not, by itself, as likely as the
    answers so far say; ``questions``: of how many essential facts something was answered.
    ``value``: of the ``count`` open deals, in the company's currency; ``known``: of it, what is
    likely known; ``unconverted``: deals whose amount is in a currency without a rate. ``deals``:
    the evidence: each deal that was asked about, and the most valuable others. ``asked``: on how
    many deals something was answered; ``answers``: how many were given in all.
    """

    at: datetime
    member: int
    share: float | None
    low: float
    high: float
    questions: int
    known: Decimal
    value: Decimal
    count: int
    unconverted: int
    asked: int
    answers: int
    deals: tuple[KnownDeal, ...]

    @property
    def never_asked(self) -> int:
        """On how many open deals nothing was ever answered: they count as not known."""
        return self.count - self.asked


def known_share(pipe: Pipeline, leader: Member | Employed) -> Known:
    """Return what a leader likely knows of their team's open deals, at the pipeline's moment.

    Nothing is known to be known of somebody who is not in sight.
    """
    return known(pipe, leader, study(pipe, leader, words=False))


def known(pipe: Pipeline, member: Member | Employed, found: Study) -> Known:
    """Return the same from what was studied already."""
    essential: dict[int, list[Askable]] = {deal.id: [] for deal in found.deals}
    for one in found.askables:
        if one.kind.essential:
            essential[one.deal.id].append(one)
    deals = [_of_deal(found, deal, essential[deal.id]) for deal in found.deals]
    deals.sort(key=lambda each: (-(each.deal.value or 0), each.deal.id))
    tally = pipe.tallies(Criteria(salespeople=found.team), "")
    value = sum((line.amount for line in tally), Decimal(0))
    worth = sum((_worth(each) for each in deals), Decimal(0))
    low, high = _between(deals, float(value))
    return Known(
        at=pipe.at,
        member=member.id,
        share=float(worth / value) if value > 0 else None,
        low=low,
        high=high,
        questions=sum(each.asked for each in deals),
        known=worth,
        value=value,
        count=sum(line.count for line in tally),
        unconverted=sum(line.unconverted for line in tally),
        asked=sum(each.asked > 0 for each in deals),
        answers=len(found.answers),
        deals=tuple(deals),
    )


def _between(deals: Iterable[KnownDeal], value: float) -> tuple[float, float]:
    """Between which shares of the value it is: facts of a deal share its value among them."""
    facts = [
        (float(each.deal.value or 0) / each.facts / value, chance)
        for each in deals
        for chance in each.chances
        if value > 0
    ]
    return interval([weight for weight, _ in facts], [chance for _, chance in facts])


def _worth(known: KnownDeal) -> Decimal:
    return (known.deal.value or Decimal(0)) * Decimal(str(round(known.share, 6)))


def _of_deal(found: Study, deal: DealState, facts: Iterable[Askable]) -> KnownDeal:
    total = asked = changed = 0
    likely: list[float] = []
    for one in facts:
        total += 1
        memory = found.memories.get(one.card)
        if memory is None:
            continue
        asked += 1
        if memory.stands_on == one.stands_on:
            likely.append(memory.likely(found.scene.at))
        else:
            changed += 1
    share = sum(likely) / total if total else 0.0
    return KnownDeal(deal, share, total, asked, changed, tuple(likely))

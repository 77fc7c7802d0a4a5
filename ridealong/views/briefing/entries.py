"""Each deal that a brief tells in three lines: what it is, why it is told, what is being done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState, Standing, Touch
from ridealong.views import forecasting, inspection, signals
from ridealong.views.briefing.agreeing import agreed_words
from ridealong.views.briefing.editing import Edits, edits
from ridealong.views.briefing.figures import Agreed, Changed, Entry
from ridealong.views.briefing.lineup import Lineup
from ridealong.views.inspection import Selection
from ridealong.views.inspection.wording import CHANGE_WORDS, change_words, day
from ridealong.views.signals import Choice, Notice

if TYPE_CHECKING:
    from ridealong.views.forecasting import Heat

TOLD = 8
"""So many hot deals, and so many risks, are told."""
LATELY = timedelta(days=28)
"""What was settled longer ago is not what is being done now."""
AT_RISK = {
    "overdue": "Past its close date",
    "no_next_step": "No next step, and nothing is planned",
    "quiet": f"No word from the buyer for {inspection.QUIET_DAYS} days",
}
"""What is said of a deal at risk where no signal stands."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Numbers of the deals that a brief tells, in the leader's order, and why each is at risk.

    ``odds``: how likely each hot one is won by the end of the month, in words; none where no odds
    can be told.
    """

    hot: tuple[int, ...]
    risks: tuple[int, ...]
    why: Mapping[int, tuple[str, ...]]
    odds: Mapping[int, str]

    @property
    def all(self) -> tuple[int, ...]:
        """Return all of them."""
        return self.hot + self.risks


def chosen(pipe: Pipeline, lineup: Lineup, own: Edits) -> Chosen:
    """Choose the hot deals and those at risk, without those the leader hides.

    Hot: by their odds (``forecasting.heat``); where there are none, or none is hot, those that
    should close this month, or by the end of this week where that is later. At risk: a bad signal
    stands, or they want attention. The largest are chosen.
    """
    closing: dict[int, Standing] = {}
    for span in ("month", "week"):
        closing.update((deal.id, deal) for deal in lineup.chosen(Selection(closes=span)))
    why: dict[int, list[str]] = {}
    for attention, words in AT_RISK.items():
        for deal in lineup.chosen(Selection(attention=attention)):
            why.setdefault(deal.id, []).append(words)
    noticed = {each.deal_id for each in pipe.signals.shown(Choice(tone="bad").wanted())}
    listed = [deal.id for deal in lineup.deals if deal.id not in own.hidden]
    told = forecasting.ranked(pipe, listed)
    by_odds = frozenset(told.hot)
    hot = [number for number in listed if number in (by_odds or closing)][:TOLD]
    risks = [n for n in listed if n not in hot and (n in noticed or n in why)][:TOLD]
    reasons = {number: tuple(words) for number, words in why.items()}
    odds = {n: _odds(pipe, told.heats[n]) for n in hot if n in told.heats}
    return Chosen(tuple(own.ordered(hot)), tuple(own.ordered(risks)), reasons, odds)


def _odds(pipe: Pipeline, heat: Heat) -> str:
    by = day(heat.odds.horizon.until.astimezone(pipe.organisation.time_zone).date())
    return f"{heat.odds.won:.0%} likely to be won by {by}, {heat.movement}."


def list_of(pipe: Pipeline, deal: int) -> tuple[int, ...]:
    """Return the list, hot or at risk, in which the viewer's brief tells a deal; () for neither."""
    picked = chosen(pipe, Lineup(pipe), edits(pipe))
    return next((each for each in (picked.hot, picked.risks) if deal in each), ())


def entries(
    pipe: Pipeline,
    made: Chosen,
    agreed: Sequence[Agreed],
    changes: Mapping[str, Changed],
    own: Edits,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return the hot deals and those at risk, each in three lines."""
    deals = {deal.id: deal for deal in pipe.deals_numbered(made.all)}
    touches = pipe.touches(list(deals))
    noticed: dict[int, list[Notice]] = {}
    for notice in signals.notices(pipe, deals=deals):
        noticed.setdefault(notice.deal.id, []).append(notice)
    by_deal = {each.deal: each for each in agreed}
    happened = _happened(changes, deals)

    def told(numbers: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                deal=deals[number],
                why=(
                    *([made.odds[number]] if number in made.odds else ()),
                    *_why(noticed.get(number, []), made.why.get(number, ())),
                ),
                doing=_doing(
                    deals[number],
                    by_deal.get(number),
                    touches.get(number, Touch()),
                    noticed.get(number, []),
                    pipe.at - LATELY,
                ),
                changed=tuple(happened.get(number, ())),
                remark=own.text(number),
            )
            for number in numbers
            # One that a fact stored meanwhile has closed is not told.
            if number in deals and deals[number].status == "open"
        )

    return told(made.hot), told(made.risks)


def _why(noticed: Sequence[Notice], attention: tuple[str, ...]) -> tuple[str, ...]:
    bad_first = sorted(noticed, key=lambda each: (each.rule.good, not each.rule.urgent))
    return tuple(each.signal.words for each in bad_first[:2]) or attention[:2]


def _doing(
    deal: DealState,
    agreed: Agreed | None,
    touch: Touch,
    noticed: Iterable[Notice],
    lately: datetime,
) -> tuple[str, ...]:
    said = []
    if agreed is not None and (agreed.outcome == "open" or agreed.at >= lately):
        said.append(f"{agreed.leader or 'Agreed'}: {agreed_words(agreed)}")
    else:
        said += list(dict.fromkeys(words for each in noticed for words in each.acted))[:2]
    step = deal.next_step.strip().splitlines()[0] if deal.next_step.strip() else touch.next_title
    if step:
        planned = f" ({day(touch.next_activity.date())})" if touch.next_activity else ""
        said.append(f"{deal.salesperson or 'Next'}: {step.rstrip('.')}{planned}")
    return tuple(said)


def _happened(changes: Mapping[str, Changed], deals: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for kind in inspection.CHANGE_KINDS:
        for change in (each for each in changes[kind].changes if each.deal.id in deals):
            how = "" if kind == "new" else change_words(change)
            words = f"{CHANGE_WORDS[kind]} {how}".strip()
            found.setdefault(change.deal.id, []).append(words)
    return found

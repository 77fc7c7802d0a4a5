"""Where the record and the buyer's own words do not go together."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

from ridealong.record.states import DealState
from ridealong.views.inspection.wording import CATEGORY_WORDS
from ridealong.views.signals.case import TEXT_DAYS, Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import day, on, words

_SURE = frozenset({"commit", "most_likely"})
_LATER = ("not_this_year", "not_this_quarter", "on_hold")


class Contradiction(Rule):
    """The record promises what the buyer has put off."""

    name = "contradiction"
    title = "Record contradicts the buyer"
    about = (
        "The buyer wrote or said that it will be later, or is on hold; the record still says that "
        "it closes before, or is most likely or committed."
    )
    to_do = "Call the buyer about that sentence; then set date and category to what they say."
    urgent = True
    settings = (Setting("days", "days that it is shown", 45, 1, TEXT_DAYS),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Take the newest such word of the buyer; silent where the record goes with it."""
        recent = takewhile(lambda e: case.clock.within(e.at, values["days"]), case.from_buyer)
        for said in recent:
            for name in _LATER:
                hit = words().found([said], name)
                if hit is None:
                    continue
                when = said.at.astimezone(case.clock.zone).date()
                claim = _claim(case.deal, name, when)
                if not claim:
                    return None
                return Found(
                    f"The record says {claim}; the buyer said otherwise on {on(case, said.at)}.",
                    (seen(said, f"“{hit[1]}”"), Evidence(f"The record says {claim}")),
                )
        return None


def _claim(deal: DealState, name: str, said: date) -> str:
    """What the record says against it, in words; "" where it does not."""
    until = date(said.year, 12, 31) if name == "not_this_year" else _quarter_ends(said)
    if deal.close_date is not None and deal.close_date <= until:
        return f"that it closes on {day(deal.close_date)}"
    if deal.category in _SURE and (name == "on_hold" or deal.close_date is None):
        return f"“{CATEGORY_WORDS[deal.category]}”"
    return ""


def _quarter_ends(said: date) -> date:
    last_month = (said.month + 2) // 3 * 3
    return date(said.year, last_month, 30 if last_month in {6, 9} else 31)

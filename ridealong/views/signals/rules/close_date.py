"""What the close date says."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from ridealong.views.inspection.wording import day
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values


class ClosePast(Rule):
    """The close date is over, and the deal is open."""

    name = "close_date_past"
    title = "Close date in the past"
    about = "The deal is open although its close date is over: the date says nothing any more."
    to_do = "Agree on a date with the buyer, or close the deal as lost."
    settings = (Setting("days", "days after the close date", 0, 0, 60),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the end of the close date, in the company's time zone."""
        closes = case.deal.close_date
        if closes is None or not case.clock.passed(closes + timedelta(days=int(values["days"]))):
            return None
        return Found(f"It was to close on {day(closes)}, and is open.")


class Pushed(Rule):
    """The close date was moved to a later one more often, or further, than in won deals."""

    name = "pushed"
    title = "Close date pushed"
    about = (
        "The close date was moved out oftener, or further in all, than in three of four deals that "
        "were won."
    )
    to_do = "Ask the buyer what has to happen, by whom, for this date to hold; write it down."
    settings = (
        Setting("often", "pushes at least, whatever is normal", 2, 1, 20),
        Setting("days", "days in all at least, whatever is normal", 30, 1, 365),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Compare how often, and how far, with what is normal."""
        moves = [
            (before.close_date, after.close_date, after.valid_from)
            for before, after in pairwise(case.versions)
            if before.close_date and after.close_date and after.close_date > before.close_date
        ]
        days = sum((to - was).days for was, to, _ in moves)
        often = len(moves) > max(values["often"] - 1, case.norms.pushes.value)
        far = days > max(values["days"], case.norms.pushed_days.value)
        if not (often or (far and moves)):
            return None
        times = "once" if len(moves) == 1 else "twice" if len(moves) == 2 else f"{len(moves)} times"
        return Found(
            f"Its close date was pushed {times}, by {days} days in all.",
            tuple(
                Evidence(f"from {day(was)} to {day(to)}", at=at) for was, to, at in reversed(moves)
            ),
        )

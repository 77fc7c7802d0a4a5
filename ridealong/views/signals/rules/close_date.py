"""What the close date says."""

from __future__ import annotations

from datetime import timedelta

from ridealong.views.signals.case import Case
from ridealong.views.signals.courses import pushes
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.saying import basis, counted, day, times, whole


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
        if closes is None or not case.clock.passed(closes, int(values["days"])):
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
        moves = pushes(case.versions)
        days = sum(each.days for each in moves)
        often = len(moves) > max(values["often"] - 1, case.norms.pushes.value)
        far = days > max(values["days"], case.norms.pushed_days.value)
        if not (often or (far and moves)):
            return None
        usual = case.norms.pushes if often else case.norms.pushed_days
        usually = times(whole(usual.value)) if often else f"by {counted(usual.value, 'day')}"
        return Found(
            f"Its close date was pushed {times(len(moves))}, by {counted(days, 'day')} in all.",
            (
                *(Evidence(f"From {day(e.was)} to {day(e.to)}", at=e.at) for e in moves[::-1]),
                Evidence(f"Three of four won deals were pushed at most {usually} ({basis(usual)})"),
            ),
        )


class OutOfReach(Rule):
    """The close date is nearer than what is left to do takes."""

    name = "close_date_out_of_reach"
    title = "Close date out of reach"
    about = (
        "It is to close soon, and less time is left than even the quickest tenth of won deals took "
        "from leaving the stage that it is still in."
    )
    to_do = "Lay out the steps to the signature with the buyer; move the date to where they end."
    settings = (Setting("days", "days before the close date from which it is shown", 30, 1, 365),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count back from the end of the close date; once that is over, another rule says so."""
        closes = case.deal.close_date
        normal = case.normal.onward_days
        if closes is None or not normal.learned or case.clock.passed(closes):
            return None
        ends = case.clock.ends(closes)
        if not case.clock.reached(ends - timedelta(days=min(normal.value, values["days"]))):
            return None
        return Found(
            f"It is to close on {day(closes)} and is still in “{case.deal.stage}”.",
            (
                Evidence(
                    f"Nine of ten won deals took {counted(normal.value, 'day')} or more from"
                    f" leaving this stage ({basis(normal)})"
                ),
            ),
        )

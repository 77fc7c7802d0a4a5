"""What becomes of the amount."""

from __future__ import annotations

from itertools import pairwise

from ridealong.views.inspection.wording import money
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.saying import on


class AmountCut(Rule):
    """The amount was lowered lately."""

    name = "amount_cut"
    title = "Amount cut"
    about = "The amount was lowered lately: less is bought, or something is given away."
    to_do = "Find out what the buyer gives for it: a date, a name, a signature."
    settings = (
        Setting("percent", "percent at least", 10, 1, 99),
        Setting("days", "days that it is shown", 14, 1, 90),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last change of the amount in one currency."""
        for before, after in reversed(list(pairwise(case.versions))):
            same = before.amount == after.amount and before.currency == after.currency
            if same or not before.amount or after.amount is None:
                continue
            cut = float(1 - after.amount / before.amount) * 100
            if before.currency != after.currency or cut < values["percent"]:
                return None
            if not case.clock.within(after.valid_from, values["days"]):
                return None
            was, now = (money(each.amount, each.currency) for each in (before, after))
            when = on(case, after.valid_from)
            return Found(
                f"Its amount was cut by {cut:.0f}%, from {was} to {now}.",
                (Evidence(f"{was} → {now} on {when}", at=after.valid_from),),
            )
        return None

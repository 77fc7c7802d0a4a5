"""Good news."""

from __future__ import annotations

from itertools import pairwise

from ridealong.views.coaching.criteria.people import has_power
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import basis, counted, on

_DAYS = 86_400


class DecisionMakerJoined(Rule):
    """Somebody who has the say over the money is in contact for the first time."""

    name = "decision_maker_joined"
    title = "Decision maker joined"
    about = "Somebody who has the say over the money wrote or met us for the first time."
    to_do = "Ask what success would be for them, and say it back in writing."
    good = True
    settings = (Setting("days", "days that it is shown", 14, 1, 90),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look for the first contact with anybody who has it; others were there before."""
        power = {key: person for key, person in case.people.items() if has_power(person)}
        heard = [each for each in case.from_buyer if power.keys() & set(each.contacts)]
        if not heard or not case.clock.within(heard[-1].at, values["days"]):
            return None
        first = heard[-1]
        if case.from_buyer[-1] is first:
            return None
        who = next(power[key] for key in first.contacts if key in power)
        return Found(
            f"{who.name} ({who.title or who.role.replace('_', ' ')}) joined on"
            f" {on(case, first.at)}.",
            (seen(first),),
        )


class Fast(Rule):
    """The deal left a stage faster than nearly all won deals."""

    name = "fast"
    title = "Faster than won deals"
    about = "It left its last stage as fast as the quickest tenth of deals that were won."
    to_do = "Keep the pace: offer the next date now."
    good = True
    settings = (Setting("days", "days that it is shown", 14, 1, 90),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last move between stages."""
        for before, after in reversed(list(pairwise(case.versions))):
            if before.stage_id == after.stage_id:
                continue
            onward = before.stage_id is not None and after.stage_position > before.stage_position
            normal = case.norms.of(before.stage_id).fast_days
            days = (after.valid_from - before.stage_since).total_seconds() / _DAYS
            fast = onward and normal.learned and days <= normal.value
            # A deal that was only entered at a later stage did not run.
            if not fast or days < 1 or not case.clock.within(after.valid_from, values["days"]):
                return None
            return Found(
                f"It left “{before.stage}” after {counted(days, 'day')},"
                f" on {on(case, after.valid_from)}.",
                (
                    Evidence(
                        f"Nine of ten won deals took {counted(normal.value, 'day')} or more"
                        f" ({basis(normal)})"
                    ),
                ),
            )
        return None

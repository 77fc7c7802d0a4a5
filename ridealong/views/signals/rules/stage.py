"""How a deal moves through its stages."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.saying import basis, counted, on, sentence


class Stuck(Rule):
    """The deal is in its stage for longer than won deals were."""

    name = "stuck"
    title = "Stuck in its stage"
    about = "It is in its stage for longer than nine of ten deals that were won."
    to_do = "Ask the buyer what keeps the next step from happening; settle that, or let it go."
    settings = (Setting("days", "days in the stage at least, whatever is normal", 14, 1, 365),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from when it entered the stage."""
        if case.deal.stage_id is None:
            return None
        normal = case.normal.stage_days
        longest = timedelta(days=max(values["days"], normal.value))
        if not case.clock.reached(case.deal.stage_since + longest):
            return None
        return Found(
            f"It has been in “{case.deal.stage}” since {on(case, case.deal.stage_since)}.",
            (
                Evidence(
                    f"Nine of ten deals left this stage within {counted(normal.value, 'day')}"
                    f" ({basis(normal)})"
                ),
            ),
        )


class MovedBack(Rule):
    """The deal went back to an earlier stage."""

    name = "stage_back"
    title = "Stage moved back"
    about = "It went back to an earlier stage lately: something that was thought done is not."
    to_do = "Say what is missing, and agree with the buyer on how to get it."
    settings = (Setting("days", "days that it is shown", 14, 1, 90),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last move between stages."""
        for before, after in reversed(list(pairwise(case.versions))):
            if before.stage_id == after.stage_id:
                continue
            # A lost deal that is open again did not go back.
            known = before.status == "open" and None not in {before.stage_id, after.stage_id}
            back = known and after.stage_position < before.stage_position
            if not back or not case.clock.within(after.valid_from, values["days"]):
                return None
            moved = on(case, after.valid_from)
            move = Evidence(f"“{before.stage}” → “{after.stage}” on {moved}", at=after.valid_from)
            return Found(f"It went back from “{before.stage}” to “{after.stage}”.", (move,))
        return None


class Skipped(Rule):
    """The deal moved on although exit criteria were missing."""

    name = "criteria_skipped"
    title = "Moved on without its exit criteria"
    about = (
        "It left a stage lately although the record shows that exit criteria of this stage were "
        "missing. Criteria of which nobody can know do not count."
    )
    to_do = "Make up for what is missing before the next step, or say that it is met."
    settings = (
        Setting("days", "days that it is shown", 21, 1, 90),
        Setting("missing", "criteria missing at least", 2, 1, 10),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last move onward."""
        for skip in case.skipped[:1]:
            if not case.clock.within(skip.at, values["days"]):
                return None
            if len(skip.lacking) < values["missing"]:
                return None
            return Found(
                f"It went from “{skip.before}” to “{skip.after}” on {on(case, skip.at)} with"
                f" {len(skip.lacking)} exit criteria missing.",
                tuple(
                    Evidence(
                        f"{each.criterion.text}: {sentence(each.note or each.evidence.text)}",
                        each.evidence.activity,
                        each.at,
                    )
                    for each in skip.lacking
                ),
            )
        return None


class SalespersonChanged(Rule):
    """Somebody else of us carries the deal."""

    name = "salesperson_changed"
    title = "Salesperson changed"
    about = "Somebody else carries it since a short time: what the buyer was told may be lost."
    to_do = "Call everybody at the buyer yourself, and have the story told by whoever had it."
    settings = (Setting("days", "days that it is shown", 14, 1, 90),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last change of hands."""
        for before, after in reversed(list(pairwise(case.versions))):
            if before.salesperson_id == after.salesperson_id or before.salesperson_id is None:
                continue
            if not case.clock.within(after.valid_from, values["days"]):
                return None
            when = on(case, after.valid_from)
            return Found(
                f"{after.salesperson or 'Nobody'} carries it since {when}, after"
                f" {before.salesperson}.",
                (
                    Evidence(
                        f"{before.salesperson} → {after.salesperson or 'nobody'}",
                        at=after.valid_from,
                    ),
                ),
            )
        return None

"""What comes next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from ridealong.lib.days import day_named
from ridealong.record.evidence import Happening
from ridealong.views.coaching.criteria.rule import TALKS
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import called, day, on


class NoNextStep(Rule):
    """Nothing comes next, or what was to come is over."""

    name = "no_next_step"
    title = "No next step"
    about = (
        "No next step is written down, or the one that is names a day in the past; and nothing is "
        "planned with the buyer. A planned meeting, phone call or task is a next step."
    )
    to_do = "Agree on the next date with the buyer before you hang up; write down what for."
    settings = (
        Setting("days", "days after the last talk, or its day, before it is shown", 2, 0, 60),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the beginning, the last talk, or the day that the next step names."""
        shown = case.shows(*TALKS) or any(each.next_step for each in case.versions)
        if not case.foresees or case.planned or not shown:
            return None
        grace = timedelta(days=values["days"])
        step = case.deal.next_step
        if step:
            written = _written(case)
            named = _day_named(step, written.astimezone(case.clock.zone))
            if named is None or not case.clock.passed(named, int(values["days"])):
                return None
            return Found(
                f"The next step is of {day(named)}, which is over.",
                (Evidence(f"“{step}”", at=written),),
            )
        last = case.talks[0] if case.talks else None
        since = max(case.deal.created_at, last.at if last else case.deal.created_at, _written(case))
        if not case.clock.reached(since + grace):
            return None
        return Found(
            "No next step is written down, and nothing is planned with the buyer.",
            (seen(last),) if last else (),
        )


def _written(case: Case) -> datetime:
    """Since when the next step is what it is."""
    for before, after in reversed(list(pairwise(case.versions))):
        if before.next_step != after.next_step:
            return after.valid_from
    return case.versions[0].valid_from


@lru_cache(maxsize=4096)
def _day_named(step: str, written: datetime) -> date | None:
    # Reading a day costs a thousand times what looking it up does.
    return day_named(step, written)


class MeetingCancelled(Rule):
    """The next meeting was called off, and no other is planned."""

    name = "meeting_cancelled"
    title = "Next meeting cancelled"
    about = "A meeting with the buyer was called off or declined, and no other is planned since."
    to_do = "Offer two dates today, and ask what came in between."
    urgent = True
    settings = (Setting("days", "days that it is shown", 21, 1, 60),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at the last meeting that was not held; silent once there is a new one."""
        if case.ahead or not case.foresees:
            return None
        for meeting in sorted(_not_held(case), key=lambda each: each.known, reverse=True)[:1]:
            held = case.talks and case.talks[0].at >= meeting.known
            if held or not case.clock.within(meeting.known, values["days"]):
                return None
            return Found(
                f"{called(meeting)}, planned for {on(case, meeting.at)}, was called off, and no"
                " other meeting is planned.",
                (seen(meeting, f"Called off on {on(case, meeting.known)}"),),
            )
        return None


def _not_held(case: Case) -> list[Happening]:
    """Meetings that were called off or declined; ``known`` of each says when."""
    return [*case.called_off, *(each for each in case.declined if each.known <= each.at)]

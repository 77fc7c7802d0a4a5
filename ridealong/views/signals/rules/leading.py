"""What asks for the leader, or was agreed with them."""

from __future__ import annotations

from datetime import timedelta

from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.saying import day, on


class GuidanceOverdue(Rule):
    """What was agreed with the leader is past its day, and nothing shows that it was done."""

    name = "guidance_overdue"
    title = "Guidance overdue"
    about = (
        "What leader and salesperson agreed to do is past its day, and neither the record nor a "
        "person says that it was done."
    )
    to_do = "Do it, or say what stands in the way; your leader may help."
    settings = (
        Setting("days", "days after its day", 0, 0, 60),
        Setting("kept", "days that it is shown at most", 30, 7, 180),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the end of its day; what nobody did in the end is still shown for a while."""
        late = []
        for each in case.overdue:
            due = each.given.due
            if due is None or each.outcome not in {"open", "not_followed"}:
                continue
            passed = case.clock.passed(due, int(values["days"]))
            if passed and not case.clock.passed(due, int(values["kept"])):
                late.append((due, each.given))
        if not late:
            return None
        late.sort(key=lambda each: (each[0], each[1].key))
        first_due, first = late[0]
        return Found(
            f"“{first.text}” was to be done by {day(first_due)}.",
            tuple(
                Evidence(f"“{given.text}”, given on {on(case, given.at)}", given.activity, given.at)
                for _, given in late
            ),
        )


class LeaderAway(Rule):
    """A valuable deal of which its leader has not spoken for long."""

    name = "leader_away"
    title = "Valuable, and its leader is away"
    about = (
        "It is among the most valuable third of open deals, and its leader has neither spoken "
        "about it, nor with its buyer, nor given guidance on it, for long."
    )
    to_do = "Speak with the salesperson about it, or come along to the next meeting."
    audience = "leader"
    settings = (
        Setting("days", "days without a word", 30, 7, 365),
        Setting(
            "value",
            "value at least, in the company's currency, beside being in that third",
            0,
            0,
            1e9,
        ),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the leader's last talk or guidance, or the deal's beginning."""
        large = case.norms.large
        value = float(case.deal.value or 0)
        leader = case.leader
        if leader is None or leader not in case.norms.speaking or not large:
            return None
        if value < max(large, values["value"]):
            return None
        spoken = [at for at, members in case.spoken if leader in members][:1]
        given = [each.at for each in case.given if each.leader_id == leader]
        last = max([*spoken, *given], default=None)
        since = last or case.deal.created_at
        if not case.clock.reached(since + timedelta(days=values["days"])):
            return None
        return Found(
            f"Its leader last spoke about it on {on(case, last)}."
            if last
            else f"Its leader has not spoken about it since it began on {on(case, since)}.",
            (Evidence("It is among the most valuable third of open deals"),),
        )

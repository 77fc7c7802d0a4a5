"""The one thing to coach where a salesperson's deals stall."""

from __future__ import annotations

from ridealong.insight import Trial
from ridealong.views.insights.saying import HAVING
from ridealong.views.insights.working import Worked

FEWEST = 10
"""Of so many deals on each side, what they had is compared."""
LESS = 0.1


def to_coach(work: Worked, trial: Trial, stage: str) -> str:
    """Return what to coach, in one sentence.

    Of those things that deals which were won had (only those that hold up), the one that theirs had
    least in this stage, beside the team's; else to go through the deals that stayed.
    """
    table = work.made.deals
    here = table.stage == int(trial.name)
    own = here & (table.person == trial.person)
    team = {
        p
        for p, above in work.company.leaders.items()
        if above == work.company.leaders.get(trial.person)
    } - {trial.person}
    others = here & [person in team for person in table.person.tolist()]
    if min(own.sum(), others.sum()) >= FEWEST:
        gaps = {
            each.name: float(
                table.having[each.name][others].mean() - table.having[each.name][own].mean()
            )
            for each in work.of("deal")
            if each.holds
        }
        name = max(gaps, key=lambda each: gaps[each], default="")
        if name and gaps[name] >= LESS:
            had = int(table.having[name][own].sum())
            return (
                f"{had} of {int(own.sum())} of these deals were ones {HAVING[name].having}, "
                f"fewer than in the team. Coach that: {HAVING[name].to_do}"
            )
    return f"Go through the deals that stayed longest in {stage}, and find what each waits for."

"""What dismissals teach: why a rule's signals were not worth knowing, and what would spare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ridealong.record.pipeline import Pipeline
from ridealong.views.signals.case import Case, Clock
from ridealong.views.signals.gathering import cases
from ridealong.views.signals.learning import learn
from ridealong.views.signals.norms import from_body, week_of
from ridealong.views.signals.rule import Rule, Setting, Values

LATEST = 20
"""So many dismissals are looked at, the latest."""
FEWEST = 3
MOST = 2 / 3
"""The share of them that a number has to spare to be offered."""
STEPS = 12


@dataclass(frozen=True, slots=True)
class Dismissal:
    """That somebody dismissed a signal of the rule: who (number), when, why, on which deal."""

    member: int
    at: datetime
    reason: str
    deal: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A number with which ``spares`` of ``of`` dismissed signals would not have stood."""

    setting: Setting
    value: float
    spares: int
    of: int


def dismissals(pipe: Pipeline, rule: Rule) -> list[Dismissal]:
    """Return who dismissed signals of a rule, of deals in sight, the latest first."""
    return [
        Dismissal(said.member_id, said.at, said.reason, deal)
        for said, deal in pipe.signals.dismissed(rule.name)
    ]


def offer(pipe: Pipeline, rule: Rule, values: Values) -> Offer | None:
    """Return the nearest number that would have spared most of what was dismissed lately.

    Judged is each deal as it was when its signal was dismissed, so that a number that only makes
    the signal come later does not count as sparing it. None where there are few, or none helps.
    """
    told = list(_cases(pipe, dismissals(pipe, rule)[:LATEST]))
    stood = [case for case in told if _stands(rule, case, values)]
    if len(stood) < FEWEST:
        return None
    for _, setting, value in sorted(_tries(rule, values), key=lambda each: each[0]):
        spares = sum(not _stands(rule, case, {**values, setting.name: value}) for case in stood)
        if spares >= MOST * len(stood):
            return Offer(setting, value, spares, len(stood))
    return None


def _cases(pipe: Pipeline, dismissed: Sequence[Dismissal]) -> Iterator[Case]:
    began = pipe.evidence.kept_since
    for each in dismissed:
        known = each.at >= began
        then = pipe.moved(each.at, each.at if known else pipe.known)
        body = pipe.signals.norms(week_of(each.at, pipe.organisation.time_zone).isoformat())
        norms = learn(then) if body is None else from_body(body)
        deals = [deal for deal in then.deals_numbered([each.deal]) if deal.status == "open"]
        yield from cases(then, deals, norms, foresees=known)


def _stands(rule: Rule, case: Case, values: Values) -> bool:
    clock = Clock(case.clock.at, case.clock.zone)
    return rule.judge(replace(case, clock=clock), values) is not None


def _tries(rule: Rule, values: Values) -> Iterator[tuple[float, Setting, float]]:
    """Numbers to try, with how far each is from the present one as a share of what is accepted."""
    for setting in rule.settings:
        whole = float(setting.default).is_integer()
        present = values[setting.name]
        for end in (setting.lowest, setting.highest):
            for step in range(1, STEPS + 1):
                # Small steps first: a number that is a little higher is often enough.
                value = present + (end - present) * (step / STEPS) ** 2
                value = float(round(value)) if whole else round(value, 2)
                if value != present:
                    yield abs(value - present) / (setting.highest - setting.lowest), setting, value

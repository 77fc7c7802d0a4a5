"""Judging deals by the rules: what each has, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ridealong.record.live import chunks
from ridealong.record.pipeline import Pipeline
from ridealong.record.signals import RuleSet
from ridealong.record.states import DealState
from ridealong.views.signals.gathering import cases
from ridealong.views.signals.norms import Norms
from ridealong.views.signals.rule import Found, Rule, Values
from ridealong.views.signals.rulebook import rules


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one deal has, by rule; ``wake``: until when, unless something is learned before."""

    deal: DealState
    found: Mapping[str, Found]
    wake: datetime | None


def values_of(rule: Rule, settings: Mapping[str, RuleSet]) -> Values:
    """Return a rule's settings as somebody set them, or else their defaults."""
    changed = settings[rule.name].values if rule.name in settings else {}
    return {each.name: changed.get(each.name, each.default) for each in rule.settings}


def switched_on(settings: Mapping[str, RuleSet]) -> list[tuple[Rule, Values]]:
    """Return the rules that are not switched off, with their settings."""
    return [
        (rule, values_of(rule, settings))
        for name, rule in rules().items()
        if not (name in settings and settings[name].off)
    ]


def judge(
    pipe: Pipeline,
    deals: Sequence[DealState],
    norms: Norms,
    *,
    chosen: Sequence[tuple[Rule, Values]] | None = None,
    foresees: bool = True,
) -> Iterator[Verdict]:
    """Say of each of these deals what it has; a deal that is not open has nothing.

    ``chosen``: the rules and how they are set; those that are switched on by default.
    ``foresees``: what was planned at the moment is known.
    """
    asked = switched_on(pipe.signals.settings()) if chosen is None else chosen
    numbered = {deal.id: deal for deal in deals}
    for chunk in chunks(numbered):
        part = [numbered[number] for number in chunk]
        yield from (Verdict(deal, {}, None) for deal in part if deal.status != "open")
        still = [deal for deal in part if deal.status == "open"]
        for case in cases(pipe, still, norms, foresees=foresees):
            found = {rule.name: rule.judge(case, values) for rule, values in asked}
            has = {name: each for name, each in found.items() if each is not None}
            yield Verdict(case.deal, has, case.clock.wake)

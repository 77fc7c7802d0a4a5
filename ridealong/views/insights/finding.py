"""Insights that one member may see: of the company, of a deal, of a salesperson."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import get_args

from ridealong.insight import HAVINGS, Trial, estimated, has, passages
from ridealong.insight.comparing import Comparison
from ridealong.insight.landmarks import SETTLED_IN
from ridealong.insight.trying import Kind
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.insights.advising import to_coach
from ridealong.views.insights.figures import Counted, Insight, Insights, OfDeal, Share, Tried
from ridealong.views.insights.gathering import courses, days
from ridealong.views.insights.saying import (
    AIMS,
    HAVING,
    WITHIN,
    WON,
    deals_claim,
    guidance_claim,
    person_claim,
)
from ridealong.views.insights.working import Worked, worked

KINDS: tuple[Kind, ...] = get_args(Kind)


def insights(pipe: Pipeline) -> Insights:
    """Return what holds up, of what the viewer may see, with all that was tried.

    Of salespeople only those in sight; about leading only for those who lead.
    """
    work = worked(pipe)
    return Insights(
        at=work.at,
        found=tuple(_found(pipe, work, work.trials)),
        tried=tuple(_tried(work, kind) for kind in KINDS),
        deals=len(work.company.courses),
    )


def of_person(pipe: Pipeline, number: int) -> Insights:
    """Return where one salesperson's deals stall; nothing where they are not in sight."""
    work = worked(pipe)
    about = [trial for trial in work.of("salesperson") if trial.person == number]
    return Insights(
        at=work.at,
        found=tuple(_found(pipe, work, about)),
        tried=(_tried(work, "salesperson", number),),
        deals=len(work.company.courses),
    )


def of_deal(pipe: Pipeline, deal: DealState) -> OfDeal:
    """Return what deals that were won from the deal's stage had, and which of it this one lacks."""
    work = worked(pipe)
    compared = _tried(work, "deal").compared
    course = next(iter(courses(pipe, [deal.id])), None)
    stay = None if course is None else next(reversed(list(passages(course))), None)
    if course is None or stay is None or stay.left is not None:
        return OfDeal(deal, (), (), 0, compared)
    now = days(pipe.at)
    waits = max(0, -int(-(stay.first.at + SETTLED_IN - now) // 1))
    marks = has(course, course.steps[-1], stay.first.at, now)
    owned = {having.name for having, mark in zip(HAVINGS, marks, strict=True) if mark}
    holding = [trial for trial in work.of("deal") if trial.holds]
    lacking = [trial for trial in holding if trial.name not in owned]
    return OfDeal(
        deal=deal,
        lacks=() if waits else tuple(_from_here(pipe, work, lacking, deal)),
        has=tuple(HAVING[trial.name].having for trial in holding if trial.name in owned),
        waits=waits,
        compared=compared,
    )


def _tried(work: Worked, kind: Kind, person: int = 0) -> Tried:
    trials = [t for t in work.of(kind) if not person or t.person == person]
    compared = sum(trial.found is not None for trial in trials)
    return Tried(kind, compared, len(trials) - compared)


def _found(pipe: Pipeline, work: Worked, trials: Sequence[Trial]) -> Iterator[Insight]:
    """Yield those that hold, the strongest first, with what the viewer may see of them."""
    seen = {member.id: member.name for member in pipe.members()}
    stages = {str(stage.id): stage.name for stage in pipe.stages()}
    for trial in sorted(trials, key=lambda each: -each.joint):
        if not trial.holds or trial.found is None:
            continue
        if trial.kind == "deal":
            yield _about_deals(pipe, work, trial, trial.found)
        elif trial.kind == "leading":
            if len(seen) > 1:
                yield _about_leading(pipe, work, trial, trial.found)
        elif trial.person in seen:
            yield _about_person(pipe, work, trial, trial.found, (seen, stages))


def _about_deals(pipe: Pipeline, work: Worked, trial: Trial, found: Comparison) -> Insight:
    words = HAVING[trial.name]
    return _insight(
        pipe,
        work,
        trial,
        claim=deals_claim(trial.name),
        first=Share(*found.having, f"deals {words.having}, won within {WON}"),
        second=Share(*found.lacking, "the other deals"),
        to_do=words.to_do,
    )


def _from_here(
    pipe: Pipeline, work: Worked, trials: Sequence[Trial], deal: DealState
) -> Iterator[Insight]:
    """Yield what holds and points the same way in the deal's stage, with the counts of that one."""
    for trial in sorted(trials, key=lambda each: -each.joint):
        table = work.table(trial)
        here = table.stage == deal.stage_id
        with_it, without = (
            (int(table.went[side & here].sum()), int((side & here).sum()))
            for side in (trial.having, ~trial.having)
        )
        words = HAVING[trial.name]
        first = Share(*with_it, f"deals in {deal.stage} {words.having}, won within {WON}")
        second = Share(*without, f"the other deals in {deal.stage}")
        if first.of and second.of and first.value > second.value:
            counted = [
                c for c, kept in zip(work.counted(trial), here.tolist(), strict=True) if kept
            ]
            yield _insight(
                pipe,
                work,
                trial,
                claim=f"{words.lacking}. {deals_claim(trial.name)}",
                first=first,
                second=second,
                to_do=words.to_do,
                counted=counted,
            )


def _about_person(
    pipe: Pipeline,
    work: Worked,
    trial: Trial,
    found: Comparison,
    names: tuple[Mapping[int, str], Mapping[str, str]],
) -> Insight:
    person, stage = names[0][trial.person], names[1].get(trial.name, "this stage")
    likely = estimated(trial, work.table(trial))
    drawn = f"{likely.value:.0%} once drawn towards the team, from {likely.low:.0%}"
    return _insight(
        pipe,
        work,
        trial,
        claim=person_claim(person, stage),
        first=Share(*found.lacking, f"of {person}’s; likely {drawn} to {likely.high:.0%}"),
        second=Share(*found.having, "of the rest of the team’s"),
        to_do=to_coach(work, trial, stage),
    )


def _about_leading(pipe: Pipeline, work: Worked, trial: Trial, found: Comparison) -> Insight:
    return _insight(
        pipe,
        work,
        trial,
        claim=guidance_claim(trial.name),
        first=Share(*found.having, f"times when guidance{AIMS[trial.name]} was followed"),
        second=Share(*found.lacking, f"times when it was not, within {WITHIN}"),
        to_do="When you give guidance, agree on a day, and ask about it on that day.",
    )


def _insight(
    pipe: Pipeline,
    work: Worked,
    trial: Trial,
    *,
    claim: str,
    first: Share,
    second: Share,
    to_do: str,
    counted: Collection[Counted] | None = None,
) -> Insight:
    every = list(work.counted(trial) if counted is None else counted)
    numbers = sorted({each.deal_id for each in every})
    visible = {deal.id for deal in pipe.deals_numbered(numbers)}
    low, high = trial.bounds
    return Insight(
        kind=trial.kind,
        name=trial.name,
        person=trial.person,
        claim=claim,
        first=first,
        second=second,
        effect=trial.effect,
        low=low,
        high=high,
        p=trial.p,
        to_do=to_do,
        tried=sum(each.found is not None for each in work.trials),
        deals=tuple(each for each in every if each.deal_id in visible),
        unseen=len(numbers) - len(visible),
    )

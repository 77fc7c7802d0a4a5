"""The playbook: the exit criteria of stages, and how they stand on deals.

Each criterion is judged by its rule from what the record has, unless a person said how it is. Many
deals are read in chunks, each with the same few queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ridealong.record.leading_states import Criterion
from ridealong.record.live import chunks
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState, Stage
from ridealong.views.coaching.judging import Judge, cases
from ridealong.views.coaching.playing import (
    CriterionState,
    Playbook,
    Skipped,
    StagePlay,
    Written,
)


def written(pipe: Pipeline) -> Written:
    """Return the playbook itself: each open stage, in order, with its criteria."""
    of_stage: dict[int, list[Criterion]] = {}
    for criterion in pipe.leading.criteria():
        of_stage.setdefault(criterion.stage_id, []).append(criterion)
    stages = [stage for stage in pipe.stages() if stage.status == "open"]
    return Written(tuple((stage, tuple(of_stage.get(stage.id, ()))) for stage in stages))


def playbooks(
    pipe: Pipeline, deals: Sequence[DealState], *, current_only: bool = False
) -> Iterator[tuple[DealState, Playbook]]:
    """Go through deals with how their exit criteria stand, in no particular order.

    ``current_only``: of the stage that each deal is in; much less work for many deals.
    """
    book = written(pipe)
    if not book.total:
        yield from ((deal, Playbook(())) for deal in deals)
        return
    numbered = {deal.id: deal for deal in deals}
    for chunk in chunks(numbered):
        part = [numbered[number] for number in chunk]
        judge = Judge(pipe, part)
        for case in cases(pipe, part):
            stages = tuple(
                StagePlay(stage, judge.states(case, criteria))
                for stage, criteria in book.stages
                if criteria and not (current_only and stage.id != case.deal.stage_id)
            )
            yield case.deal, Playbook(stages)


def playbook(pipe: Pipeline, deal: DealState) -> Playbook:
    """Return how every exit criterion stands on one deal."""
    return next(playbooks(pipe, [deal]))[1]


def lacking(pipe: Pipeline, deal: DealState, stage: Stage) -> list[CriterionState]:
    """Return what is missing or unknown of the stages that a move to ``stage`` would leave.

    What is missing comes first. Nothing for a move back, for one that loses the deal, and for a
    deal that is not open.
    """
    if deal.status != "open" or deal.stage_id is None or stage.status == "lost":
        return []
    left = {each.id for each in written(pipe).left(deal.stage_position, stage.position)}
    if not left:
        return []
    plays = playbook(pipe, deal).stages
    found = [each for play in plays if play.stage.id in left for each in play.lacking]
    return sorted(found, key=lambda each: each.state != "missing")


def skipped(pipe: Pipeline, deal: DealState) -> tuple[Skipped, ...]:
    """Return the deal's moves onward at which criteria of the stages left were missing.

    By today's playbook and by what is known now of the time before each move; what cannot be known
    is held against nobody.
    """
    book = written(pipe)
    moves = list(_moves(pipe.history(deal))) if book.total else []
    if not moves:
        return ()
    judge = Judge(pipe, [deal])
    case = next(cases(pipe, [deal]))
    found = []
    for before, after in moves:
        left = {stage.id for stage in book.left(before.stage_position, after.stage_position)}
        wanted = [each for stage, criteria in book.stages if stage.id in left for each in criteria]
        moment = after.valid_from
        carried = before.salesperson_id or 0
        flowing = pipe.moved(moment, pipe.known).evidence.flowing([carried])
        then = case.until(moment, before, flowing.get(carried, frozenset()))
        states = judge.states(then, wanted)
        missing = tuple(each for each in states if each.state == "missing")
        if missing:
            found.append(Skipped(moment, before.stage, after.stage, missing))
    return tuple(found)


def _moves(history: Sequence[DealState]) -> Iterator[tuple[DealState, DealState]]:
    """Yield the versions before and after each move onward of an open deal; losing it is none."""
    for before, after in pairwise(history):
        known = before.stage_id is not None and after.stage_id is not None
        onward = known and after.stage_position > before.stage_position
        if onward and before.status == "open" and after.status != "lost":
            yield before, after


def standing(pipe: Pipeline) -> dict[int, dict[str, list[int]]]:
    """Return {criterion: {state: deals}} of the open deals in sight, each in its own stage.

    Every criterion is there, and of its states those that a deal is in.
    """
    found: dict[int, dict[str, list[int]]] = {c.id: {} for c in pipe.leading.criteria()}
    deals = pipe.open_deals(Criteria())
    for deal, play in playbooks(pipe, deals, current_only=True):
        for stage in play.stages:
            for each in stage.criteria:
                found[each.criterion.id].setdefault(each.state, []).append(deal.id)
    return found


def deals_with(
    pipe: Pipeline, criterion: Criterion, state: str
) -> list[tuple[DealState, CriterionState]]:
    """Return the open deals in a criterion's stage where it is in that state, the largest first.

    Just those that ``standing`` counts.
    """
    deals = pipe.open_deals(Criteria(stages=frozenset({criterion.stage_id})))
    found = {
        deal.id: each
        for deal, play in playbooks(pipe, deals, current_only=True)
        for stage in play.stages
        for each in stage.criteria
        if each.criterion.id == criterion.id and each.state == state
    }
    return [(deal, found[deal.id]) for deal in deals if deal.id in found]

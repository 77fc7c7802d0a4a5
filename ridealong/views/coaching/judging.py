"""Judging exit criteria: the rules' word, and above it that of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ridealong.record.evidence import Happening
from ridealong.record.leading_states import Checked, Criterion
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Contact, DealState
from ridealong.views.coaching.criteria import Case, Evidence, Ruling, rules
from ridealong.views.coaching.playing import RECORD, CriterionState

_BY_PEOPLE = Ruling("unknown", Evidence("No rule looks for this: say how it is."))
_FORMER = "a former colleague"


def cases(pipe: Pipeline, deals: Sequence[DealState]) -> Iterator[Case]:
    """Yield each deal as the rules look at it; few queries for all."""
    happenings = pipe.evidence.happenings((deal.id for deal in deals), with_buyer=True)
    named = {key for of_deal in happenings.values() for each in of_deal for key in each.contacts}
    people = pipe.evidence.people(named.union(*(deal.contacts for deal in deals)))
    flowing = pipe.evidence.flowing({deal.salesperson_id or 0 for deal in deals})
    for deal in deals:
        of_deal = happenings.get(deal.id, [])
        ahead = [each for each in of_deal if each.at > pipe.at]
        yield Case(
            at=pipe.at,
            deal=deal,
            people=_people(deal, of_deal, people),
            past=tuple(each for each in of_deal if each.at <= pipe.at),
            planned=tuple(reversed(ahead)),
            flowing=flowing.get(deal.salesperson_id or 0, frozenset()),
        )


def _people(
    deal: DealState, happenings: Sequence[Happening], people: Mapping[str, Contact]
) -> dict[str, Contact]:
    named = dict.fromkeys([*deal.contacts, *(key for each in happenings for key in each.contacts)])
    return {
        key: replace(people[key], role=deal.contacts.get(key) or "")
        for key in named
        if key in people
    }


class Judge:
    """Says how criteria stand on some deals."""

    def __init__(self, pipe: Pipeline, deals: Sequence[DealState]) -> None:
        said = pipe.leading.checks(deal.id for deal in deals)
        self._said = {(each.deal_id, each.criterion_id): each for each in said}
        # Who said it may be anybody: a leader above, somebody of another team.
        self._names = {n: who.name for n, who in pipe.leading.employed.items()} if said else {}

    def states(self, case: Case, criteria: Sequence[Criterion]) -> tuple[CriterionState, ...]:
        """Return how each criterion stands at the case's moment."""
        return tuple(self._state(case, criterion) for criterion in criteria)

    def _state(self, case: Case, criterion: Criterion) -> CriterionState:
        rule = rules().get(criterion.rule)
        ruling = rule.judge(case) if rule else _BY_PEOPLE
        said = self._said.get((case.deal.id, criterion.id))
        if said is not None and said.at <= case.at:
            return self._by_person(criterion, ruling, said)
        evidence = ruling.evidence
        return CriterionState(criterion, ruling.state, RECORD, "", evidence, evidence.at)

    def _by_person(self, criterion: Criterion, ruling: Ruling, said: Checked) -> CriterionState:
        return CriterionState(
            criterion=criterion,
            state="met" if said.state == "met" else "missing",
            by=self._names.get(said.said_by or 0, _FORMER),
            note=said.note,
            evidence=ruling.evidence,
            at=said.at,
        )

"""What the playbook says of deals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ridealong.record.leading_states import Criterion
from ridealong.record.states import Stage
from ridealong.views.coaching.criteria import Evidence
from ridealong.views.coaching.criteria.rule import State

RECORD = "record"
ELEMENTS = {
    "metrics": "Metrics",
    "economic_buyer": "Economic buyer",
    "decision_criteria": "Decision criteria",
    "decision_process": "Decision process",
    "paper_process": "Paper process",
    "identify_pain": "Identified pain",
    "champion": "Champion",
    "competition": "Competition",
}
"""The elements of MEDDPICC in words; their first letters are its letters."""


@dataclass(frozen=True, slots=True)
class CriterionState:
    """How an exit criterion stands on a deal, and who says so: ``by`` is "record" or a name.

    ``note``: what a person wrote to it. ``at``: since when, or when what shows it happened; None
    where nothing does. A person's word stands above the record's, whose evidence is still here.
    """

    criterion: Criterion
    state: State
    by: str
    note: str
    evidence: Evidence
    at: datetime | None


@dataclass(frozen=True, slots=True)
class StagePlay:
    """A stage and its exit criteria in order: ``met`` of ``total``."""

    stage: Stage
    criteria: tuple[CriterionState, ...]

    @property
    def met(self) -> int:
        """How many are met."""
        return sum(each.state == "met" for each in self.criteria)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.criteria)

    @property
    def lacking(self) -> tuple[CriterionState, ...]:
        """Those that are not met: missing, or unknown."""
        return tuple(each for each in self.criteria if each.state != "met")


@dataclass(frozen=True, slots=True)
class Playbook:
    """How the exit criteria stand on one deal, for each open stage that has any, in order."""

    stages: tuple[StagePlay, ...]

    def of(self, stage: int | None) -> StagePlay | None:
        """Return what is said of the stage of that number."""
        return next((play for play in self.stages if play.stage.id == stage), None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A move onward that happened although the record shows that criteria were missing."""

    at: datetime
    before: str
    after: str
    lacking: tuple[CriterionState, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The playbook itself: each open stage with its criteria in order."""

    stages: tuple[tuple[Stage, tuple[Criterion, ...]], ...]

    @property
    def total(self) -> int:
        """How many criteria there are."""
        return sum(len(criteria) for _, criteria in self.stages)

    def left(self, before: int, after: int) -> Sequence[Stage]:
        """Return the stages that a move from one position to another leaves, in order."""
        return [stage for stage, _ in self.stages if before <= stage.position < after]

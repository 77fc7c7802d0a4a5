"""Every open deal, read once: what all lists and groups of a brief are counted from."""

from __future__ import annotations

from ridealong.record.pipeline import Pipeline
from ridealong.views import inspection
from ridealong.views.briefing.figures import Listed
from ridealong.views.inspection import Group, Grouping, Selection

LISTED = 10
"""How many deals a brief names of those that want attention, and of the biggest."""


class Lineup:
    """The open deals of a pipeline, the largest first."""

    def __init__(self, pipe: Pipeline) -> None:
        self._pipe = pipe
        self.deals = pipe.open_standings()

    def grouped(self, by: Grouping) -> tuple[Group, ...]:
        """Return all of them by salesperson, stage, week or month."""
        tallies = inspection.tallied(self.deals, by)
        return inspection.grouped(self._pipe, tallies, Selection(), by)

    def listed(self, selection: Selection, *, limit: int = LISTED) -> Listed:
        """Count the selected deals, and name the first ``limit`` of them."""
        chosen = self.deals
        if selection != Selection():
            numbers = self._pipe.numbers_of_open(inspection.criteria(self._pipe, selection))
            chosen = [deal for deal in self.deals if deal.id in numbers]
        figure = inspection.summed(inspection.tallied(chosen, None), selection)
        named = self._pipe.deals_numbered([deal.id for deal in chosen[:limit]])
        # One that a fact stored meanwhile has closed is not named.
        still_open = [deal for deal in named if deal.status == "open"]
        return Listed(figure, inspection.rows(self._pipe, still_open))

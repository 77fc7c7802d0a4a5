"""Every open deal, read once: what all lists and groups of a brief are counted from."""

from __future__ import annotations

from ridealong.record.pipeline import Pipeline
from ridealong.record.states import Standing
from ridealong.views import inspection
from ridealong.views.briefing.figures import Listed
from ridealong.views.inspection import Figure, Group, Grouping, Selection

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
        chosen = self.chosen(selection)
        figure = inspection.summed(inspection.tallied(chosen, None), selection)
        named = self._pipe.deals_numbered([deal.id for deal in chosen[:limit]])
        # One that a fact stored meanwhile has closed is not named.
        still_open = [deal for deal in named if deal.status == "open"]
        return Listed(figure, inspection.rows(self._pipe, still_open))

    def counted(self, selection: Selection) -> Figure:
        """Count the selected deals."""
        return inspection.summed(inspection.tallied(self.chosen(selection), None), selection)

    def chosen(self, selection: Selection) -> list[Standing]:
        """Return the selected deals, the largest first."""
        if selection == Selection():
            return self.deals
        numbers = self._pipe.numbers_of_open(inspection.criteria(self._pipe, selection))
        return [deal for deal in self.deals if deal.id in numbers]

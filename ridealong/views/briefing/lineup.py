"""Every open deal, read once: what all lists and groups of a brief are counted from."""

from __future__ import annotations

from collections.abc import Callable

from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import Standing
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
        meets = self._meeting(inspection.criteria(self._pipe, selection))
        chosen = [deal for deal in self.deals if meets(deal)]
        figure = inspection.summed(inspection.tallied(chosen, None), selection)
        first = [deal.id for deal in chosen[:limit]]
        whole = self._pipe.open_deals_numbered(first)
        # One that a fact stored meanwhile has closed is not named.
        named = [whole[number] for number in first if number in whole]
        return Listed(figure, inspection.rows(self._pipe, named))

    def currencies_without_rate(self) -> tuple[str, ...]:
        """Return the currencies of amounts that nothing says the worth of."""
        without = {d.currency for d in self.deals if d.amount is not None and d.value is None}
        return tuple(sorted(without))

    def _meeting(self, criteria: Criteria) -> Callable[[Standing], bool]:
        """Return the test of a deal: by what is read of each, else by what the record answers."""
        overdue_on = criteria.overdue_on
        if criteria == Criteria():
            return lambda _: True
        if criteria == Criteria(closes=criteria.closes) and criteria.closes is not None:
            first, last = criteria.closes
            return lambda deal: deal.close_date is not None and first <= deal.close_date <= last
        if criteria == Criteria(overdue_on=overdue_on) and overdue_on is not None:
            return lambda deal: deal.close_date is not None and deal.close_date < overdue_on
        numbers = self._pipe.numbers_of_open(criteria)
        return lambda deal: deal.id in numbers

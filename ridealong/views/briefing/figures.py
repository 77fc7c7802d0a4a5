"""What a brief is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ridealong.views.inspection.figures import Change, Figure, Group, Row


@dataclass(frozen=True, slots=True)
class Listed:
    """A figure with the deals behind it; ``deals`` is capped on pages, complete in JSON."""

    figure: Figure
    deals: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind of change: its figure, and deals with what was before and after.

    ``changes`` is capped on pages, complete in JSON.
    """

    figure: Figure
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was last agreed on a deal (its number), and what became of it.

    ``outcome``: open, followed or not_followed.
    """

    deal: int
    text: str
    leader: str
    at: datetime
    due: date | None
    outcome: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief for the CEO, as of ``at``, against ``since``.

    ``known``: what was known when it was made. ``title`` is set once it is kept.
    """

    at: datetime
    since: datetime
    known: datetime
    currency: str
    organisation: str
    viewer: str
    open: Figure
    by_salesperson: tuple[Group, ...]
    by_stage: tuple[Group, ...]
    this_week: Listed
    this_month: Listed
    changes: Mapping[str, Changed]
    biggest: tuple[Row, ...]
    no_next_step: Listed
    quiet: Listed
    overdue: Listed
    missing_rates: tuple[str, ...]
    since_is_kept: bool
    headline: tuple[str, ...]
    agreed: tuple[Agreed, ...] = ()

    def agreed_on(self, deal: int) -> Agreed | None:
        """Return what was last agreed on the deal of that number, None for nothing."""
        return next((each for each in self.agreed if each.deal == deal), None)

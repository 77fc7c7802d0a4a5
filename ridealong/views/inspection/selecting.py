"""A selection put to the record as criteria, and to single deals as a test: the same in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ridealong.lib.clock import start_of_day
from ridealong.record.finding import has_words
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState, Touch
from ridealong.views.inspection.figures import NONE, QUIET_DAYS, Selection
from ridealong.views.inspection.periods import closing

ATTENTION = ("no_next_step", "quiet", "overdue")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection that has been read: ``criteria`` for the database, ``takes`` for one deal."""

    criteria: Criteria
    attention: str

    def takes(self, deal: DealState, touch: Touch) -> bool:
        """Say whether a deal is selected, the same way as the database does for open ones."""
        c = self.criteria
        return (
            (c.salespeople is None or deal.salesperson_id in c.salespeople)
            and (c.stages is None or deal.stage_id in c.stages)
            and (c.categories is None or deal.category in c.categories)
            and (c.company is None or deal.company_id == c.company)
            and (not c.undated or deal.close_date is None)
            and (c.closes is None or _within(deal.close_date, c.closes))
            and (not c.text or has_words(c.text, deal.name, deal.company))
            and self._asks_for(deal, touch)
        )

    def _asks_for(self, deal: DealState, touch: Touch) -> bool:
        c = self.criteria
        if c.overdue_on is not None:
            return deal.close_date is not None and deal.close_date < c.overdue_on
        if c.quiet_since is not None:
            last = touch.last_contact
            return deal.created_at < c.quiet_since and (last is None or last < c.quiet_since)
        if c.no_next_step:
            return not deal.next_step and touch.next_activity is None
        return True


def _within(day: date | None, days: tuple[date, date]) -> bool:
    return day is not None and days[0] <= day <= days[1]


def today(pipe: Pipeline) -> date:
    """Return the day of the moment looked at, where the company is."""
    return pipe.at.astimezone(pipe.organisation.time_zone).date()


def chosen(pipe: Pipeline, selection: Selection) -> Chosen:
    """Read a selection. Raises ``ValueError`` with a sentence for the user."""
    s = selection
    day = today(pipe)
    if s.attention and s.attention not in ATTENTION:
        raise ValueError(f"“{s.attention}” is none of {', '.join(ATTENTION)}.")
    quiet = start_of_day(day - timedelta(days=QUIET_DAYS), pipe.organisation.time_zone)
    undated = s.closes == NONE
    return Chosen(
        Criteria(
            text=s.text,
            salespeople=_number(s.salesperson, "salesperson"),
            stages=_number(s.stage, "stage"),
            categories=None if not s.category else frozenset({_empty(s.category)}),
            company=int(s.company) if s.company.isdigit() else None,
            closes=None if undated or not s.closes else closing(s.closes, day),
            undated=undated,
            overdue_on=day if s.attention == "overdue" else None,
            quiet_since=quiet if s.attention == "quiet" else None,
            no_next_step=s.attention == "no_next_step",
        ),
        attention=s.attention,
    )


def _empty(word: str) -> str:
    return "" if word == NONE else word


def _number(word: str, what: str) -> frozenset[int | None] | None:
    if not word:
        return None
    if word == NONE:
        return frozenset({None})
    if not word.isdigit():
        raise ValueError(f"“{word}” is not the number of a {what}.")
    return frozenset({int(word)})


def criteria(pipe: Pipeline, selection: Selection) -> Criteria:
    """Return what the record is asked for. Raises ``ValueError`` with a sentence for the user."""
    return chosen(pipe, selection).criteria

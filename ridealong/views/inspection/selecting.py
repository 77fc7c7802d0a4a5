"""A selection, as the record is asked for it."""

from __future__ import annotations

from datetime import date, timedelta

from ridealong.lib.clock import start_of_day
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.views.inspection.figures import NONE, QUIET_DAYS, Selection
from ridealong.views.inspection.periods import closing

ATTENTION = ("no_next_step", "quiet", "overdue")


def today(pipe: Pipeline) -> date:
    """Return the day of the moment looked at, where the company is."""
    return pipe.at.astimezone(pipe.organisation.time_zone).date()


def criteria(pipe: Pipeline, selection: Selection) -> Criteria:
    """Return what the record is asked for. Raises ``ValueError`` with a sentence for the user."""
    s = selection
    day = today(pipe)
    if s.attention and s.attention not in ATTENTION:
        raise ValueError(f"“{s.attention}” is none of {', '.join(ATTENTION)}.")
    if s.heat and (s.heat != "hot" or s.among is None):
        raise ValueError(f"“{s.heat}” deals cannot be told here.")
    quiet = start_of_day(day - timedelta(days=QUIET_DAYS), pipe.organisation.time_zone)
    undated = s.closes == NONE
    return Criteria(
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
        signal=s.signal,
        among=s.among if s.heat else None,
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

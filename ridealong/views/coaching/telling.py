"""Talks as entries of a list or a deal's story: when, who, how it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ridealong.record.leading_states import Talk
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.coaching.cadence import once_each

ABOUT_A_DEAL = 100
"""How many talks about a deal its page tells of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A talk with the names of those who took part, and the deals in sight it was about."""

    at: datetime
    talk: Talk
    names: tuple[str, ...]
    deals: tuple[DealState, ...]


def told(pipe: Pipeline, talks: Sequence[Talk]) -> list[Told]:
    """Return talks as entries, in the order given."""
    employed = pipe.leading.employed
    numbers = {deal for talk in talks for deal in talk.deals}
    deals = {deal.id: deal for deal in pipe.deals_numbered(sorted(numbers))}
    return [
        Told(
            at=talk.at,
            talk=talk,
            names=tuple(employed[n].name for n in talk.members if n in employed),
            deals=tuple(deals[number] for number in talk.deals if number in deals),
        )
        for talk in talks
    ]


def about_deal(pipe: Pipeline, deal: DealState) -> list[Told]:
    """Return the talks in sight about a deal that was read through ``pipe``, newest first."""
    return told(pipe, once_each(pipe.leading.talks_about(deal.id, ABOUT_A_DEAL)))


def by_week(pipe: Pipeline, entries: Iterable[Told]) -> list[tuple[date, list[Told]]]:
    """Return entries under the Monday of their week, in the order given."""
    found: dict[date, list[Told]] = {}
    for entry in entries:
        day = entry.at.astimezone(pipe.organisation.time_zone).date()
        found.setdefault(day - timedelta(days=day.weekday()), []).append(entry)
    return list(found.items())

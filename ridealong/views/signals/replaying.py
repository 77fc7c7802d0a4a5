"""Judging the past as it was seen then: at one moment after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ridealong.lib.clock import start_of_day
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.states import DealState
from ridealong.views.signals.judging import judge
from ridealong.views.signals.learning import learn
from ridealong.views.signals.norms import Norms, week_of
from ridealong.views.signals.rule import Rule, Values

MOST_DEALS = 2000
"""So many open deals are judged at one moment; of more, every second, third and so on."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What every open deal had at one moment: the deal, and the names of its rules.

    ``known``: what was known then was used; else what is known now, as far as it is older.
    """

    at: datetime
    known: bool
    deals: Sequence[tuple[DealState, frozenset[str]]]


def mondays(pipe: Pipeline, since: date) -> list[datetime]:
    """Return the beginning of each week from that day on, up to the moment, the first one first."""
    zone = pipe.organisation.time_zone
    day = week_of(start_of_day(since, zone), zone)
    found = []
    while (moment := start_of_day(day, zone)) <= pipe.at:
        found.append(moment)
        day += timedelta(days=7)
    return found


def replay(
    pipe: Pipeline,
    moments: Sequence[datetime],
    chosen: Sequence[tuple[Rule, Values]],
    *,
    norms: Norms | None = None,
) -> Iterator[Moment]:
    """Judge the open deals of each of these moments by these rules.

    ``norms``: what is normal; as learned at each moment by default.
    """
    began = pipe.evidence.kept_since
    for at in moments:
        known = at >= began
        then = pipe.moved(at, at if known else pipe.known)
        deals = _some(then)
        normal = norms or learn(then)
        verdicts = judge(then, deals, normal, chosen=chosen, foresees=known)
        yield Moment(at, known, [(each.deal, frozenset(each.found)) for each in verdicts])


def _some(pipe: Pipeline) -> list[DealState]:
    numbers = sorted(pipe.numbers_of_open(Criteria()))
    # Numbers grow with time, so that every n-th is a fair sample of old and new.
    step = -(-len(numbers) // MOST_DEALS) or 1
    return pipe.deals_numbered(numbers[::step])

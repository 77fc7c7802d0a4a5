"""What a rule would have raised in the last quarter with other numbers, beside the present ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.record.progress import Progress, Watch
from ridealong.views.signals.learning import learn
from ridealong.views.signals.norms import Norms, from_body, week_of
from ridealong.views.signals.replaying import MOST_DEALS, mondays, replay
from ridealong.views.signals.rule import Rule, Values

QUARTER = timedelta(days=91)
EXAMPLES = 20
_OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Week:
    """How many signals would have been raised in the week before ``at``: as set, and otherwise."""

    at: datetime
    present: int
    other: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The quarter with both sets of numbers.

    ``present``, ``other``: on how many deals the signal would stand now. ``spared``, ``added``:
    numbers of deals that had it in the quarter with one set only, the latest first. ``every``: one
    of so many deals was looked at. ``known``: in so many weeks as it was known then.
    """

    weeks: tuple[Week, ...]
    present: int
    other: int
    spared: tuple[int, ...]
    added: tuple[int, ...]
    every: int
    known: int


def preview(
    pipe: Pipeline, rule: Rule, present: Values, other: Values, watch: Watch | None = None
) -> Preview:
    """Judge the open deals of each Monday of the last quarter by a rule, set one way and another.

    By what is normal now. Costs as much as judging every open deal so many times.
    """
    moments = mondays(pipe, (pipe.at - QUARTER).astimezone(pipe.organisation.time_zone).date())
    chosen = [(rule, present), (_renamed(rule), other)]
    had: list[tuple[set[int], set[int]]] = []
    known = 0
    for moment in replay(pipe, moments, chosen, norms=_normal(pipe)):
        known += moment.known
        had.append(
            (
                {deal.id for deal, names in moment.deals if rule.name in names},
                {deal.id for deal, names in moment.deals if _OTHERWISE in names},
            )
        )
        if watch:
            watch(Progress("looking at weeks", len(had), len(moments)))
    return _compared(pipe, moments, had, known)


def _renamed(rule: Rule) -> Rule:
    """The same rule under another name, so that both are judged in one reading of the deals."""
    whole: Rule = type("Otherwise", (type(rule),), {"name": _OTHERWISE})()
    return whole


def _normal(pipe: Pipeline) -> Norms:
    body = pipe.signals.norms(week_of(pipe.at, pipe.organisation.time_zone).isoformat())
    return learn(pipe) if body is None else from_body(body)


def _compared(
    pipe: Pipeline,
    moments: Sequence[datetime],
    had: Sequence[tuple[set[int], set[int]]],
    known: int,
) -> Preview:
    weeks = [
        Week(at, len(present - before), len(other - others_before))
        for at, (present, other), (before, others_before) in zip(
            moments[1:], had[1:], had[:-1], strict=True
        )
    ]
    last = had[-1] if had else (set(), set())
    every = -(-len(pipe.numbers_of_open(Criteria())) // MOST_DEALS) or 1
    return Preview(
        weeks=tuple(weeks),
        present=len(last[0]),
        other=len(last[1]),
        spared=_latest(had, 0),
        added=_latest(had, 1),
        every=every,
        known=known,
    )


def _latest(had: Sequence[tuple[set[int], set[int]]], side: int) -> tuple[int, ...]:
    """Deals that had it with this side's numbers only, those that had it last first."""
    ever = set().union(*(each[1 - side] for each in had))
    only: dict[int, None] = {}
    for each in reversed(had):
        only.update(dict.fromkeys(sorted(each[side] - ever)))
    return tuple(only)[:EXAMPLES]


def preview_shape(seen: Preview) -> dict[str, Any]:
    """Return a preview as plain values, to be kept with the run that made it."""
    return {
        "weeks": [[each.at.isoformat(), each.present, each.other] for each in seen.weeks],
        "present": seen.present,
        "other": seen.other,
        "spared": list(seen.spared),
        "added": list(seen.added),
        "every": seen.every,
        "known": seen.known,
    }


def preview_from(shape: Mapping[str, Any]) -> Preview:
    """Return a preview that was kept."""
    return Preview(
        weeks=tuple(Week(datetime.fromisoformat(at), *counts) for at, *counts in shape["weeks"]),
        present=shape["present"],
        other=shape["other"],
        spared=tuple(shape["spared"]),
        added=tuple(shape["added"]),
        every=shape["every"],
        known=shape["known"],
    )

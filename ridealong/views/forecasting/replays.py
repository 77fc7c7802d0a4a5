"""What totals of the past would have been said to be, and what came: how far totals stray."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from ridealong.odds.arriving import LOOK, Arrivals
from ridealong.odds.backtesting import WEEK, Asked
from ridealong.odds.replaying import Said, Spread, spread
from ridealong.odds.snapshots import WON, Floats
from ridealong.odds.worlds import Ints
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.frame import Frame

LONGEST = 100.0
"""Days: what took longer to be won is new in no period that is looked at."""
NOBODY = -1
"""Stands for whoever carries what nobody carries."""


@dataclass(frozen=True)
class Past:
    """What is kept with a fit: how far totals stray, by horizon, and what new deals bring."""

    spreads: tuple[Spread, ...]
    new: Arrivals


def past(pipe: Pipeline, told: Frame, weekly: Mapping[float, tuple[Asked, ...]]) -> Past:
    """Replay what would have been said week by week. ``pipe``: of the whole company.

    Who is below whom is taken as it is at the moment looked at.
    """
    every = arrivals(told, sampled=False)
    of = groups(pipe)
    late = told.rows.filter(pl.col("s") > told.snapshots.until - LOOK / 4)
    people = np.unique(_who(late))
    here = np.isin(people, [*of, NOBODY])
    recent = every.picked(
        (every.ended - every.began <= LONGEST) & (every.ended > every.until - LOOK - LONGEST)
    )
    spreads = tuple(
        spread(horizon, said(told, horizon, asked), of, WEEK)
        for horizon, asked in sorted(weekly.items())
        if asked
    )
    return Past(spreads, recent.as_of(every.until, people[here]))


def groups(pipe: Pipeline) -> dict[int, frozenset[int]]:
    """Return whose deals count for each member: their own, and those of everybody below them."""
    return {
        number: frozenset({number, *(each.id for each in pipe.leading.led_by(number))})
        for number in pipe.leading.employed
    }


def arrivals(told: Frame, *, sampled: bool) -> Arrivals:
    """Return everything that was won; ``sampled``: of those deals that snapshots are of."""
    won = told.won.filter(pl.col("taken")) if sampled else told.won
    return Arrivals(
        began=won["began"].to_numpy(),
        ended=won["closed"].to_numpy(),
        amounts=_amounts(won),
        who=_who(won),
        people=np.empty(0, dtype=np.int64),
        since=float(told.snapshots.at.min()),
        until=told.snapshots.until,
    )


def said(told: Frame, horizon: float, weekly: tuple[Asked, ...]) -> list[Said]:
    """Return each moment with what was said and what came.

    Deals without an amount have no part in either.
    """
    every, brought = arrivals(told, sampled=True), _brought(told)
    found = []
    for each in weekly:
        rows = told.rows[each.rows]
        priced = rows["amount"].fill_null(np.nan).to_numpy() >= 0
        numbers = each.rows[priced]
        who = _who(rows.filter(pl.Series(priced)))
        snapshots = told.snapshots.pick(numbers)
        hit = snapshots.ended(WON, horizon)
        deals = zip(snapshots.thing.tolist(), hit.tolist(), strict=True)
        came = [_first(brought.get(deal, ()), each.at) if won else 0.0 for deal, won in deals]
        known = every.as_of(each.at, who)
        new = every.between(each.at, horizon)
        found.append(
            Said(
                at=each.at,
                won=each.won[priced],
                amounts=_amounts(rows.filter(pl.Series(priced))),
                who=who,
                came=np.array(came, dtype=float),
                new=every.as_of(each.at, np.unique(np.concatenate([who, known.who]))),
                new_who=new.who,
                new_came=new.amounts,
            )
        )
    return found


def _brought(told: Frame) -> dict[int, list[tuple[float, float]]]:
    """When each deal was won, and how much it brought then."""
    found: dict[int, list[tuple[float, float]]] = {}
    won = told.won.sort("closed")
    columns = (won["deal"].to_list(), won["closed"].to_list(), _amounts(won).tolist())
    for deal, closed, amount in zip(*columns, strict=True):
        found.setdefault(deal, []).append((closed, amount))
    return found


def _first(times: list[tuple[float, float]] | tuple[()], after: float) -> float:
    return next((amount for closed, amount in times if closed > after), 0.0)


def _amounts(rows: pl.DataFrame) -> Floats:
    """Amounts in the company's currency; below nothing, or without one, is nothing."""
    found: Floats = rows["amount"].cast(pl.Float64).fill_null(0.0).to_numpy().clip(min=0.0)
    return found


def _who(rows: pl.DataFrame) -> Ints:
    who: Ints = rows["salesperson"].cast(pl.Int64).fill_null(NOBODY).to_numpy()
    return who

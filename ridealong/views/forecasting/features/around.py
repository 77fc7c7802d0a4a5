"""What was going on around the deal: how its salesperson and company did, how much was open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ridealong.views.forecasting.snapshots import LOST, WON, closings

PRIOR = 10.0
"""Deals that the company's own rate weighs in a salesperson's."""
BEFORE_ALL = -1e9
"""A moment (days) before any."""


@dataclass(frozen=True)
class Noted:
    """Of some deals: what ended when, who carried what, how long those won were in each stage.

    ``ends``: deal, moment, outcome, salesperson, company. ``carried``: salesperson, moment, more
    (or less) open deals from then on. ``stays``: stage, moment, took (log of days).
    """

    ends: pl.DataFrame
    carried: pl.DataFrame
    stays: pl.DataFrame


@dataclass(frozen=True)
class Ledger:
    """Running figures of the whole company: each row holds from its ``moment`` on.

    ``by``: those of each salesperson, company and stage. ``every``: those of all deals.
    """

    by: dict[str, tuple[pl.DataFrame, ...]]
    every: pl.DataFrame

    @property
    def ended(self) -> int:
        """How many deals have ended, again and again where they were opened again."""
        last = self.every.tail(1).rows()
        return sum(won + lost for _, won, lost in last)

    def latest(self) -> Ledger:
        """Return what is needed from its end on: each one's last figures."""
        by = {
            key: tuple(each.unique(key, keep="last", maintain_order=True) for each in tables)
            for key, tables in self.by.items()
        }
        return Ledger(by, self.every.tail(1))

    def standing(self) -> Ledger:
        """Return these figures as if they had always been so.

        Two moments of one deal then differ by what happened on it, not around it.
        """
        always = pl.lit(BEFORE_ALL)
        by = {
            key: tuple(each.with_columns(moment=always) for each in tables)
            for key, tables in self.by.items()
        }
        return Ledger(by, self.every.with_columns(moment=always))


def noted(courses: pl.DataFrame, at: float) -> Noted:
    """Note of some deals what the ledger adds up, up to ``at``."""
    closed = closings(courses, at)
    ends = closed.select("deal", "outcome", "salesperson", "company", moment="closed")
    held = courses.filter(pl.col("status") == "open", pl.col("shows_from") <= at)
    more = held.select("salesperson", moment="shows_from", more=pl.lit(1))
    less = held.select("salesperson", moment="shows_to", more=pl.lit(-1))
    carried = pl.concat([more, less]).filter(pl.col("moment") <= at)
    return Noted(ends, carried, _stays(courses, closed))


def _stays(courses: pl.DataFrame, closed: pl.DataFrame) -> pl.DataFrame:
    won = closed.filter(pl.col("outcome") == WON).group_by("deal").agg(pl.col("closed").min())
    rows = courses.filter(pl.col("status") == "open").join(won, on="deal")
    rows = rows.filter(pl.col("shows_from") < pl.col("closed"))
    took = (pl.min_horizontal("shows_to", "closed") - pl.col("shows_from")).sum()
    stays = rows.group_by("deal", "stage").agg(moment=pl.col("closed").first(), took=took)
    return stays.select("stage", "moment", took=pl.col("took").clip(1e-3).log())


def ledger(notes: Sequence[Noted]) -> Ledger:
    """Add up what was noted."""
    ends, carried, stays = (
        pl.concat([getattr(note, part) for note in notes]).sort("moment")
        for part in ("ends", "carried", "stays")
    )
    one = pl.int_range(1, pl.len() + 1)
    won, lost = pl.col("outcome") == WON, pl.col("outcome") == LOST
    person = carried.drop_nulls("salesperson").select(
        "salesperson", "moment", open_salesperson=pl.col("more").cum_sum().over("salesperson")
    )
    by = {
        "salesperson": (_record(ends, "salesperson"), person),
        "company": (_record(ends, "company"),),
        "stage": (
            stays.drop_nulls("stage").select(
                "stage", "moment", usual=pl.col("took").cum_sum().over("stage") / one.over("stage")
            ),
        ),
    }
    every = ends.select("moment", all_won=won.cum_sum(), all_lost=lost.cum_sum())
    return Ledger(by, every)


def _record(ends: pl.DataFrame, by: str) -> pl.DataFrame:
    return ends.drop_nulls(by).select(
        by,
        "moment",
        (pl.col("outcome") == WON).cum_sum().over(by).alias(f"{by}_won"),
        (pl.col("outcome") == LOST).cum_sum().over(by).alias(f"{by}_lost"),
    )


def around(rows: pl.DataFrame, past: Ledger) -> pl.DataFrame:
    """Add the features that the surroundings give; each looks only at what had ended by then."""
    rows = rows.sort("s")
    rows = _asof(rows, past.every, None)
    for key, tables in past.by.items():
        for table in tables:
            rows = _asof(rows, table, key)
    won, lost = (pl.col(name).fill_null(0) for name in ("all_won", "all_lost"))
    rate = (won + 1) / (won + lost + 2)
    return rows.with_columns(
        pace=pl.col("stage_age").clip(1e-3).log() - pl.col("usual"),
        **_rate("salesperson", rate),
        **_rate("company", rate),
    )


def _rate(by: str, rate: pl.Expr) -> dict[str, pl.Expr]:
    """How many of theirs ended, and the share that was won, drawn to everybody's."""
    won, lost = (pl.col(f"{by}_{word}").fill_null(0) for word in ("won", "lost"))
    named = pl.col(by).is_not_null()
    return {
        f"{by}_rate": pl.when(named).then((won + PRIOR * rate) / (won + lost + PRIOR)),
        f"{by}_closed": pl.when(named).then(won + lost),
    }


def _asof(rows: pl.DataFrame, table: pl.DataFrame, by: str | None) -> pl.DataFrame:
    return rows.join_asof(
        table,
        left_on="s",
        right_on="moment",
        by=by,
        strategy="backward",
        check_sortedness=False,
    ).drop("moment", strict=False)

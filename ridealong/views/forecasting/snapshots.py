"""Snapshots: each open deal as it stood at moments a fixed step apart, and what came of it."""

from __future__ import annotations

import polars as pl

OPEN, WON, LOST = 0, 1, 2
"""How an outcome is written."""
_OUTCOMES = {"won": WON, "lost": LOST}


def course(versions: pl.DataFrame, positions: dict[int, int]) -> pl.DataFrame:
    """Add to each version what happened to the deal up to it.

    ``positions``: a stage's place in the order of stages, by number.
    """
    rows = versions.with_columns(
        place=pl.col("stage").replace_strict(positions, default=None, return_dtype=pl.Int64)
    )
    before = {name: pl.col(name).shift(1).over("deal") for name in ("stage", "place", "amount")}
    moved = (pl.col("stage") != before["stage"]).fill_null(value=False)
    change = (pl.col("amount") - before["amount"]).fill_null(0.0)
    close = pl.col("close_date")
    pushed = close - close.forward_fill().shift(1).over("deal")
    person = pl.col("salesperson")
    other = (person != person.forward_fill().shift(1).over("deal")).fill_null(value=False)
    return rows.with_columns(
        moves=moved.cast(pl.Int32).cum_sum().over("deal"),
        moved_back=(moved & (pl.col("place") < before["place"]).fill_null(value=False))
        .cast(pl.Int32)
        .cum_sum()
        .over("deal"),
        amount_changes=(change != 0).cast(pl.Int32).cum_sum().over("deal"),
        first_amount=pl.col("amount").drop_nulls().first().over("deal"),
        pushed_days=pushed.clip(lower_bound=0).fill_null(0.0).cum_sum().over("deal"),
        handed_over=other.cast(pl.Int32).cum_sum().over("deal"),
        versions=pl.int_range(1, pl.len() + 1).over("deal"),
    )


def closings(versions: pl.DataFrame, at: float) -> pl.DataFrame:
    """Return each time a deal was shown to be won or lost, up to ``at``: deal, closed, outcome."""
    was = pl.col("status").shift(1).over("deal").fill_null("open")
    ends = versions.filter(pl.col("shows_from") <= at).with_columns(was=was)
    ends = ends.filter(pl.col("status") != "open", pl.col("was") != pl.col("status"))
    outcome = pl.col("status").replace_strict(_OUTCOMES, return_dtype=pl.Int8)
    return ends.with_columns(outcome=outcome, closed=pl.col("shows_from")).sort("deal", "closed")


def wins(versions: pl.DataFrame, at: float) -> pl.DataFrame:
    """Return each time a deal was shown to be won, up to ``at``: when it began and what it brought.

    deal, began, closed, amount, salesperson (null where nobody carried it).
    """
    began = versions.group_by("deal").agg(began=pl.col("shows_from").min())
    won = closings(versions, at).filter(pl.col("outcome") == WON).join(began, on="deal")
    return won.select("deal", "began", "closed", "amount", "salesperson")


def grid(versions: pl.DataFrame, at: float, step: float) -> pl.DataFrame:
    """Return a row for each deal that was open at ``at``, and ``step``, twice it… before: ``s``."""
    nearest = ((at - pl.min_horizontal("shows_to", pl.lit(at + step / 2))) / step).floor() + 1
    farthest = ((at - pl.col("shows_from")) / step).floor()
    rows = versions.filter(pl.col("status") == "open", pl.col("shows_from") <= at)
    rows = rows.with_columns(
        k=pl.int_ranges(nearest.cast(pl.Int64).clip(0), farthest.cast(pl.Int64) + 1)
    )
    rows = rows.filter(pl.col("k").list.len() > 0).explode("k")
    return rows.with_columns(s=at - pl.col("k") * step).drop("k").sort("deal", "s")


def followed(snapshots: pl.DataFrame, versions: pl.DataFrame, at: float) -> pl.DataFrame:
    """Add what came of each snapshot's deal as far as ``at`` shows: ``outcome``, ``after`` days.

    Of one still open, ``after`` is how long it was followed.
    """
    ends = closings(versions, at).select("deal", "closed", "outcome")
    seen = versions.group_by("deal").agg(gone=pl.col("shows_to").max())
    rows = snapshots.sort("s").join_asof(
        ends.sort("closed"),
        left_on="s",
        right_on="closed",
        by="deal",
        strategy="forward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    rows = rows.join(seen, on="deal", how="left")
    end = pl.col("closed").fill_null(pl.min_horizontal("gone", pl.lit(at)))
    return rows.with_columns(
        outcome=pl.col("outcome").fill_null(OPEN), after=end - pl.col("s")
    ).drop("closed", "gone")

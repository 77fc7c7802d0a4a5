"""How the deal stands: stage, age, close date, amount, who carries it."""

from __future__ import annotations

import polars as pl

EPOCH_WEEKDAY = 3
"""1 January 1970 was a Thursday; weekdays count from Monday."""


def standing(rows: pl.DataFrame, offset: float) -> pl.DataFrame:
    """Add the features that a deal's own course gives.

    ``offset``: days by which the company's clock is ahead of UTC.
    """
    s = pl.col("s")
    day = s + offset
    date = day.floor().cast(pl.Int32).cast(pl.Date)
    next_quarter = date.dt.truncate("1q").dt.offset_by("1q")
    size = pl.col("amount").abs().clip(0, 1e12).log1p()
    return rows.with_columns(
        age=s - pl.col("created_at"),
        stage_age=s - pl.col("stage_since"),
        unchanged=s - pl.col("shows_from"),
        close_in=(pl.col("close_date") - day.floor()).clip(-3650, 3650),
        size=size.cast(pl.Float32),
        amount_growth=(size - pl.col("first_amount").abs().clip(0, 1e12).log1p()).cast(pl.Float32),
        has_next_step=(pl.col("next_step").fill_null(0) > 0).cast(pl.Int8),
        has_salesperson=pl.col("salesperson").is_not_null().cast(pl.Int8),
        weekday=((day.floor() + EPOCH_WEEKDAY) % 7).cast(pl.Int8),
        quarter_left=(next_quarter - date).dt.total_days().cast(pl.Int8),
        stage_share=pl.col("stage_since") - pl.col("created_at"),
    )

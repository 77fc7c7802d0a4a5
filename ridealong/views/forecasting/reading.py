"""Courses of deals as frames: what the record showed as time went by, and nothing it showed later.

A version or activity that was learned late shows from when it was learned on. History from before
a deal was in the record at all (imported, or fetched by a source newly connected) shows from when
it was so, as that other system would have shown it then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from ridealong.lib.clock import FOREVER
from ridealong.record.courses import ACTIVITY, STATED, VERSION, Block, days
from ridealong.record.pipeline import Pipeline

LOAD_TAKES = 1.0
"""Days that a first load may take: what it brings of one deal is learned at one time."""
BROUGHT = 20
"""So many older activities at once are what a newly connected source brought of the past."""
NEVER = days(FOREVER)
HELD_BACK = ("amount", "salesperson", "company")

_VERSION_TYPES: dict[str, Any] = dict.fromkeys(
    ("valid_from", "valid_to", "known_from", "known_to"), pl.Float64
) | {
    "deal": pl.Int64,
    "status": pl.String,
    "stage": pl.Int64,
    "salesperson": pl.Int64,
    "company": pl.Int64,
    "amount": pl.Float64,
    "currency": pl.String,
    "close_date": pl.Float64,
    "category": pl.String,
    "next_step": pl.Int64,
    "created_at": pl.Float64,
    "stage_since": pl.Float64,
    "pushes": pl.Int64,
}
_ACTIVITY_TYPES: dict[str, Any] = {
    "deal": pl.Int64,
    "at": pl.Float64,
    "known_from": pl.Float64,
    "known_to": pl.Float64,
    "kind": pl.String,
    "direction": pl.String,
    "two_way": pl.Boolean,
    "title": pl.String,
    "minutes": pl.Float64,
    "done": pl.Boolean,
    "member": pl.Int64,
    "contacts": pl.List(pl.String),
    "declined": pl.Int64,
}
_STATED_TYPES: dict[str, Any] = dict.fromkeys(STATED, pl.Float64) | {"deal": pl.Int64}


@dataclass(frozen=True)
class Courses:
    """Some deals' courses; each row shows over ``[shows_from, shows_to)``, in days.

    ``versions``: amounts are in the company's currency, null where no rate is known. What was
    stated only later and holds back is null. ``activities``: ``ended`` is when it was over.
    """

    versions: pl.DataFrame
    activities: pl.DataFrame


def channels(pipe: Pipeline) -> pl.DataFrame:
    """Return whose activities of which kind were first brought by a source with its past, when."""
    found = pl.DataFrame(
        pipe.courses.channels(),
        schema={"member": pl.Int64, "kind": pl.String, "loaded_at": pl.Float64, "n": pl.Int64},
        orient="row",
    )
    return found.filter(pl.col("n") >= BROUGHT).drop("n")


class Reader:
    """Reads courses through a pipeline, up to its moment. ``channels``: see above."""

    def __init__(self, pipe: Pipeline, channels: pl.DataFrame) -> None:
        self.at = days(pipe.at)
        self._known = NEVER if pipe.known is None else days(pipe.known)
        self._rates = {name: float(rate) for name, rate in pipe.conversion.rates.items()}
        self._rates[""] = 1.0
        self._channels = channels

    def courses(self, block: Block) -> Courses:
        """Return what the record showed of these deals."""
        versions = _frame(block.versions, VERSION, _VERSION_TYPES)
        told = _frame(block.stated, STATED, _STATED_TYPES)
        told = told.rename({name: f"{name}_stated" for name in STATED if name != "deal"})
        begun = versions.group_by("deal").agg(
            first=pl.col("known_from").min(), created=pl.col("created_at").min()
        )
        late = pl.col("first") - pl.col("created") > LOAD_TAKES
        known = pl.col("first") + pl.when(late).then(LOAD_TAKES).otherwise(0.0)
        begun = begun.select("deal", "first", loaded=pl.min_horizontal(known, self._known))
        activities = _frame(block.activities, ACTIVITY, _ACTIVITY_TYPES)
        return Courses(
            self._versions(versions.join(begun, on="deal").join(told, on="deal", how="left")),
            self._activities(activities.join(begun, on="deal")),
        )

    def _versions(self, rows: pl.DataFrame) -> pl.DataFrame:
        rate = pl.col("currency").replace_strict(self._rates, default=None, return_dtype=pl.Float64)
        rows = rows.with_columns(amount=pl.col("amount") / 100 * rate)
        rows = self._shown(rows, pl.col("valid_from"), pl.col("valid_to"))
        for name in HELD_BACK:
            rows = _unstated(rows, name)
        return rows.sort("deal", "shows_from")

    def _activities(self, rows: pl.DataFrame) -> pl.DataFrame:
        # What took a while is known when it is over.
        took = pl.when(pl.col("done").fill_null(value=True)).then(pl.col("minutes")).fill_null(0.0)
        rows = rows.with_columns(ended=pl.col("at") + took.clip(0, 24 * 60) / (24 * 60))
        rows = rows.join(self._channels, on=["member", "kind"], how="left", nulls_equal=True)
        # A null, where no such load was, is no.
        first = pl.col("loaded_at")
        past = (pl.col("known_from") <= first + LOAD_TAKES) & (pl.col("ended") < first)
        rows = self._shown(rows, pl.col("ended"), pl.lit(NEVER), past=past.fill_null(value=False))
        return rows.sort("deal", "shows_from")

    def _shown(
        self,
        rows: pl.DataFrame,
        begins: pl.Expr,
        ends: pl.Expr,
        past: pl.Expr = pl.lit(value=False),  # noqa: B008  frozen
    ) -> pl.DataFrame:
        """Add from when to when each row was what the record showed; drop those that never were.

        ``past``: rows that came with the load of a past, though the deal was known already.
        """
        loaded, learned = pl.col("loaded"), pl.col("known_from")
        gone = pl.when(pl.col("known_to") > self._known).then(NEVER).otherwise(pl.col("known_to"))
        late = pl.max_horizontal(begins, learned)
        shows = pl.when((learned <= loaded) | past).then(begins).otherwise(late)
        shown = rows.with_columns(shows_from=shows, shows_to=pl.min_horizontal(ends, gone))
        return shown.filter(pl.col("shows_from") < pl.col("shows_to"), gone > loaded)


def _unstated(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Take out what only held back: until it was first stated, a field is null."""
    stated = pl.col(f"{name}_stated")
    early = pl.col("shows_from") < stated
    if name != "amount":
        # Stated by the snapshot that the record began with: nothing else is known of the past. An
        # amount that a deal ended with says how it ended, so that even then it is not used.
        early &= stated < pl.col("first") - LOAD_TAKES
    early = early.fill_null(value=False)
    before = rows.filter(early).with_columns(
        pl.lit(None, dtype=rows[name].dtype).alias(name),
        shows_to=pl.min_horizontal("shows_to", stated),
    )
    after = rows.filter(early & (pl.col("shows_to") > stated)).with_columns(shows_from=stated)
    return pl.concat([rows.filter(~early), before, after])


def _frame(rows: list[Any], columns: Any, types: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: types[name] for name in columns}, orient="row")

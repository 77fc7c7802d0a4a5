"""What happened on the deal: which activities, how many, how long ago, by whom, what lies ahead."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

TITLES = 30
"""So many different titles at most are kinds of activity; more are free text."""
COVERED = 0.8
KINDS = 24
_PLANNED = ("at", "known_from", "known_to")
SINCE = (1.0, 7.0, 30.0)
TITLE_LETTERS = 60
"""So much of a title tells kinds of activity apart."""


@dataclass(frozen=True)
class Vocabulary:
    """Which activities are told apart. ``titled``: kinds whose titles are; ``names``: all of them.

    A name is (kind, direction, title), the title "" where it is free text.
    """

    titled: frozenset[str]
    names: tuple[tuple[str, str, str], ...]


def vocabulary(activities: pl.DataFrame, at: float) -> Vocabulary:
    """Read off what happened up to ``at`` which activities are worth telling apart."""
    happened = activities.filter(pl.col("shows_from") <= at)
    counted = happened.group_by("kind", "title").len().sort("len", descending=True)
    few = counted.group_by("kind").agg(
        covered=pl.col("len").head(TITLES).sum() / pl.col("len").sum(), n=pl.len()
    )
    titled = frozenset(few.filter(pl.col("covered") >= COVERED, pl.col("n") > 1)["kind"])
    named = _named(happened, titled).group_by("kind", "direction", "name").len()
    top = named.sort("len", "kind", "direction", "name", descending=[True, False, False, False])
    return Vocabulary(titled, tuple(top.head(KINDS).select("kind", "direction", "name").rows()))


def _named(activities: pl.DataFrame, titled: frozenset[str]) -> pl.DataFrame:
    title = pl.when(pl.col("kind").is_in(sorted(titled))).then(pl.col("title"))
    return activities.with_columns(name=title.fill_null("").str.slice(0, TITLE_LETTERS))


def happening(rows: pl.DataFrame, activities: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """Add the features that a deal's activities give."""
    numbers = pl.DataFrame(
        [(*name, number) for number, name in enumerate(words.names)],
        schema={"kind": pl.String, "direction": pl.String, "name": pl.String, "type": pl.Int32},
        orient="row",
    )
    told = _named(activities, words.titled).join(
        numbers, on=["kind", "direction", "name"], how="left"
    )
    told = told.with_columns(pl.col("type").fill_null(-1)).sort("deal", "shows_from", "ended")
    rows = rows.sort("s")
    rows = _last(rows, told)
    rows = _recency(rows, told, "any", pl.lit(value=True))
    rows = _recency(rows, told, "two_way", pl.col("two_way"))
    rows = _recency(rows, told, "in", pl.col("direction") == "in")
    rows = _recency(rows, told, "out", pl.col("direction") == "out")
    for number in range(len(words.names)):
        rows = _recency(rows, told, f"type_{number}", pl.col("type") == number, since=(7.0,))
    rows = _different(rows, told, "members", pl.col("member"))
    people = told.filter(pl.col("contacts").list.len() > 0).explode("contacts")
    rows = _different(rows, people, "contacts", pl.col("contacts"))
    return _ahead(rows, told)


def _last(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The last three activities, what they took, and who had a part in the last one."""
    kept = told.select(
        "deal",
        moment="shows_from",
        last=pl.col("type"),
        last_before=pl.col("type").shift(1).over("deal"),
        last_but_two=pl.col("type").shift(2).over("deal"),
        minutes=pl.col("minutes").fill_null(0.0).cum_sum().over("deal"),
        last_by=pl.col("member"),
    )
    return _asof(rows, kept)


def _recency(
    rows: pl.DataFrame,
    told: pl.DataFrame,
    name: str,
    which: pl.Expr,
    since: tuple[float, ...] = SINCE,
) -> pl.DataFrame:
    """How many, how many lately, and how long ago the last one was."""
    kept = told.filter(which).select(
        "deal",
        pl.col("shows_from").alias("moment"),
        pl.int_range(1, pl.len() + 1).over("deal").alias(f"n_{name}"),
        pl.col("ended").cum_max().over("deal").alias(f"ago_{name}"),
    )
    rows = _asof(rows, kept)
    total = pl.col(f"n_{name}").fill_null(0)
    ago = pl.col("s") - pl.col(f"ago_{name}")
    rows = rows.with_columns(total.alias(f"n_{name}"), ago.alias(f"ago_{name}"))
    counts = kept.select("deal", "moment", then=f"n_{name}")
    for days in since:
        earlier = _asof(rows.select("deal", s=pl.col("s") - days), counts)["then"].fill_null(0)
        rows = rows.with_columns((pl.col(f"n_{name}") - earlier).alias(f"n{days:.0f}_{name}"))
    return rows


def _different(rows: pl.DataFrame, told: pl.DataFrame, name: str, who: pl.Expr) -> pl.DataFrame:
    """How many different ones had a part so far."""
    first = told.with_columns(who=who).drop_nulls("who").sort("deal", "shows_from")
    first = first.unique(["deal", "who"], keep="first", maintain_order=True)
    kept = first.select(
        "deal",
        pl.col("shows_from").alias("moment"),
        pl.int_range(1, pl.len() + 1).over("deal").alias(f"n_{name}"),
    )
    return _asof(rows, kept).with_columns(pl.col(f"n_{name}").fill_null(0))


def _ahead(rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """What was planned at the time, and in how many days the next of it was."""
    planned = told.filter(
        pl.col("at") > pl.col("known_from"),
        pl.col("declined") == 0,
        ~pl.col("done").fill_null(value=False),
    )
    each = rows.select("deal", "s").join(planned.select("deal", *_PLANNED), on="deal")
    then = (pl.col("known_from") <= pl.col("s")) & (pl.col("known_to") > pl.col("s"))
    ahead = (
        each.filter(then, pl.col("at") > pl.col("s"))
        .group_by("deal", "s")
        .agg(n_ahead=pl.len(), ahead_in=(pl.col("at") - pl.col("s")).min())
    )
    return rows.join(ahead, on=["deal", "s"], how="left").with_columns(
        pl.col("n_ahead").fill_null(0)
    )


def _asof(rows: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Add what ``kept`` last said of the deal at or before each row's moment."""
    return rows.join_asof(
        kept.sort("moment"),
        left_on="s",
        right_on="moment",
        by="deal",
        strategy="backward",
        check_sortedness=False,
    ).drop("moment", strict=False)

"""Frames: every open deal at many moments of the past, to learn from; or at one, to be scored.

Two passes: block by block each deal's own course and activities, in bounded memory; then what the
company as a whole did, which every row looks up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from ridealong.odds.snapshots import Snapshots
from ridealong.record.pipeline import Pipeline
from ridealong.views.forecasting.features.around import Ledger, Noted, around, ledger, noted
from ridealong.views.forecasting.features.happening import Vocabulary, happening, vocabulary
from ridealong.views.forecasting.features.standing import standing
from ridealong.views.forecasting.reading import Reader, channels
from ridealong.views.forecasting.snapshots import course, followed, grid, wins

BLOCK = 10_000
ROWS = 300_000
"""So many snapshots at most are learned from: by longer steps between them, then of fewer deals."""
STEPS = (1.0, 2.0, 3.0, 5.0)
"""Days between snapshots: none that weeks are made of, so that every weekday is learned."""
CATEGORICAL = frozenset({"stage", "category", "last", "last_before", "last_but_two"})
SEASONAL = frozenset({"quarter_left"})
CATEGORIES = ("omitted", "pipeline", "best_case", "most_likely", "commit", "closed")
MEASURES = (
    *("stage", "place", "age", "stage_age", "stage_share", "unchanged", "moves", "moved_back"),
    *("close_in", "pushes", "pushed_days", "size", "amount_growth", "amount_changes"),
    *("has_next_step", "category", "has_salesperson", "handed_over", "versions"),
    *("pace", "weekday", "quarter_left"),
    *("salesperson_rate", "salesperson_closed", "open_salesperson"),
    *("company_rate", "company_closed"),
    *("last", "last_before", "last_but_two", "minutes", "n_members", "n_contacts"),
    *("n_ahead", "ahead_in"),
)
NOT_KEPT = frozenset(
    {
        *("valid_from", "valid_to", "known_from", "known_to", "status", "currency", "close_date"),
        *("created_at", "stage_since", "first", "loaded", "amount_stated", "salesperson_stated"),
        *("company_stated", "shows_from", "shows_to", "first_amount", "next_step", "last_by"),
    }
)
COUNTED = ("any", "two_way", "in", "out")


@dataclass(frozen=True)
class Learned:
    """What scoring needs to know of the past that was learned from."""

    words: Vocabulary
    past: Ledger
    stages: tuple[int, ...]
    offset: float
    channels: pl.DataFrame
    ended: int

    @property
    def names(self) -> tuple[str, ...]:
        """The features, in their order."""
        counts = [f"{c}_{name}" for name in COUNTED for c in ("n", "ago", "n1", "n7", "n30")]
        types = range(len(self.words.names))
        told = [f"{c}_type_{number}" for number in types for c in ("n", "ago", "n7")]
        return (*MEASURES, *counts, *told)


@dataclass(frozen=True)
class Taken:
    """How snapshots are taken: every ``step`` days, of a ``share`` of the deals."""

    step: float
    share: float

    def chosen(self, deal: pl.Expr) -> pl.Expr:
        """Say of which deals."""
        # Knuth's multiplicative hash: as good as chance, and the same every time.
        return (deal * 2654435761 % 4294967296) < self.share * 4294967296


@dataclass(frozen=True)
class Frame:
    """Snapshots, and the rows they were made of, in the same order.

    ``won``: what was won up to the moment, see ``snapshots.wins``; ``taken`` says of which deals
    snapshots are.
    """

    snapshots: Snapshots
    rows: pl.DataFrame
    won: pl.DataFrame


def training(pipe: Pipeline, like: Learned | None = None) -> tuple[Frame, Learned]:
    """Return every deal at many moments before the one looked at, and what scoring needs.

    ``like``: with the activities and stages told apart as an earlier fit did. Raises
    ``ValueError`` with a sentence where there is nothing to learn from.
    """
    deals = pipe.courses.deals()
    if not deals:
        raise ValueError("There are no deals yet.")
    brought, offset = channels(pipe), _offset(pipe)
    reader = Reader(pipe, brought)
    positions = {stage.id: stage.position for stage in pipe.stages()}
    taken, words = Taken(1.0, 1.0), Vocabulary(frozenset(), ())
    parts: list[pl.DataFrame] = []
    notes: list[Noted] = []
    won: list[pl.DataFrame] = []
    for number, block in enumerate(pipe.courses.blocks(_mixed(deals), BLOCK)):
        told = reader.courses(block)
        versions = course(told.versions, positions)
        if not number:
            taken = _taken(versions, reader.at, len(deals) / len(block.deals))
            words = like.words if like else vocabulary(told.activities, reader.at)
        shown = versions.filter(taken.chosen(pl.col("deal")))
        rows = followed(grid(shown, reader.at, taken.step), shown, reader.at)
        rows = happening(standing(rows, offset), told.activities, words)
        parts.append(_slim(rows))
        notes.append(noted(versions, reader.at))
        taken_here = taken.chosen(pl.col("deal"))
        won.append(wins(versions, reader.at).with_columns(taken=taken_here))
    past = ledger(notes)
    rows = around(pl.concat(parts), past)
    stages = like.stages if like else tuple(sorted(rows["stage"].drop_nulls().unique()))
    learned = Learned(words, past.latest(), stages, offset, brought, past.ended)
    rows = rows.filter(pl.col("s") < reader.at).sort("s", "deal")
    if not len(rows):
        raise ValueError("No deal was open on an earlier day, so there is nothing to learn from.")
    return Frame(_snapshots(rows, learned, reader.at), rows, pl.concat(won)), learned


def scoring(
    pipe: Pipeline, deals: Iterable[int], learned: Learned, back: float | None = None
) -> Frame:
    """Return these deals at the moment looked at: those that the record showed open then.

    ``back``: and each as the record showed it so many days before, where it was open then, too.
    What was going on around it (its salesperson's wins, say) is that of the later moment in both.
    """
    reader = Reader(pipe, learned.channels)
    positions = {stage.id: stage.position for stage in pipe.stages()}
    parts: list[pl.DataFrame] = []
    for block in pipe.courses.blocks(deals, BLOCK):
        told = reader.courses(block)
        versions = course(told.versions, positions)
        rows = grid(versions, reader.at, back or 1.0)
        rows = rows.filter(pl.col("s") >= reader.at - (back or 0.0))
        rows = followed(rows, versions, reader.at)
        rows = happening(standing(rows, learned.offset), told.activities, learned.words)
        parts.append(_slim(rows))
    rows = around(pl.concat(parts), learned.past.standing()).sort("deal", "s")
    return Frame(_snapshots(rows, learned, reader.at), rows, pl.DataFrame())


def _offset(pipe: Pipeline) -> float:
    away = pipe.at.astimezone(pipe.organisation.time_zone).utcoffset()
    return away / timedelta(days=1) if away else 0.0


def _mixed(deals: Sequence[int]) -> list[int]:
    """Deal the deals out to as many blocks as they take, so that each is a sample of all."""
    blocks = -(-len(deals) // BLOCK)
    return [deal for start in range(blocks) for deal in deals[start::blocks]]


def _taken(versions: pl.DataFrame, at: float, times: float) -> Taken:
    held = versions.filter(pl.col("status") == "open", pl.col("shows_from") <= at)
    days = held.select((pl.min_horizontal("shows_to", pl.lit(at)) - pl.col("shows_from")).sum())
    expected = float(days.item()) * times
    step = next((each for each in STEPS if expected / each <= ROWS), STEPS[-1])
    return Taken(step, min(1.0, ROWS / max(expected / step, 1.0)))


def _slim(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep of a block's rows what is needed, so that memory is bounded."""
    kept = [name for name in rows.columns if name not in NOT_KEPT]
    floats = [pl.col(name).cast(pl.Float32) for name in kept if rows[name].dtype == pl.Float64]
    exact = {"s", "after"}
    floats = [each for each in floats if each.meta.output_name() not in exact]
    category = pl.col("category").replace_strict(
        dict(zip(CATEGORIES, range(len(CATEGORIES)), strict=True)),
        default=None,
        return_dtype=pl.Int8,
    )
    return rows.select(kept).with_columns(*floats, category=category)


def _snapshots(rows: pl.DataFrame, learned: Learned, until: float) -> Snapshots:
    numbers = {stage: number for number, stage in enumerate(learned.stages)}
    # A stage that nothing was learned of is like none.
    stage = pl.col("stage").replace_strict(numbers, default=None, return_dtype=pl.Int64)
    rows = rows.with_columns(stage=stage)
    values = rows.select(pl.col(name).cast(pl.Float32) for name in learned.names).to_numpy()
    return Snapshots(
        names=learned.names,
        values=values,
        categorical=CATEGORICAL,
        seasonal=SEASONAL,
        stage=rows["stage"].fill_null(-1).to_numpy(),
        thing=rows["deal"].to_numpy(),
        at=rows["s"].to_numpy(),
        outcome=rows["outcome"].to_numpy(),
        after=rows["after"].to_numpy(),
        until=until,
    )

"""Many deals in order of their odds: told at once while they are few, else as a worker told them.

Reading the courses of a thousand deals takes about a second, so that a page does so of ``MANY``
at most. Of a larger company a worker tells the odds of every open deal once an hour, and those are
what pages put in order, filter by and show beside each other.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from ridealong.record import fits as stored
from ridealong.record.pipeline import Criteria, Pipeline
from ridealong.views.forecasting.heat import SPANS, Heat, Heats, heats
from ridealong.views.forecasting.horizons import Horizon, horizon
from ridealong.views.forecasting.many import MANY
from ridealong.views.forecasting.odds import Book, Odds, odds_of

FORM = "heat 1"
"""How what is kept is written; another form is not read."""
EVERY = timedelta(hours=1)
"""How often a worker tells them."""
FRESH = 3 * EVERY
"""Older ones are not shown: a worker is not running."""
TOO_MANY = (
    f"Of more than {MANY:,} deals at once, odds are told once an hour, and kept as they are now "
    "only: narrow the deals, or look again in a while."
)
_LEFT_OUT = {"deal", "key", "horizon", "reasons"}
_FIGURES = tuple(each.name for each in fields(Odds) if each.name not in _LEFT_OUT)


def ranked(pipe: Pipeline, deals: Collection[int], by: str = "month") -> Heats:
    """Return how hot these open deals (numbers, in sight) are by the end of one of ``SPANS``.

    Without reasons. Where they are too many to be told at once, as they were last told, at
    ``Heats.at``.
    """
    if len(deals) <= MANY:
        return heats(pipe, deals, by, why=False)
    kept = _kept(pipe, deals, by)
    if kept is None:
        asked = horizon(pipe, by)
        return Heats(asked, {}, Book((asked,), {}, TOO_MANY, (), "", None, None))
    return kept


def shown(pipe: Pipeline, deals: Collection[int], by: str = "month") -> Heats:
    """Return how hot the few deals of a page are: as last told where there is such, else anew."""
    return _kept(pipe, deals, by) or heats(pipe, deals, by, why=False)


def of_all(pipe: Pipeline, deals: Collection[int], asked: Sequence[Horizon]) -> Book:
    """Return the odds of these deals (numbers, in sight) by horizons, without reasons.

    Where they are many, as they were last told, if they were told by just these moments; deals that
    came since are told now.
    """
    row = _newest(pipe) if len(deals) > MANY else None
    kept = _read(row.body) if row else {}
    if not all(each.name in kept and kept[each.name].horizon.until == each.until for each in asked):
        return odds_of(pipe, deals, asked, why=False)
    found: dict[int, dict[str, Odds]] = {}
    for each in asked:
        heats_by = kept[each.name].heats
        for deal in deals:
            if deal in heats_by:
                found.setdefault(deal, {})[each.name] = heats_by[deal].odds
    since = [deal for deal in deals if deal not in found]
    later = odds_of(pipe, since, asked, why=False)
    if later.problem:
        return later
    found |= later.odds
    return replace(kept[asked[0].name].book, horizons=later.horizons, odds=found, past=later.past)


def _newest(pipe: Pipeline) -> stored.StoredFit | None:
    row = None if pipe.known else stored.newest(FORM, pipe.at)
    return None if row is None or pipe.at - row.until > FRESH else row


def _kept(pipe: Pipeline, deals: Collection[int], by: str) -> Heats | None:
    row = _newest(pipe)
    if row is None:
        return None
    kept = _read(row.body)[by]
    few = {number: kept.heats[number] for number in deals if number in kept.heats}
    return Heats(kept.horizon, few, kept.book, at=row.until)


def keep(pipe: Pipeline) -> int:
    """Tell and keep the odds of every open deal; return of how many. Raises ``ValueError``."""
    deals = pipe.numbers_of_open(Criteria())
    found = heats(pipe, deals, SPANS[0], beside=SPANS[1:], why=False)
    if found.book.problem:
        raise ValueError(found.book.problem)
    stored.keep(
        _written(found.book),
        form=FORM,
        until=pipe.at,
        loss=None,
        used=True,
        told=found.book.told,
        most=1,
    )
    return len(found.heats)


def _written(book: Book) -> bytes:
    rows = [
        (each.deal, each.key, name, *(getattr(each, figure) for figure in _FIGURES))
        for by in book.odds.values()
        for name, each in by.items()
    ]
    columns = ["deal", "key", "horizon", *_FIGURES]
    kept = io.BytesIO()
    pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None).write_ipc(kept)
    said = {
        "horizons": [{**asdict(each), "until": each.until.isoformat()} for each in book.horizons],
        "told": book.told,
        "estimator": book.estimator,
        "until": book.until.isoformat() if book.until else None,
        "usual": dict(book.usual),
    }
    text = json.dumps(said).encode()
    return len(text).to_bytes(4) + text + zlib.compress(kept.getvalue(), 1)


@lru_cache(maxsize=1)
def _read(body: bytes) -> dict[str, Heats]:
    """Return what was kept, by horizon; a process reads it once."""
    size = int.from_bytes(body[:4])
    said: dict[str, Any] = json.loads(body[4 : 4 + size])
    rows = pl.read_ipc(io.BytesIO(zlib.decompress(body[4 + size :])))
    by = {
        each["name"]: Horizon(each["name"], datetime.fromisoformat(each["until"]), each["days"])
        for each in said["horizons"]
    }
    book = Book(
        horizons=tuple(by.values()),
        odds={},
        problem="",
        told=tuple(said["told"]),
        estimator=said["estimator"],
        until=datetime.fromisoformat(said["until"]) if said["until"] else None,
        past=None,
        usual=said["usual"],
    )
    found: dict[str, dict[int, Heat]] = {name: {} for name in by}
    for deal, key, name, *figures in rows.iter_rows():
        told = Odds(deal, key, by[name], reasons=(), **dict(zip(_FIGURES, figures, strict=True)))
        found[name][deal] = Heat(told, book.usual[name])
    return {name: Heats(by[name], each, book) for name, each in found.items()}

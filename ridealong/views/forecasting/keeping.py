"""A fit as bytes and back: JSON, frames as Arrow, trees as LightGBM's own text."""

from __future__ import annotations

import base64
import io
import json
import zlib
from functools import lru_cache
from typing import Any

import polars as pl

from ridealong.odds import keeping
from ridealong.views.forecasting.features.around import Ledger
from ridealong.views.forecasting.features.happening import Vocabulary
from ridealong.views.forecasting.fits import Fit
from ridealong.views.forecasting.frame import Learned
from ridealong.views.forecasting.replays import Past

FORM = "odds 3"
"""Raised when features or forms change, so that no older fit is asked what it never learned."""


def packed(fit: Fit) -> bytes:
    """Return a fit as bytes."""
    learned = fit.learned
    values = {
        "estimator": keeping.plain(fit.estimator),
        "titled": sorted(learned.words.titled),
        "names": learned.words.names,
        "by": {key: [_frame(each) for each in tables] for key, tables in learned.past.by.items()},
        "every": _frame(learned.past.every),
        "stages": learned.stages,
        "offset": learned.offset,
        "channels": _frame(learned.channels),
        "ended": learned.ended,
        "until": fit.until,
        "told": fit.told,
        "loss": fit.loss,
        "spreads": [keeping.plain_spread(each) for each in fit.past.spreads],
        "new": keeping.plain_arrivals(fit.past.new),
    }
    return zlib.compress(json.dumps(values).encode())


@lru_cache(maxsize=2)
def unpacked(body: bytes) -> Fit:
    """Return the fit again. Raises ``OSError`` where its trees cannot be read on this machine.

    A process keeps the last ones: every page with odds asks for the same.
    """
    values: dict[str, Any] = json.loads(zlib.decompress(body))
    by = {key: tuple(_read(each) for each in tables) for key, tables in values["by"].items()}
    names = tuple((kind, direction, title) for kind, direction, title in values["names"])
    learned = Learned(
        words=Vocabulary(frozenset(values["titled"]), names),
        past=Ledger(by, _read(values["every"])),
        stages=tuple(values["stages"]),
        offset=values["offset"],
        channels=_read(values["channels"]),
        ended=values["ended"],
    )
    return Fit(
        estimator=keeping.restored(values["estimator"]),
        learned=learned,
        until=values["until"],
        told=tuple(values["told"]),
        loss=values["loss"],
        past=Past(
            spreads=tuple(keeping.restored_spread(each) for each in values["spreads"]),
            new=keeping.restored_arrivals(values["new"]),
        ),
    )


def _frame(frame: pl.DataFrame) -> str:
    buffer = io.BytesIO()
    frame.write_ipc(buffer)
    return base64.b64encode(buffer.getvalue()).decode()


def _read(text: str) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(base64.b64decode(text)))

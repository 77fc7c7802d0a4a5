"""Handing the simulated company to the record."""

from __future__ import annotations

from datetime import date

from ridealong.record import writer
from ridealong.record.ranks import SourceName
from ridealong.record.writer import Outcome, Watch
from ridealong.sources.demo import company

DEMO = SourceName(name="demo", kind="demo")


def seed(today: date, number: int = 7, *, progress: Watch | None = None) -> Outcome:
    """Add the company as of ``today`` to the record; ``number`` chooses which one it is.

    Into an empty record: the company of another day or number has other facts under the same keys.
    """
    return writer.load(DEMO, company(seed=number, today=today), progress=progress)

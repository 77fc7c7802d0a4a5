"""Timing a request again and again, beside the bare SQL that it asked."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

LONGEST = 10.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds: median and 95th percentile of the whole, median of its SQL alone."""

    name: str
    p50: float
    p95: float
    queries: int
    sql: float

    @property
    def ratio(self) -> float:
        """How many times as long the whole takes as its SQL."""
        return self.p50 / self.sql if self.sql else float("nan")


def timed(name: str, request: Callable[[], None]) -> Timing:
    """Run ``request`` and then, in the same process, just the statements it sent.

    Twenty times, or as often as fits ``LONGEST``, but never less than five times.
    """
    request()
    with CaptureQueriesContext(connection) as captured:
        request()
    # Now: the log that it reads is emptied by the next request.
    queries = len(captured)
    # SQLite shows parameters filled in as text; both engines run the shown statement as it is.
    statements = [q["sql"] for q in captured if q["sql"].startswith(("SELECT", "WITH"))]
    whole: list[float] = []
    bare: list[float] = []
    until = time.perf_counter() + LONGEST
    while len(whole) < 5 or (len(whole) < 20 and time.perf_counter() < until):
        whole.append(_milliseconds(request))
        bare.append(_milliseconds(lambda: _run(statements)))
    whole.sort()
    return Timing(
        name,
        p50=statistics.median(whole),
        p95=whole[min(len(whole) - 1, int(len(whole) * 0.95))],
        queries=queries,
        sql=statistics.median(bare),
    )


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def _milliseconds(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000

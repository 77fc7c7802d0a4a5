"""Running work beside the page that started it, in a thread of the server."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from ridealong.jobs.models import Run
from ridealong.lib import clock

log = logging.getLogger(__name__)
EVERY = 1.0
Heard = Callable[[str, int, int | None], None]
Work = Callable[[Heard], dict[str, Any]]


def start(run: Run, work: Work) -> threading.Thread:
    """Begin ``work`` and return at once; what it returns becomes the run's report."""
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING,
        heard_at=clock.now(),
        doing="",
        done=0,
        total=None,
        per_second=None,
        error="",
    )
    thread = threading.Thread(target=_carried_out, args=(run.pk, work), name=f"run-{run.pk}")
    thread.start()
    return thread


def _carried_out(number: int, work: Work) -> None:
    try:
        report = work(_heard(number))
        _keep(number, state=Run.State.DONE, report=report)
    except Exception as error:  # whatever it is, the page that waits must learn of it
        log.exception("run %s failed", number)
        _keep(number, state=Run.State.FAILED, error=f"{type(error).__name__}: {error}")
    finally:
        connection.close()


def _heard(number: int) -> Heard:
    last = 0.0
    began: dict[str, tuple[float, int]] = {}

    def hear(doing: str, done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        start, first = began.setdefault(doing, (now, done))
        if now - last < EVERY:
            return
        last = now
        pace = (done - first) / (now - start) if now - start >= EVERY else None
        # Inside a long transaction this waits for its end, as every write of this thread does.
        _keep(number, doing=doing, done=done, total=total, per_second=pace)

    return hear


def _keep(number: int, **values: Any) -> None:
    Run.objects.filter(pk=number).update(heard_at=clock.now(), **values)

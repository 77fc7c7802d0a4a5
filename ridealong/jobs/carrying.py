"""Carrying a run out: one process at a time, heard of while it lasts, tried again when it may help.

Back-off: 30 seconds, doubled with each attempt, to an hour at most; never sooner than whoever
refused asked for. After ``ATTEMPTS`` the run has failed.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.utils.module_loading import import_string
from django_tasks import task

from ridealong.jobs.models import Run
from ridealong.jobs.starting import enqueue
from ridealong.lib import clock
from ridealong.lib.again import Interrupted, Refused, TryAgain
from ridealong.record.progress import Progress, Watch

log = logging.getLogger(__name__)
BEAT = 5.0
"""Seconds between two signs of life."""
EVERY = 1.0
"""Seconds between two figures of progress."""
ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
ending = threading.Event()
"""Set when this process has been asked to end."""

Work = Callable[[Run, Watch], dict[str, Any]]


@task()
def carry(number: int) -> None:
    """Carry out a run that waits; one that somebody else has, or that is not due, is left."""
    lease = secrets.token_hex(16)
    now = clock.now()
    waiting = Run.objects.filter(pk=number, state=Run.State.WAITING, due_at__lte=now)
    if not waiting.update(state=Run.State.RUNNING, lease=lease, heard_at=now, started_at=now):
        return
    run = Run.objects.get(pk=number)
    try:
        with _heartbeat(number, lease):
            work: Work = import_string(settings.RIDEALONG_WORK[run.kind])
            report = work(run, _watch(number, lease))
    except Interrupted:
        _back(run, lease, wait=timedelta(0), error="")
    except (TryAgain, OperationalError) as error:
        _failed_now(run, lease, error)
    except Refused as error:
        _end(number, lease, state=Run.State.FAILED, error=str(error))
    except Exception as error:  # whatever it is, the page that waits must learn of it
        log.exception("run %s failed", number)
        _end(number, lease, state=Run.State.FAILED, error=_words(error))
    else:
        _end(number, lease, state=Run.State.DONE, report=report, error="")


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _failed_now(run: Run, lease: str, error: TryAgain | OperationalError) -> None:
    words = str(error) if isinstance(error, TryAgain) else _words(error)
    log.warning("run %s, attempt %s: %s", run.pk, run.attempts + 1, words)
    if run.attempts + 1 >= ATTEMPTS:
        _end(run.pk, lease, state=Run.State.FAILED, error=words)
        return
    asked = error.after if isinstance(error, TryAgain) else None
    wait = min(FIRST_WAIT * 2**run.attempts, LONGEST_WAIT)
    _back(run, lease, wait=max(wait, asked or wait), error=words)


def _back(run: Run, lease: str, *, wait: timedelta, error: str) -> None:
    """Let it wait for its next attempt; being interrupted is none."""
    due = clock.now() + wait
    attempts = run.attempts + 1 if error else run.attempts
    if _keep(
        run.pk,
        lease,
        state=Run.State.WAITING,
        lease="",
        due_at=due,
        attempts=attempts,
        error=error,
    ):
        enqueue(run.pk, run.kind, at=due)


def _end(number: int, lease: str, **values: Any) -> None:
    _keep(number, lease, lease="", ended_at=clock.now(), **values)


def _keep(number: int, held: str, /, **values: Any) -> bool:
    """Write of a run while it is ours; say whether it was."""
    rows = Run.objects.filter(pk=number, lease=held, state=Run.State.RUNNING)
    return bool(rows.update(heard_at=clock.now(), **values))


@contextmanager
def _heartbeat(number: int, lease: str) -> Iterator[None]:
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                _keep(number, lease)
            except DatabaseError as error:
                # A long transaction of the work itself: there will be a next beat.
                log.info("run %s could not be heard: %s", number, error)
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{number}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(number: int, lease: str) -> Watch:
    last = 0.0
    began: dict[str, tuple[float, int]] = {}

    def watch(step: Progress) -> None:
        nonlocal last
        if ending.is_set():
            raise Interrupted
        now = time.monotonic()
        start, first = began.setdefault(step.doing, (now, step.done))
        if now - last < EVERY:
            return
        last = now
        pace = (step.done - first) / (now - start) if now - start >= EVERY else None
        if not _keep(
            number,
            lease,
            doing=step.doing,
            done=step.done,
            total=step.total,
            per_second=pace,
        ):
            raise Interrupted

    return watch

"""A worker: takes runs out of the queue, a few at once, until it is asked to end."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import threading
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ridealong.jobs.carrying import ending
from ridealong.jobs.starting import LONG, revive
from ridealong.lib import clock

log = logging.getLogger(__name__)
TICK = 5.0
"""Seconds between two looks at what is due."""
KEPT = timedelta(days=2)
"""How long the queue remembers what it did; the log of runs is kept by whoever started them."""


def work(*, at_once: int, parent: int | None = None) -> None:
    """Carry runs out, ``at_once`` at a time, until SIGINT or SIGTERM.

    Of several at a time one is kept free of what takes minutes, so that mail is read meanwhile.
    What runs then is interrupted at its next step and taken up by another worker. ``parent``:
    ends with that process, too.
    """
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: ending.set())
    kept_free = at_once > 1
    takers = [_taker(without=[LONG] if kept_free and not n else []) for n in range(at_once)]
    threads = [threading.Thread(target=_take, args=(taker,)) for taker in takers]
    for thread in threads:
        thread.start()
    while not ending.is_set():
        _tick()
        ending.wait(TICK)
        if parent is not None and os.getppid() != parent:
            ending.set()
    for taker in takers:
        taker.running = False
    for thread in threads:
        thread.join()


def carry_waiting() -> None:
    """Carry out what is due now, one after another, and return."""
    _taker(batch=True).run()


def _taker(*, batch: bool = False, without: Sequence[str] = ()) -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0.5,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(16),
        excluded_queue_names=list(without),
    )


def _take(taker: Worker) -> None:
    while not ending.is_set():
        try:
            taker.run()
        except DatabaseError as error:
            log.warning("the queue cannot be read, trying again: %s", error)
            connection.close()
            ending.wait(TICK)
    connection.close()


def _tick() -> None:
    try:
        close_old_connections()
        revive()
        for name in settings.RIDEALONG_TICKS:
            import_string(name)()
        DBTaskResult.objects.filter(enqueued_at__lt=clock.now() - KEPT).exclude(
            status="READY"
        ).delete()
    except DatabaseError as error:
        log.warning("what is due cannot be read, trying again: %s", error)
        connection.close()

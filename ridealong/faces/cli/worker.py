"""``ridealong worker``: imports and syncs, beside the server or on another host."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ridealong.faces.cli.ready import prepare
from ridealong.jobs import working

AT_ONCE = 2
LONGEST_PAUSE = 30.0


@click.command()
@click.option("--at-once", default=AT_ONCE, show_default=True, type=click.IntRange(1, 32))
@click.option("--parent", type=int, hidden=True, help="End when this process does.")
def command(at_once: int, parent: int | None) -> None:
    """Carry out imports and syncs; several may run, on any host that reaches the database."""
    prepare()
    working.work(at_once=at_once, parent=parent)


@contextmanager
def beside() -> Iterator[None]:
    """Keep a worker running as a process of its own; it ends when the block does."""
    over = threading.Event()
    thread = threading.Thread(target=_keep_running, args=(over,), name="keeps the worker running")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _keep_running(over: threading.Event) -> None:
    command = [sys.executable, "-m", "ridealong", "worker", "--parent", str(os.getpid())]
    pause = 1.0
    while not over.is_set():
        with subprocess.Popen(command) as worker:
            while worker.poll() is None and not over.wait(0.2):
                pass
            if worker.poll() is None:
                worker.terminate()
        over.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)

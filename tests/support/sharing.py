"""An installation that takes long to make: made once for all processes of a test run."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from filelock import FileLock

from tests.support.installation import RIDEALONG, Installation, database, dropped
from tests.support.leash import leashed

_ADDRESS = "address"
_PATIENCE = 600


def made_once(name: str, *command: str, settled: bool = False) -> Installation:
    """Return the installation of that name; whichever process asks first makes it by the command.

    It is there for others to be copies of, and goes with the test run (``shared_until_the_end``).
    ``settled``: a worker has done what was due, so that it is not done beside every copy.
    """
    home = _folder() / name
    with FileLock(_folder() / f"{name}.lock"):
        address = _folder() / f"{name}.{_ADDRESS}"
        if not address.exists():
            home.mkdir()
            found = Installation(home, database())
            found.run(*command)
            if settled:
                _settle(found)
            address.write_text(found.database, encoding="ascii")
    return Installation(home, address.read_text(encoding="ascii"))


@contextlib.contextmanager
def shared_until_the_end() -> Iterator[None]:
    """Drop the databases of what was shared, when the first process of a test run ends."""
    _folder().mkdir(parents=True)
    try:
        yield
    finally:
        for address in _folder().glob(f"*.{_ADDRESS}"):
            dropped(address.read_text(encoding="ascii"))


def _settle(found: Installation) -> None:
    log = found.home / "worker.log"
    until = time.monotonic() + _PATIENCE
    with leashed([str(RIDEALONG), "worker"], log=log, environment=found.environment) as worker:
        while not (runs := _runs(found)) or "refit" not in runs or any(runs.values()):
            if worker.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The worker is not done: {log.read_text(errors='replace')}")
            time.sleep(1)


def _runs(found: Installation) -> dict[str, bool]:
    """Return which kinds of runs there were, and whether any of a kind is not over."""
    asked = "SELECT kind, state IN ('waiting', 'running') FROM jobs_run ORDER BY 2"
    if found.database:
        with psycopg.connect(found.database) as connection:
            return dict(connection.execute(asked).fetchall())
    with contextlib.closing(sqlite3.connect(found.home / "ridealong.sqlite3")) as file:
        return {kind: bool(waits) for kind, waits in file.execute(asked)}


def _folder() -> Path:
    return Path(os.environ["RIDEALONG_HOME"]) / "shared"

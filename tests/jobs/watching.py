"""Workers watched from outside: what the database says of an installation that they work on."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable
from typing import Any

import psycopg

from tests.support.installation import Installation

PATIENCE = 90.0


def asked(at: Installation, statement: str) -> list[Any]:
    """Ask the installation's database from outside."""
    with contextlib.closing(
        psycopg.connect(at.database, autocommit=True)
        if at.database
        else sqlite3.connect(at.home / "ridealong.sqlite3", timeout=30, isolation_level=None)
    ) as database:
        cursor = database.execute(statement)
        return cursor.fetchall() if cursor.description else []


def counted(at: Installation) -> int:
    """Return how many activities the only source has told, as its page says."""
    ((counts,),) = asked(at, "SELECT counts FROM connections_connection")
    found: dict[str, int] = json.loads(counts) if isinstance(counts, str) else counts
    return found.get("activity", 0)


def facts(at: Installation, source: str) -> list[Any]:
    """Return every fact of a source: what was said of which, at which moment."""
    found = asked(
        at,
        "SELECT f.external_id, f.at, f.changes FROM record_fact f "
        f"JOIN record_source s ON s.id = f.source_id WHERE s.name = '{source}'",
    )
    return sorted((name, str(moment), _plain(changes)) for name, moment, changes in found)


def _plain(changes: Any) -> str:
    return json.dumps(json.loads(changes) if isinstance(changes, str) else changes, sort_keys=True)


def until(holds: Callable[[], object], *workers: subprocess.Popen[bytes]) -> None:
    """Wait until it holds, as long as the workers live."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it does not come"
        assert all(worker.poll() is None for worker in workers), "a worker ended"
        time.sleep(0.05)

"""Workers killed at any moment: no work is lost, nothing is done twice to another effect."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.installation import RIDEALONG, Installation
from tests.support.leash import leashed

pytestmark = pytest.mark.both_engines
FILES = 240
KILLS = 4
LONG_AGO = "2026-01-01 00:00:00+00:00"
BEGUN = f"SELECT 1 FROM jobs_run WHERE kind = 'sync' AND heard_at > '{LONG_AGO}'"
DUE = "SELECT 1 FROM record_activity WHERE is_latest AND \"placing\" = 'due'"
_PATIENCE = 90.0


def asked(at: Installation, statement: str) -> list[Any]:
    """Ask the installation's database from outside."""
    with contextlib.closing(
        psycopg.connect(at.database, autocommit=True)
        if at.database
        else sqlite3.connect(at.home / "ridealong.sqlite3", timeout=30, isolation_level=None)
    ) as database:
        cursor = database.execute(statement)
        return cursor.fetchall() if cursor.description else []


def sources(at: Installation) -> list[dict[str, Any]]:
    """Return what `ridealong source list` says."""
    listed: list[dict[str, Any]] = json.loads(at.run("source", "list", "--format", "json"))
    return listed


def facts(at: Installation) -> list[Any]:
    """Return every fact of the talks: what was said of which, at which moment."""
    found = asked(
        at,
        "SELECT f.external_id, f.at, f.changes FROM record_fact f "
        "JOIN record_source s ON s.id = f.source_id WHERE s.name = 'transcripts:calls'",
    )
    return sorted((name, str(moment), _plain(changes)) for name, moment, changes in found)


def _plain(changes: Any) -> str:
    return json.dumps(json.loads(changes) if isinstance(changes, str) else changes, sort_keys=True)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A folder of transcripts, more than a worker reads at once."""
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(FILES):
        path = folder / f"talk-{number:04}.vtt"
        path.write_text(
            f"WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Jane Doe>Talk {number}: shall we?</v>\n"
        )
        os.utime(path, (1_790_000_000 + number, 1_790_000_000 + number))
    return folder


def _connected(at: Installation, folder: Path) -> None:
    at.run("source", "add", "transcripts", "calls", "--set", f"folder={folder}")


def _pass_time(at: Installation) -> None:
    """Let whoever carried a run be silent for long, and let everything be read anew."""
    asked(at, f"UPDATE jobs_run SET heard_at = '{LONG_AGO}'")
    asked(at, f"UPDATE connections_connection SET due_at = '{LONG_AGO}', from_start = true")


def test_killed_at_any_moment_the_record_is_that_of_one_clean_run(
    empty_installation: Installation, new_installation, talks: Path, tmp_path: Path
):
    at, chance = empty_installation, random.Random(os.environ.get("CI", time.time_ns()))
    _connected(at, talks)
    command = [str(RIDEALONG), "worker", "--at-once", "2"]
    for number in range(KILLS):
        with leashed(command, log=tmp_path / f"{number}.log", environment=at.environment) as worker:
            _until(lambda: asked(at, BEGUN), worker)
            time.sleep(chance.uniform(0, 0.7))
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        _pass_time(at)
    with leashed(command, log=tmp_path / "last.log", environment=at.environment) as worker:
        _until(lambda: sources(at)[0]["counts"].get("activity") == FILES, worker)
        _until(lambda: not asked(at, DUE), worker)
        # Each of a subject's runs came after the one before.
        assert not asked(
            at,
            "SELECT subject FROM jobs_run WHERE state IN ('running', 'waiting') "
            "GROUP BY subject HAVING count(*) > 1",
        )
    with new_installation() as clean:
        _connected(clean, talks)
        clean.run("sync")
        assert facts(at) == facts(clean)
        assert len(facts(clean)) == FILES


def _until(holds: Any, worker: Any) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, "it does not come"
        assert worker.poll() is None, "the worker ended"
        time.sleep(0.05)


def test_asked_to_end_a_worker_ends_and_what_it_did_goes_on_elsewhere(
    empty_installation: Installation, talks: Path, tmp_path: Path
):
    at = empty_installation
    _connected(at, talks)
    command = [str(RIDEALONG), "worker"]
    with leashed(command, log=tmp_path / "first.log", environment=at.environment) as worker:
        _until(lambda: asked(at, BEGUN), worker)
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    with leashed(command, log=tmp_path / "second.log", environment=at.environment) as worker:
        _until(lambda: sources(at)[0]["counts"].get("activity") == FILES, worker)

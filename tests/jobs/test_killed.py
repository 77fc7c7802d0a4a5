"""Workers killed at any moment: no work is lost, nothing is done twice to another effect."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.watching import asked, counted, facts, until
from tests.support.installation import RIDEALONG, Installation, Installer, installation
from tests.support.leash import leashed

pytestmark = pytest.mark.both_engines
FILES = 240
KILLS = 4
CALLS = "transcripts:calls"
LONG_AGO = "2026-01-01 00:00:00+00:00"
BEGUN = f"SELECT 1 FROM jobs_run WHERE kind = 'sync' AND heard_at > '{LONG_AGO}'"
DUE = "SELECT 1 FROM record_activity WHERE is_latest AND \"placing\" = 'due'"


@pytest.fixture(scope="module")
def connected(
    new_installation: Installer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An installation with a folder of transcripts, more than a worker reads at once; to copy."""
    folder = tmp_path_factory.mktemp("talks")
    for number in range(FILES):
        path = folder / f"talk-{number:04}.vtt"
        path.write_text(
            f"WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Jane Doe>Talk {number}: shall we?</v>\n"
        )
        os.utime(path, (1_790_000_000 + number, 1_790_000_000 + number))
    with new_installation() as made:
        made.run("source", "add", "transcripts", "calls", "--set", f"folder={folder}")
        yield made


@pytest.fixture
def at(connected: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home"), like=connected) as copied:
        yield copied


def _pass_time(at: Installation) -> None:
    """Let whoever carried a run be silent for long, and let everything be read anew."""
    asked(at, f"UPDATE jobs_run SET heard_at = '{LONG_AGO}'")
    asked(at, f"UPDATE connections_connection SET due_at = '{LONG_AGO}', from_start = true")


def test_killed_at_any_moment_the_record_is_that_of_one_clean_run(
    at: Installation, connected: Installation, tmp_path: Path
):
    chance = random.Random(os.environ.get("CI", time.time_ns()))
    command = [str(RIDEALONG), "worker", "--at-once", "2"]
    for number in range(KILLS):
        with leashed(command, log=tmp_path / f"{number}.log", environment=at.environment) as worker:
            until(lambda: asked(at, BEGUN), worker)
            time.sleep(chance.uniform(0, 0.7))
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        _pass_time(at)
    with leashed(command, log=tmp_path / "last.log", environment=at.environment) as worker:
        until(lambda: counted(at) == FILES, worker)
        until(lambda: not asked(at, DUE), worker)
        # Each of a subject's runs came after the one before.
        assert not asked(
            at,
            "SELECT subject FROM jobs_run WHERE state IN ('running', 'waiting') "
            "GROUP BY subject HAVING count(*) > 1",
        )
    with installation(tmp_path / "clean", like=connected) as clean:
        clean.run("sync")
        assert facts(at, CALLS) == facts(clean, CALLS)
        assert len(facts(clean, CALLS)) == FILES


def test_asked_to_end_a_worker_ends_and_what_it_did_goes_on_elsewhere(
    at: Installation, tmp_path: Path
):
    command = [str(RIDEALONG), "worker"]
    with leashed(command, log=tmp_path / "first.log", environment=at.environment) as worker:
        until(lambda: asked(at, BEGUN), worker)
        worker.terminate()
        assert worker.wait(timeout=30) == 0
    with leashed(command, log=tmp_path / "second.log", environment=at.environment) as worker:
        until(lambda: counted(at) == FILES, worker)

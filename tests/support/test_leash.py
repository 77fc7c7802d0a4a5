"""What a test run starts ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.support.leash import leashed

STUBBORN = ("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")


def _ends(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_it_ends_with_the_block(tmp_path: Path) -> None:
    with leashed(("sleep", "60"), log=tmp_path / "log") as process:
        assert process.poll() is None
    assert process.returncode == -signal.SIGTERM


def test_it_ends_though_it_does_not_want_to(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with leashed(STUBBORN, log=log) as process:
        while "ready" not in log.read_text():
            time.sleep(0.05)
    assert process.returncode == -signal.SIGKILL


def test_it_ends_though_it_does_not_want_to_and_the_run_is_killed(tmp_path: Path) -> None:
    run = f"""
import os, signal
from pathlib import Path
from tests.support.leash import leashed
log = Path({str(tmp_path / "log")!r})
with leashed({STUBBORN!r}, log=log) as process:
    while "ready" not in log.read_text():
        pass
    print(process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run(
        [sys.executable, "-c", run], capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert _ends(int(killed.stdout))


def test_a_program_that_ends_by_itself_is_seen_to_have_ended(tmp_path: Path) -> None:
    with leashed(("sh", "-c", "exit 3"), log=tmp_path / "log") as process:
        assert process.wait(timeout=10) == 3


def test_a_program_that_is_not_there_says_so(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with leashed(("no-such-program",), log=log) as process:
        assert process.wait(timeout=10) == 127
    assert "no-such-program" in log.read_text()

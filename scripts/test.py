"""Run all tests on SQLite, then those that touch the database on PostgreSQL.

Arguments go to pytest, both times. Needs .venv with the tools of development.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from compiled import environment

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
# A browser's driver leaves its event loop running in its process, in which Django then opens other
# connections to the database than the tests around it have: so browsers get processes of their own.
# Beside each part, where it lies: a process reads no more tests than it has to.
PARTS = {"not browser": "tests", "browser": "tests/browser"}
# pytest's word for "there was nothing to run".
NO_TESTS = 5


def main() -> None:
    """Run both, even when the first fails, so that one run shows everything there is to mend."""
    chosen = sys.argv[1:]
    for needed in ("scripts/browser.py", "scripts/mail_server.py"):
        if subprocess.run([sys.executable, needed], cwd=ROOT, check=False).returncode:
            sys.exit(1)
    results = {
        (engine, part): _result(engine, part, chosen) for engine in ENGINES for part in PARTS
    }
    failed = {engine for (engine, _), result in results.items() if result not in (0, NO_TESTS)}
    if failed:
        sys.exit(f"tests failed on {' and '.join(sorted(failed))}")
    nothing = [f"{part} on {engine}" for (engine, part), r in results.items() if r == NO_TESTS]
    # A chosen few may have nothing to do with the database or the browser; all of them surely have.
    if len(nothing) == len(results) or (nothing and not chosen):
        sys.exit(f"no test ran: {', '.join(nothing)}")


def _result(engine: str, part: str, chosen: list[str]) -> int:
    print(f"--- tests on {engine}, {part}", flush=True)
    # Two processes: the smallest machine that people work on has two cores.
    command = [sys.executable, "-m", "pytest", "--numprocesses=2", f"--engine={engine}"]
    command += ["-m", part, *(chosen or [PARTS[part]])]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


if __name__ == "__main__":
    main()

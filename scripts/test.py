"""Run all tests on SQLite, then those that touch the database on PostgreSQL.

Arguments go to pytest, both times. Needs .venv with the tools of development.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
# pytest's word for "there was nothing to run".
NO_TESTS = 5


def main() -> None:
    """Run both, even when the first fails, so that one run shows everything there is to mend."""
    chosen = sys.argv[1:]
    if subprocess.run([sys.executable, "scripts/browser.py"], cwd=ROOT, check=False).returncode:
        sys.exit(1)
    results = {}
    for engine in ENGINES:
        print(f"--- tests on {engine}", flush=True)
        # Two processes: the smallest machine that people work on has two cores.
        command = [sys.executable, "-m", "pytest", "--numprocesses=2", f"--engine={engine}"]
        results[engine] = subprocess.run([*command, *chosen], cwd=ROOT, check=False).returncode
    nothing = [engine for engine, result in results.items() if result == NO_TESTS]
    failed = [engine for engine, result in results.items() if result not in (0, NO_TESTS)]
    if failed:
        sys.exit(f"tests failed on {' and '.join(failed)}")
    # A chosen few may have nothing to do with the database; all of them surely have.
    if len(nothing) == len(ENGINES) or (nothing and not chosen):
        sys.exit(f"no test ran on {' and '.join(nothing)}")


if __name__ == "__main__":
    main()

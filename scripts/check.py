"""Run every check that needs no test, and say at the end which of them failed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from compiled import environment

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
CHECKS = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "--output-format", "concise", "."),
    "types": ("mypy",),
    "layers": ("lint-imports", "--no-logo", "--cache-dir", ".cache/import_linter"),
    "system": ("django-admin", "check", "--fail-level", "WARNING"),
    "migrations": ("django-admin", "makemigrations", "--check", "--dry-run"),
}


def main() -> None:
    """Run all of them, so that one run shows everything there is to mend."""
    failed = []
    with tempfile.TemporaryDirectory() as home:
        settings = {
            **environment(),
            "DJANGO_SETTINGS_MODULE": "ridealong.site.settings",
            # A check neither reads nor leaves anything in the developer's own installation.
            "RIDEALONG_HOME": home,
            "DATABASE_URL": "",
        }
        for name, (program, *arguments) in CHECKS.items():
            print(f"--- {name}: {program} {' '.join(arguments)}", flush=True)
            command = [str(BIN / program), *arguments]
            if subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode:
                failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")
    print("all checks passed")


if __name__ == "__main__":
    main()

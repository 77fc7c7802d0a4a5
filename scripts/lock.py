"""Write ``requirements/*.txt`` anew from ``pyproject.toml``: each file's hash, no index's address.

Pins that still fit stay; ``python3 scripts/lock.py --upgrade`` takes the newest of everything.
"""

from __future__ import annotations

import subprocess
import sys

from pip_settings import uv_environment
from uv_tool import ROOT, uv

# The oldest interpreter counts; newer ones get markers, so that one file serves all systems.
COMPILE = (
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--constraint=requirements/limits.txt",
)


def main() -> None:
    """Resolve what development needs, and of that what running and what bootstrapping needs."""
    extra = sys.argv[1:]
    tool = uv()
    _compile(tool, "uv.txt", "--group=pyproject.toml:uv", *extra)
    _compile(tool, "dev.txt", "pyproject.toml", "--group=dev", *extra)
    # What runs is what was tested: the same versions.
    constraint = "--constraint=requirements/dev.txt"
    _compile(tool, "runtime.txt", "pyproject.toml", constraint, "--upgrade")


def _compile(tool: str, file: str, *arguments: str) -> None:
    environment = uv_environment()
    # Pins are for everyone: files that only this machine or this company has must not be chosen.
    for local in ("UV_INDEX", "UV_FIND_LINKS"):
        environment.pop(local, None)
    command = [tool, *COMPILE, *arguments, "--output-file", f"requirements/{file}"]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        sys.exit(f"requirements/{file} is as it was: no set of versions fits, see above.")


if __name__ == "__main__":
    main()

"""Make ``.venv`` hold exactly what ``requirements/`` pins, and this project; fast when it does.

``python3 scripts/bootstrap.py runtime`` is enough to run Ridealong, ``dev`` also to work on it.
Runs on any Python 3 with nothing installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys

from pip_settings import uv_environment
from uv_tool import ROOT, TOOLS, uv

VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
# What .venv was made from: "<runtime or dev> <digest>".
STAMP = VENV / ".made-from"
# Debian 12, Ubuntu 24.04: an interpreter that is there is used, none is fetched.
OLDEST = (3, 11)


def main() -> None:
    """Bring ``.venv`` up to date, if it is not."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("runtime", "dev"):
        sys.exit("usage: python3 scripts/bootstrap.py runtime|dev")
    wanted = sys.argv[1]
    TOOLS.mkdir(exist_ok=True)
    # Two at once would take each other's packages away.
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []
        # Who has the tools of development keeps them.
        level = "dev" if "dev" in (wanted, *made) else "runtime"
        digest = _digest(level)
        if made != [level, digest] or not PYTHON.exists():
            _make(level)
            STAMP.write_text(f"{level} {digest}\n", encoding="utf-8")


def _digest(level: str) -> str:
    files = (ROOT / f"requirements/{level}.txt", ROOT / "pyproject.toml")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _make(level: str) -> None:
    tool = uv()
    STAMP.unlink(missing_ok=True)
    if not PYTHON.exists():
        ours = sys.executable if sys.version_info >= OLDEST else ">=" + ".".join(map(str, OLDEST))
        _run(tool, "venv", "--quiet", "--clear", "--python", ours, str(VENV))
    into = ("--python", str(PYTHON))
    _run(tool, "pip", "sync", *into, "--require-hashes", f"requirements/{level}.txt")
    _run(tool, "pip", "install", "--quiet", *into, "--no-deps", "--editable", ".")


def _run(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, env=uv_environment(), check=False).returncode:
        sys.exit(f"This failed, see above: {' '.join(command)}")


if __name__ == "__main__":
    main()

"""Make sure that there is a browser for the tests: installed, or else fetched.

Needs .venv with the tools of development.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.chromium import chromium  # noqa: E402


def main() -> None:
    """Get one, unless there is one."""
    if chromium():
        return
    print("Installing Chromium for the browser tests", flush=True)
    for way in (_from_debian, _from_playwright):
        if way() and chromium():
            return
    sys.exit(
        "No browser could be installed. Install Chromium or Chrome so that it is on the PATH,\n"
        "or name its program in RIDEALONG_CHROMIUM; or leave these tests out:\n"
        "    make test ARGS=\"-m 'not browser'\""
    )


def _from_debian() -> bool:
    """Debian has Chromium itself; Ubuntu's package of that name is none."""
    try:
        debian = platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        debian = False
    root = _root()
    if not debian or root is None:
        return False
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # A fresh machine has no list of packages yet, or one of long ago.
    update = _run([*apt, "update", "-q"])
    return update and _run([*apt, "install", "-q", "-y", "--no-install-recommends", "chromium"])


def _from_playwright() -> bool:
    """Playwright's own build, with the system libraries it needs where we may install them."""
    libraries = ["--with-deps"] if sys.platform == "linux" and _root() is not None else []
    return _run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


def _root() -> list[str] | None:
    """Return what to put before a command so that root runs it; None where we may not be root."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def _run(command: list[str]) -> bool:
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    main()

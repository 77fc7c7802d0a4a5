"""Make sure that there is a browser for the tests: installed, or else fetched.

Needs .venv with the tools of development.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from packages import as_root, from_debian, run

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
    return debian and from_debian("chromium")


def _from_playwright() -> bool:
    """Playwright's own build, with the system libraries it needs where we may install them."""
    libraries = ["--with-deps"] if sys.platform == "linux" and as_root() is not None else []
    return run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"])


if __name__ == "__main__":
    main()

"""Where a browser is: one that is installed already, or the one that Playwright has fetched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MACOS = ("Google Chrome", "Chromium", "Microsoft Edge")

# Nothing of its own accord: no updates, no first-run pages, no names looked up elsewhere.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    "--no-first-run",
    # It refuses to run as root with its sandbox, and containers often allow none.
    "--no-sandbox",
)


def chromium() -> Path | None:
    """Return the browser's program, if there is one."""
    on_path = (shutil.which(name) for name in _NAMES)
    in_applications = (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in _MACOS)
    for candidate in (os.environ.get("RIDEALONG_CHROMIUM"), *on_path, *in_applications):
        if candidate and Path(candidate).exists():
            return Path(candidate)
    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    return fetched if fetched.exists() else None

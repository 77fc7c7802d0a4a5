"""Take the pictures in docs/screenshots: each page, desktop and phone, light and dark.

Needs .venv with the tools of development and a running ``ridealong demo``:
``python scripts/screenshots.py http://127.0.0.1:8000``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.chromium import ARGUMENTS, chromium  # noqa: E402  found beside this folder

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PAGES = {
    "today": "/today",
    "brief": "/brief",
    "call": "/call",
    "signals": "/signals",
    "pipeline": "/pipeline",
    "forecast": "/forecast",
    "trust": "/forecast/trust",
    "said": "/forecast/said",
    "board": "/pipeline?view=board",
    "deal": "/pipeline",
    "palette": "/brief",
    "recall": "/recall",
    "people": "/people",
    "person": "/people",
    "1:1": "/today",
    "talk": "/talks/new",
    "rides": "/ride-alongs",
    "insights": "/insights",
    "playbook": "/playbook",
    "confirm": "/confirm",
    "members": "/members",
    "leadership": "/leadership",
    "leader": "/leadership",
    "sources": "/sources",
    "import": "/import",
    "company": "/company",
}
BEHIND = {
    "deal": "[data-row] a",
    "person": "main a[href^='/people/']:not([href*='agenda'])",
    "1:1": "main a[href$='/agenda']",
    "leader": "main a[href^='/leadership/']",
}
"""Pages that are reached by the first link of this kind on the page named."""
OWNERS = {"leadership", "leader", "sources", "import", "company"}


def main() -> None:
    """Take them as the leader, and what only the owner has as the owner."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=list(ARGUMENTS))
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                _taken(browser, address, size, (width, height), scheme)
        browser.close()
    _index()


def _taken(browser: Browser, address: str, size: str, shape: tuple[int, int], scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": shape[0], "height": shape[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(f"{address}/demo?as=leader")
    for name, path in PAGES.items():
        if name in OWNERS:
            context.clear_cookies()
            page.goto(f"{address}/demo?as=owner")
        _shown(page, address, name, path)
        page.screenshot(path=FOLDER / _file(name, size, scheme))
    context.close()


def _shown(page: Page, address: str, name: str, path: str) -> None:
    page.goto(f"{address}{path}")
    if name in BEHIND:
        link = page.locator(BEHIND[name]).first.get_attribute("href")
        page.goto(f"{address}{link}")
    # Parts of a page come after it.
    page.wait_for_load_state("networkidle")
    if name == "palette":
        page.keyboard.press("Control+k")
        page.locator("#palette input").fill("ro")
        page.wait_for_timeout(400)


def _file(name: str, size: str, scheme: str) -> str:
    return f"{name.replace(':', '-')}-{size}-{scheme}.png"


def _index() -> None:
    lines = ["# Screenshots", "", "The simulated company, as its leader sees it.", ""]
    for name in PAGES:
        lines += [f"## {name.capitalize()}", ""]
        for size in SIZES:
            for scheme in ("light", "dark"):
                lines.append(f"![{name}, {size}, {scheme}]({_file(name, size, scheme)})")
        lines.append("")
    (FOLDER / "README.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The forecast: from an imported history to a range by the worker; a number called by keys."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_first_run import set_up
from tests.browser.test_leading import no_violations
from tests.support.installation import Installation

HEAD = ("Id", "Name", "Company", "Salesperson", "Stage", "Amount", "Created", "Close date")
PATHS = ("/forecast?period=quarter", "/forecast/trust", "/forecast/said", "/insights")
MINUTE = 60_000


def history(path: Path) -> Path:
    """Write 120 deals of the last 200 days, one in six of them open, and a win of this morning."""
    dice = random.Random(5)
    now = datetime.now(UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file).writerow
        write(HEAD)
        for n in range(120):
            begun = now - timedelta(days=dice.uniform(40, 200))
            ended = begun + timedelta(days=dice.uniform(5, 35))
            stage = "Proposal" if n % 6 == 0 else dice.choice(("Won", "Lost", "Lost"))
            if stage == "Proposal":
                begun, ended = now - timedelta(days=dice.uniform(1, 20)), now + timedelta(days=20)
            person, amount = dice.choice(("Ona Weiss", "Ben Roe")), dice.randrange(4, 40) * 500
            dates = begun.date(), ended.date()
            write((f"D{n}", f"Deal {n}", f"Company {n}", person, stage, amount, *dates))
        today = now.date()
        won = ("W1", "Harbour rollout", "Brandt", "Ben Roe", "Won", 12000, today, today)
        write(won)
    return path


def test_a_range_comes_by_itself_and_a_number_is_called_beside_it_by_keys(
    page: Page, empty_installation: Installation, tmp_path: Path
) -> None:
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.set_default_timeout(MINUTE)
    # As people run it: its worker learns odds and holds them against the past by itself.
    real = replace(empty_installation, settings="ridealong.site.settings")
    with real.serve() as address:
        set_up(page, address, real)
        page.keyboard.press("g")
        page.keyboard.press("f")
        expect(page.get_by_role("heading", name="No range yet")).to_be_visible()
        real.run("import", str(history(tmp_path / "deals.csv")))
        page.goto(f"{address}/forecast/trust")
        try_it(page)
        page.goto(f"{address}/forecast?period=quarter")
        landing = page.get_by_text("Likely to land at")
        expect(landing).to_be_visible()
        called_by_keys(page)
        won_opens_its_deals(page)
        fits_and_reads_well(page, address)


def try_it(page: Page) -> None:
    """Have odds held against the past, and see it come without loading the page anew."""
    button = page.get_by_role("button", name=re.compile("Try it now|Try again now"))
    if button.count():
        button.press("Enter")
    expect(page.get_by_role("heading", name="Won within 7 days")).to_be_visible(timeout=4 * MINUTE)
    expect(page.locator(".held svg").first).to_be_visible()
    expect(page.locator(".methods .chip").first).to_have_text("used")


def called_by_keys(page: Page) -> None:
    """Call a number, see it in the drawing and the table, and call another."""
    for typed, told in (("90k", "€90,000"), ("75k", "€75,000")):
        field = page.get_by_label("I call for")
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page.locator("svg.lands").first).to_have_attribute(
            "aria-label", re.compile(f"called {told}$")
        )
        expect(page.get_by_role("cell", name=told).first).to_be_visible()
        expect(page).to_have_url(re.compile("period=quarter"))


def won_opens_its_deals(page: Page) -> None:
    """The figure of what is won leads to just as many deals."""
    won = page.locator(".outlook dl > div", has_text="Won already")
    count = int(won.locator(".faint").inner_text().split()[0])
    assert count > 0
    won.get_by_role("link").press("Enter")
    expect(page.get_by_role("link", name="Harbour rollout")).to_be_visible()
    assert page.locator("tr[data-row]").count() == count


def fits_and_reads_well(page: Page, address: str) -> None:
    """Nothing is wider than a phone, and axe finds nothing, in light and dark."""
    page.set_viewport_size({"width": 390, "height": 844})
    for path in PATHS:
        page.goto(address + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            no_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path

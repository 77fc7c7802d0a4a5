"""Placing what waits, with the keyboard alone and on a phone, in a real browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_first_run import set_up
from tests.support.installation import Installation

DEALS = """\
Id,Name,Company,Salesperson,Stage,Amount
A1,Kite Pipes audit,Kite Pipes,Ona Weiss,Proposal,12000
A2,Kite Pipes sensors,Kite Pipes,Ona Weiss,Proposal,8000
"""
EVENT = """\
BEGIN:VEVENT
UID:{number}
DTSTAMP:20260101T000000Z
CREATED:20260101T000000Z
SUMMARY:Kite Pipes: question {number}
DTSTART:{at:%Y%m%dT%H%M%SZ}
DURATION:PT45M
ORGANIZER:mailto:ona@acme.example
ATTENDEE:mailto:tom{number}@kite.example
END:VEVENT
"""


def calendar(path: Path) -> Path:
    """Write three meetings that may be about either of two deals."""
    begins = datetime.now(UTC) - timedelta(hours=20)
    events = [EVENT.format(number=n, at=begins - timedelta(hours=n)) for n in range(3)]
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//test//EN\n"
    path.write_text(f"{head}{''.join(events)}END:VCALENDAR\n")
    return path


def until_some_wait(page: Page, address: str) -> None:
    """Look again until the worker has looked for the deals."""
    for _ in range(60):
        page.goto(f"{address}/sources")
        if page.locator(".toplace").count() == 3:
            return
        page.wait_for_timeout(500)
    pytest.fail(f"nothing waits: {page.locator('main').inner_text()}")


def test_what_waits_is_placed_by_keys_and_fits_a_phone(
    page: Page, empty_installation: Installation, tmp_path: Path
) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(DEALS)
    with empty_installation.serve() as address:
        set_up(page, address, empty_installation)
        empty_installation.run("import", str(deals))
        file = calendar(tmp_path / "team.ics")
        empty_installation.run("source", "add", "ics-file", "team", "--set", f"file={file}")
        until_some_wait(page, address)
        page.keyboard.press("g")
        page.keyboard.press("s")
        expect(page.get_by_text("3 waiting")).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("j")
        title = page.locator(".toplace.at strong").inner_text()
        assert not Axe().run(page).response["violations"]
        page.keyboard.press("Enter")
        expect(page.get_by_text("Placed at")).to_be_visible()
        expect(page.locator(".toplace strong", has_text=title)).to_have_count(0)
        page.keyboard.press("u")
        expect(page.locator(".toplace strong", has_text=title)).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 844})
        for path in ("/sources", "/sources/1", "/sources/add/imap", "/confirm", "/deals/A1"):
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, f"{path} is {wide} px wide"

"""Signals on open pages: a mail of the buyer changes them while somebody looks; and by keyboard."""

from __future__ import annotations

import imaplib
import itertools
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_first_run import set_up
from tests.browser.test_leading import no_violations
from tests.support.dovecot import PASSWORD, Dovecot, dovecot
from tests.support.installation import Installation

LOGIN = "ona@acme.example"
DEALS = """\
Id,Name,Company,Domain,Salesperson,Stage,Amount,Created,Close date
A1,Kite Pipes audit,Kite Pipes,kite.example,Ona Weiss,Proposal,12000,{created:%Y-%m-%d},2099-06-30
"""
MINUTE = 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def mail(days: float, words: str) -> bytes:
    """A mail of the buyer's, so many days ago."""
    message = EmailMessage()
    message["From"], message["To"] = "Tom Reed <tom@kite.example>", LOGIN
    message["Subject"] = "Kite Pipes audit"
    message["Date"] = format_datetime(datetime.now(UTC) - timedelta(days=days))
    message["Message-ID"] = f"<{time.monotonic_ns()}@kite.example>"
    message.set_content(words)
    return bytes(message)


def arrives(server: Dovecot, message: bytes) -> None:
    with imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(LOGIN, PASSWORD)
        assert client.append("INBOX", "", None, message)[0] == "OK"


def connect(installation: Installation, server: Dovecot) -> None:
    said = {"host": "127.0.0.1", "port": server.port, "security": "none", "login": LOGIN}
    given = [part for name, value in said.items() for part in ("--set", f"{name}={value}")]
    secret = ["--set", f"password={PASSWORD}"]
    installation.run("source", "add", "imap", "mail", "--owner", LOGIN, *given, *secret)


def test_a_mail_of_the_buyer_raises_and_clears_what_stands_on_open_pages(
    page: Page, empty_installation: Installation, server: Dovecot, tmp_path: Path
) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(DEALS.format(created=datetime.now(UTC) - timedelta(days=100)))
    arrives(server, mail(60, "Thank you, we look at it."))
    with empty_installation.serve() as address:
        set_up(page, address, empty_installation)
        empty_installation.run("import", str(deals))
        page.goto(f"{address}/deals/A1")
        loaded = page.evaluate("performance.timeOrigin")
        connect(empty_installation, server)
        dark = page.locator("#signals .signal", has_text="Going dark")
        expect(dark).to_be_visible(timeout=MINUTE)
        expect(dark).to_contain_text("was last in contact on")
        no_violations(page)
        today = page.context.new_page()
        today.goto(f"{address}/today")
        on_today = today.locator("#signals .signal", has_text="Going dark")
        expect(on_today).to_be_visible()
        # Somebody is about to say why: what comes meanwhile does not take that away.
        dark.locator("summary", has_text="Dismiss").press("Enter")
        expect(dark.get_by_label("Why, for everybody")).to_be_focused()
        page.keyboard.type("Tom is on holi")
        arrives(server, mail(0, "We are back, and would like to go on."))
        expect(on_today).to_have_count(0, timeout=MINUTE)
        expect(dark.get_by_label("Why, for everybody")).to_have_value("Tom is on holi")
        expect(dark.get_by_label("Why, for everybody")).to_be_focused()
        dark.locator("summary", has_text="Dismiss").press("Enter")
        expect(dark).to_have_count(0, timeout=MINUTE)
        assert page.evaluate("performance.timeOrigin") == loaded, "it was never loaded anew"


def test_signals_by_keyboard_on_a_phone_and_what_was_shown_is_said(
    page: Page, demo_installation: Installation
) -> None:
    with demo_installation.serve() as address:
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"{address}/demo?as=leader")
        page.goto(f"{address}/signals")
        expect(page.locator(".signal").first).to_be_visible()
        page.goto(f"{address}/signals?new=yes")
        first = page.locator(".signal").first
        name = first.locator(".on a").inner_text()
        # What was on the screen for a second is not new any more.
        expect(first).not_to_have_attribute("data-unseen", re.compile("."))
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.locator("#signals")).to_contain_text("Seen by")
        dismissed_by_keyboard(page)
        rules_and_preview(page, address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for path in ("/today", "/signals", "/signals/rules", "/pipeline?signal=any"):
                page.goto(address + path)
                no_violations(page)
        how_one_is_told_reads_well(page, address)
        page.set_viewport_size({"width": 390, "height": 844})
        for path in ("/today", "/signals", "/signals/rules", "/pipeline?signal=any", "/telling"):
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, f"{path} is {wide} px wide"


def how_one_is_told_reads_well(page: Page, address: str) -> None:
    """What is said between the fields of that form stands below one and above the next."""
    page.goto(f"{address}/telling")
    no_violations(page)
    form = page.locator("form", has=page.get_by_role("heading", name="Mail"))
    ends = form.locator("> *").evaluate_all(
        """all => all.map((part) => part.getBoundingClientRect())
                     .map(({ top, bottom }) => [top, bottom])"""
    )
    assert all(bottom <= top for (_, bottom), (top, _) in itertools.pairwise(ends[1:]))


def dismissed_by_keyboard(page: Page) -> None:
    """Dismiss a signal in a line, and take it back."""
    listed = page.locator("#signals > .signals > .signal")
    before = listed.count()
    listed.first.locator("summary", has_text="Dismiss").press("Enter")
    expect(listed.first.get_by_label("Why, for everybody")).to_be_focused()
    page.keyboard.type("They told us on the phone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Dismissed.")).to_be_visible()
    expect(listed).to_have_count(before - 1)
    no_violations(page)
    page.keyboard.press("u")
    expect(listed).to_have_count(before)


def rules_and_preview(page: Page, address: str) -> None:
    """The owner looks at what other numbers would have done, and sets them."""
    look_as(page, address, "Owner")
    page.goto(f"{address}/signals/rules/close_date_past")
    page.get_by_label("Days after the close date").fill("10")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.locator(".quarter")).to_be_visible(timeout=2 * MINUTE)
    no_violations(page)
    expect(page.get_by_label("Days after the close date")).to_have_value("10")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("deals are looked at anew")
    look_as(page, address, "Leader")


def look_as(page: Page, address: str, role: str) -> None:
    """Sign in as the first of that role instead."""
    page.goto(f"{address}/demo")
    page.locator("button.pick", has_text=role).first.click()
    page.wait_for_url("**/brief")

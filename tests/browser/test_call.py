"""The Friday call: by keyboard on a desktop, and by touch on a phone with the network cut."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.test_leading import looking_as, no_violations
from tests.browser.test_recall import PHONE, controlled, cut, on_device
from tests.support.installation import Installer

LOG = logging.getLogger(__name__)
MOST_NODES = 700
"""Of a page with one deal in all its depth; the list is never longer than a screen or two."""


@pytest.fixture(scope="module")
def address(new_simulation: Installer) -> Iterator[str]:
    """Where the simulated company is served; each test has a role of its own in it."""
    with new_simulation() as made, made.serve() as found:
        yield found


def opened(page: Page, address: str) -> None:
    """Open the page, and wait until all is kept that will be."""
    page.goto(f"{address}/call")
    expect(page.locator("#call.alive[data-kept]")).to_be_visible()


@contextmanager
def nothing_asked(page: Page) -> Iterator[None]:
    """Hold that meanwhile the page asks nobody for anything, but to tell what was noted."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.method} {request.url}")

    page.on("request", note)
    yield
    page.remove_listener("request", note)
    assert not [each for each in asked if not each.endswith("/call/notes")]


def both_schemes(page: Page) -> None:
    """Hold what axe checks, in light and dark: colours that are still changing are neither."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    no_violations(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    no_violations(page)


def each_deal_at_once(page: Page) -> dict[str, Any]:
    """Type the three letters of every deal, open it, and say what that took.

    ``took``: milliseconds for search, drawing and layout, sorted; figures to read, not to hold.
    """
    found: dict[str, Any] = page.evaluate(
        """async () => {
          const deals = JSON.parse(document.getElementById("call-data").textContent).deals;
          const input = document.getElementById("text"), room = document.getElementById("call");
          const all = { took: [], deals: deals.length, shown: 0, deep: 0, nodes: 0 };
          const once = { once: true };
          const back = () => new Promise((done) => addEventListener("popstate", done, once));
          for (const deal of deals) {
            const began = performance.now();
            input.value = deal.company?.slice(0, 3) ?? deal.name.slice(0, 3);
            input.dispatchEvent(new Event("input"));
            room.getBoundingClientRect();
            const took = performance.now() - began;
            all.shown += room.querySelectorAll("[data-five] li").length === 5;
            const left = performance.now();
            room.querySelector("[data-five] .button").click();
            room.getBoundingClientRect();
            const deeper = performance.now() - left;
            all.deep += room.querySelectorAll(".depth section").length >= 3;
            all.nodes = Math.max(all.nodes, room.querySelectorAll("*").length);
            all.took.push(took, deeper);
            const gone = back();
            history.back();
            await gone;
          }
          all.took.sort((a, b) => a - b);
          return all;
        }"""
    )
    return found


def test_the_friday_call_by_keyboard(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "leader")
    page = context.pages[0]
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{address}/today")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.locator("#call.alive[data-kept]")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()
    both_schemes(page)
    with nothing_asked(page):
        took = each_deal_at_once(page)
        slowest = [round(each, 1) for each in took["took"][-4:]]
        median = took["took"][took["deals"]]
        LOG.info("%d deals, median %.1f ms, slowest %s", took["deals"], median, slowest)
        assert took["shown"] == took["deep"] == took["deals"] > 20
        assert took["nodes"] < MOST_NODES
        deal = asked_and_promised(page)
    expect(page.locator("[data-waits]")).to_be_hidden()
    opened(page, address)
    owed = page.locator("#owed")
    expect(owed).to_contain_text("Asked: Who signs at their side?")
    expect(owed).to_contain_text("Terms to them")
    expect(owed).not_to_contain_text("had no answer")
    assert owed.get_by_role("link", name=deal).count() == 2
    settled(page, address)
    context.close()


def asked_and_promised(page: Page) -> str:
    """Go through two deals by keys alone, and note three things; return the first deal's name."""
    page.keyboard.press("Escape")
    company = page.evaluate(
        "JSON.parse(document.getElementById('call-data').textContent).deals[0].company"
    )
    page.keyboard.type(company[:3].lower())
    expect(page.locator("[data-five] li")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    title = page.locator("[data-deep] h2")
    expect(title).to_be_focused()
    name = title.inner_text()
    page.keyboard.press("q")
    page.keyboard.type("Who signs at their side?")
    page.keyboard.press("Enter")
    expect(title).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.type("Terms to them")
    page.keyboard.press("Enter")
    expect(title).to_be_focused()
    both_schemes(page)
    # One that was marked by mistake is taken back.
    page.keyboard.press("q")
    page.keyboard.press("Escape")
    expect(page.locator("[data-noted] li")).to_have_count(3)
    page.keyboard.press("u")
    expect(page.locator("[data-noted] li")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("[data-finding]")).to_be_visible()
    expect(page.locator("#text")).to_be_focused()
    # Without a word typed, the likely ones are gone through by j and k.
    page.keyboard.press("Escape")
    page.locator("#text").evaluate("field => field.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#call-list [aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    first = title.inner_text()
    page.keyboard.press("j")
    expect(title).not_to_have_text(first)
    page.keyboard.press("/")
    expect(page.locator("#text")).to_be_focused()
    return name


def settled(page: Page, address: str) -> None:
    """Settle the question with a line, and see it on Today until both are."""
    page.goto(f"{address}/today")
    expect(page.get_by_text("Owed to the CEO: 2")).to_be_visible()
    opened(page, address)
    one = page.locator("#owed li", has_text="Who signs")
    one.get_by_placeholder("The answer").fill("Their managing director")
    one.get_by_role("button", name=re.compile("^Answered")).click()
    expect(page.locator("#owed li", has_text="Who signs")).to_contain_text("answered")
    page.goto(f"{address}/today")
    expect(page.get_by_text("Owed to the CEO: 1")).to_be_visible()


def test_the_call_on_a_phone_with_the_network_cut(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "owner", viewport=PHONE, has_touch=True)
    page = context.pages[0]
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    opened(page, address)
    controlled(page)
    sent: list[str] = []
    with cut(context):
        page.locator("#call-list [role=option]").first.tap()
        noted_by_touch(page)
        expect(page.locator("[data-waits]")).to_contain_text("3 notes wait on this device")
        fits(page)
        # Opened anew without a network it is all there, and so is what was noted.
        page.reload()
        expect(page.locator("#call.alive[data-kept]")).to_be_visible()
        expect(page.locator("[data-as-of]")).to_contain_text("As of")
        expect(page.locator("[data-noted] li")).to_have_count(2)
        page.locator("#text").tap()
        page.keyboard.type(company_of(page)[:3])
        expect(page.locator("[data-five] li")).to_have_count(5)
        fits(page)
        both_schemes(page)
        page.locator("[data-five]").get_by_role("button", name="More").tap()
        expect(page.locator(".depth section").first).to_be_visible()
        page.go_back()
        expect(page.locator("[data-finding]")).to_be_visible()
        nothing_readable(page)
        page.on("request", lambda asked: sent.append(asked.post_data or ""))
    expect(page.locator("[data-waits]")).to_be_hidden()
    # Sent once, and once more for nothing: an answer that was lost on the way.
    [batch] = [json.loads(each) for each in sent if "events" in each]
    assert len(batch["events"]) == 3
    again(page, batch)
    opened(page, address)
    expect(page.locator("#owed li")).to_have_count(2)
    expect(page.locator("#owed")).to_contain_text("Send them the references")
    fits(page)
    context.close()


def company_of(page: Page) -> str:
    """The first word of a deal in the list."""
    return page.locator("#call-list b").nth(2).inner_text()


def noted_by_touch(page: Page) -> None:
    """Mark a question with one tap, say it in words, and promise something."""
    deep = page.locator("[data-deep]")
    deep.get_by_role("button", name=re.compile("^Question")).tap()
    expect(deep.get_by_text("Question kept.")).to_be_visible()
    expect(page.locator("[data-waits]")).to_contain_text("1 note waits")
    deep.get_by_label("What was asked").fill("Since when do they know the price?")
    deep.get_by_role("button", name="Add").tap()
    deep.get_by_role("button", name=re.compile("^Promise")).tap()
    deep.get_by_label("What did you promise?").fill("Send them the references")
    deep.get_by_role("button", name="Keep").tap()
    assert all(height >= 44 for height in heights(page, "[data-deep] .acts button"))


def heights(page: Page, wanted: str) -> list[float]:
    """How high these are, in pixels."""
    found: list[float] = page.locator(wanted).evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    return found


def fits(page: Page) -> None:
    """Hold that nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def again(page: Page, batch: dict[str, object]) -> None:
    """Send a batch once more."""
    status = page.evaluate(
        """async (batch) => {
          const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
          const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
          const body = JSON.stringify(batch);
          return (await fetch("/call/notes", { method: "POST", headers, body })).status;
        }""",
        batch,
    )
    assert status == 200


def nothing_readable(page: Page) -> None:
    """Hold that what is kept on the device is sealed."""
    found = on_device(page)
    assert sorted(found["names"]) == ["call", "call-notes", "lock"]
    name = page.locator("#call-list b").first.inner_text()
    assert found["texts"]
    assert not any("lines" in each or name in each for each in found["texts"])
    assert name not in found["cached"]
    assert found["local"] == 0


def test_a_device_that_may_keep_nothing(browser: Browser, address: str) -> None:
    context: BrowserContext = looking_as(browser, address, "salesperson")
    page = context.pages[0]
    opened(page, address)
    controlled(page)
    page.get_by_role("button", name="Keep nothing on this device").click()
    expect(page.locator("#call[data-kept=nothing]")).to_be_visible()
    with cut(context):
        page.locator("#call-list [role=option]").first.click()
        page.keyboard.press("q")
        expect(page.locator("[data-waits]")).to_contain_text("leave it open")
    expect(page.locator("[data-waits]")).to_be_hidden()
    with cut(context):
        page.reload()
        expect(page.locator("[data-heading]")).to_contain_text("Nothing is kept on this device")
    context.close()

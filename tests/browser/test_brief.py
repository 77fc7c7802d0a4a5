"""The brief before the call: put in order, remarked on and hidden by keys alone, and taken back."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_leading import looking_as, no_violations, signed_in_page
from tests.support.installation import Installation


def order(page: Page) -> list[str]:
    """The deals of the first list, in their order."""
    return page.locator(".tolds").first.locator(".what > a bdi").all_inner_texts()


def test_the_brief_is_edited_by_keys_and_each_step_taken_back(
    browser: Browser, demo_installation: Installation
) -> None:
    with demo_installation.serve() as address:
        leader = looking_as(browser, address, "leader")
        page = signed_in_page(leader)
        page.goto(f"{address}/brief")
        page.set_default_timeout(60_000)
        before = order(page)
        figures = page.locator(".landings dd").all_inner_texts()
        assert len(before) >= 3
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Alt+ArrowUp")
        expect(page.get_by_role("status").get_by_text("moved up")).to_be_visible()
        moved = [before[1], before[0], *before[2:]]
        assert order(page) == moved
        # The deal that moved keeps the focus: the next key is about it too.
        page.keyboard.press("r")
        page.keyboard.type("They sign on Friday")
        page.keyboard.press("Enter")
        expect(page.locator(".told").first.locator(".remark")).to_contain_text("on Friday")
        page.keyboard.press("j")
        page.keyboard.press("h")
        expect(page.get_by_text("is not listed; it still counts.")).to_be_visible()
        assert before[1] not in order(page)
        assert page.locator(".landings dd").all_inner_texts() == figures
        page.keyboard.press("u")
        expect(page.locator(".told").first.locator(".what > a bdi")).to_have_text(before[1])
        no_violations(page)
        page.set_viewport_size({"width": 390, "height": 844})
        no_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        given_by_link(browser, page)


def given_by_link(browser: Browser, page: Page) -> None:
    """Keep the brief and open its link where nobody is signed in."""
    page.get_by_role("button", name="Keep this brief").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.locator(".links input[readonly]").first.input_value()
    stranger = browser.new_context()
    other = stranger.new_page()
    other.goto(link, timeout=60_000)
    expect(other.get_by_text("They sign on Friday").first).to_be_visible()
    no_violations(other)
    assert stranger.cookies() == []
    page.reload()
    expect(page.get_by_text("Opened 1 time")).to_be_visible()

"""A conversation logged on a phone; guidance from a leader's sentence to a deal and back."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.installation import Installer

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(new_simulation: Installer) -> Iterator[str]:
    """Where the simulated company is served."""
    with new_simulation() as made, made.serve() as found:
        yield found


def looking_as(browser: Browser, address: str, role: str, **more: object) -> BrowserContext:
    """A browser of its own in which somebody of that role is signed in."""
    context = browser.new_context(**more)  # type: ignore[arg-type]
    context.new_page().goto(f"{address}/demo?as={role}")
    return context


def signed_in_page(context: BrowserContext) -> Page:
    """The page of that browser; what goes wrong in it is kept."""
    page = context.pages[0]
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def salesperson_of(page: Page, address: str) -> str:
    """The name of the one whom the demo signs in as a salesperson."""
    page.goto(f"{address}/people")
    return page.get_by_role("heading", level=1).inner_text()


def no_violations(page: Page) -> None:
    """Hold what axe checks; a colour that is on its way to another is neither."""
    page.emulate_media(reduced_motion="reduce")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_conversation_is_logged_on_a_phone_and_guidance_comes_back(
    browser: Browser, address: str
) -> None:
    seller = looking_as(browser, address, "salesperson")
    name = salesperson_of(signed_in_page(seller), address)
    leader = looking_as(browser, address, "leader", viewport=PHONE, has_touch=True)
    deal = logged_on_a_phone(signed_in_page(leader), address, name)
    page = signed_in_page(seller)
    salesperson_sees_and_says_so(page, address, deal)
    page = signed_in_page(leader)
    page.goto(f"{address}{deal}")
    expect(page.locator("#guidance").get_by_text("followed", exact=True)).to_be_visible()
    seller.close()
    leader.close()


def logged_on_a_phone(page: Page, address: str, name: str) -> str:
    """Log it in five taps, with guidance; undo it, and log it again. Return the deal's address."""
    page.goto(f"{address}/people")
    rows = page.locator(".people-table tbody tr")
    assert rows.evaluate_all("all => all.every((row) => row.scrollWidth <= row.clientWidth)")
    page.goto(f"{address}/today")
    began = time.monotonic()
    page.locator("[data-log]").first.tap()
    page.locator("#logging .tap", has_text=name).tap()
    page.locator("#logging .tap", has_text="Deal coaching").first.tap()
    deal = page.locator("#choosing .tap", has=page.locator("input[name=deal]")).first
    another = page.locator("#choosing .tap", has_text="Another one")
    deal.tap()
    number = deal.locator("input").get_attribute("value")
    if another.count():
        another.tap()
    page.get_by_label("In a line").fill("Who decides, and by when")
    page.get_by_text("Guidance you gave").tap()
    page.get_by_label("What should happen").fill("Meet the finance director.")
    page.get_by_label("By when").fill("in 2 weeks")
    no_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#logging").get_by_role("button", name="Done").tap()
    expect(page.get_by_role("status")).to_contain_text("Kept: your conversation")
    # A browser driven on a busy machine, far from a person's five seconds: only that it is short.
    assert time.monotonic() - began < 60
    page.goto(f"{address}/deals/{number}")
    expect(page.locator("#guidance")).to_contain_text("Meet the finance director.")
    expect(page.locator(".story")).to_contain_text("Who decides, and by when")
    no_violations(page)
    return f"/deals/{number}"


def salesperson_sees_and_says_so(page: Page, address: str, deal: str) -> None:
    """Find it on one's own page and on the deal, confirm the talk, say it was followed, undo."""
    page.goto(f"{address}/confirm")
    asked = page.locator(".asked-talk", has_text="Who decides, and by when")
    asked.get_by_role("button", name="That’s right").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Confirmed.")
    page.goto(f"{address}/people")
    expect(page.locator("#guidance")).to_contain_text("Meet the finance director.")
    no_violations(page)
    page.goto(f"{address}{deal}")
    one = page.locator(".guided-one", has_text="Meet the finance director.")
    one.get_by_role("button", name="Followed", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Followed.")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(one).to_contain_text("open")
    one.get_by_role("button", name="Followed", exact=True).press("Enter")
    expect(one).to_contain_text("followed")


def test_by_keyboard_and_without_a_script(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "leader")
    page = signed_in_page(context)
    page.goto(f"{address}/pipeline")
    page.keyboard.press("c")
    expect(page.locator("#logging")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#choosing input[name=deal]").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#logging")).to_be_hidden()
    for path in ("/people", "/talks/new"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.goto(address + path)
            no_violations(page)
    context.close()
    plain = looking_as(browser, address, "leader", java_script_enabled=False)
    page = plain.pages[0]
    page.goto(f"{address}/people")
    page.locator("[data-log]").first.click()
    expect(page.get_by_role("heading", name="Log a conversation")).to_be_visible()
    page.locator("#whom .tap").first.click()
    page.locator("#whom ~ fieldset").get_by_role("button", name="Find").click()
    page.locator("#choosing .tap", has=page.locator("input[name=deal]")).first.click()
    page.locator(".tap", has=page.locator("input[name=nature]")).first.click()
    another = page.locator("#choosing .tap", has_text="Another one")
    if another.count():
        another.click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_contain_text("Kept: your conversation")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    plain.close()


def test_a_1_1_is_run_by_keyboard(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "leader")
    page = signed_in_page(context)
    page.goto(f"{address}/today")
    no_violations(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1:1")
    no_violations(page)
    points = page.locator("[data-agenda] [data-row]")
    ticked = [points.nth(n).locator("strong").first.inner_text() for n in (0, 1)]
    for _ in ticked:
        page.keyboard.press("j")
        page.keyboard.press("x")
    # What was ticked outlasts a reload: a meeting is no time to begin again.
    page.reload()
    expect(points.locator("input[name=item]:checked")).to_have_count(2)
    page.keyboard.press("n")
    expect(page.get_by_label("New guidance")).to_be_focused()
    page.keyboard.type("Meet the finance director.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("New guidance")).to_have_value("Meet the finance director.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept: your 1:1")
    for text in ticked:
        expect(page.locator("main aside")).to_contain_text(text)
    expect(page.locator("#guidance")).to_contain_text("Meet the finance director.")
    no_violations(page)
    context.close()

"""The first visit, the first import and the first deal found, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.installation import Installation

PASSWORD = "correct horse battery"
HEAD = "Opportunity ID,Opportunity Name,Account Name,Owner Person,Stage,Amount,Close Date\n"
GOOD = "A1,Harbour rollout,Brandt Maritime,Ann Bell,Proposal,12000,2027-01-31\n"
MENDED = "A2,Pump audit,Veluwe Zuivel,Bea Cook,Negotiation,8000,2027-02-28\n"


def set_up(page: Page, address: str, installation: Installation) -> None:
    """Set the company and its owner up, by the address that the server printed."""
    page.goto(address)
    expect(page.get_by_label("Set-up code")).to_be_empty()
    printed = (installation.home / "serve.log").read_text(encoding="utf-8")
    code = re.search(r"/setup\?code=(\w+)", printed)
    assert code, printed
    page.goto(f"{address}/setup?code={code[1]}")
    page.get_by_label("Your company's name").fill("Acme")
    page.get_by_label("Your name").fill("Ona Weiss")
    page.get_by_label("Your e-mail").fill("ona@acme.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Import")).to_be_visible()


def import_file(page: Page, address: str, path: Path) -> None:
    """Choose a file on the import page and look at it."""
    page.goto(f"{address}/import")
    page.locator("input[name=files]").set_input_files(path)
    page.get_by_role("button", name="Look at them").click()
    expect(page.get_by_role("heading", name="How your files are understood")).to_be_visible()


def test_from_nothing_to_a_deal_known_by_keyboard(
    page: Page, bare_installation: Installation, tmp_path: Path
) -> None:
    broken = tmp_path / "deals.csv"
    broken.write_text(HEAD + GOOD + MENDED.replace("8000", "a lot"), encoding="utf-8")
    with bare_installation.serve() as address:
        set_up(page, address, bare_installation)
        import_file(page, address, broken)
        # a column that no CRM calls so is corrected by hand
        page.get_by_label("Owner Person is understood as").select_option("salesperson")
        page.get_by_role("button", name="Look again").click()
        expect(page.get_by_text("1 of 2 rows cannot be read")).to_be_visible()
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_role("heading", name="Imported")).to_be_visible()
        expect(page.locator(".refused")).to_contain_text("is not an amount")
        with page.expect_download() as download:
            page.get_by_role("link", name="Refused rows as CSV").click()
        assert "A2,Pump audit" in Path(download.value.path()).read_text(encoding="utf-8")

        mended = tmp_path / "mended.csv"
        mended.write_text(HEAD + GOOD + MENDED, encoding="utf-8")
        import_file(page, address, mended)
        page.get_by_label("Owner Person is understood as").select_option("salesperson")
        page.get_by_role("button", name="Look again").click()
        page.get_by_role("button", name="Import", exact=True).click()
        expect(page.get_by_role("heading", name="Imported")).to_be_visible()

        page.keyboard.press("Control+k")
        page.keyboard.type("pump", delay=20)
        expect(page.locator("#palette [role=option]").first).to_contain_text("Pump audit")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Pump audit")).to_be_visible()
        expect(page.locator(".aloud li")).to_have_count(5)
        expect(page.locator(".aloud")).to_contain_text("Bea Cook carries it")


def test_keys_pages_and_a_kept_brief_on_the_simulated_company(
    page: Page, demo_installation: Installation
) -> None:
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    with demo_installation.serve() as address:
        page.goto(f"{address}/demo?as=leader")
        expect(page.get_by_text("Simulated company")).to_be_visible()
        pipeline_by_keyboard(page)
        board_and_phone(page, address)
        every_screen_is_in_the_bar_or_its_menu(page, address)
        brief_by_its_figures(page, address)
        accessible(page, address)
        permission(page, address)
    # The 404 of the deal that is not to be seen is what the browser reports itself.
    assert [text for text in problems if "404" not in text] == []


def pipeline_by_keyboard(page: Page) -> None:
    """Go to the pipeline, filter it, walk down, open a deal: hands on the keys."""
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="Pipeline")).to_be_visible()
    before = page.locator("tr[data-row]").count()
    page.keyboard.press("/")
    page.keyboard.type("ro", delay=30)
    page.wait_for_url("**text=ro**")
    expect(page.locator("tr[data-row]")).not_to_have_count(before)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    name = page.locator("tr.at .deal a").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")


def board_and_phone(page: Page, address: str) -> None:
    """Nothing is wider than a phone, table or board."""
    page.set_viewport_size({"width": 390, "height": 844})
    seen_by = {
        "Owner": ("/members", "/import", "/company"),
        "Leader": ("/pipeline", "/pipeline?view=board", "/brief", "/members"),
    }
    for role, paths in seen_by.items():
        page.goto(f"{address}/demo")
        page.locator("button.pick", has_text=role).first.click()
        page.wait_for_url("**/brief")
        for path in paths:
            page.goto(address + path)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, f"{path} is {wide} px wide"
    page.set_viewport_size({"width": 1440, "height": 900})


def every_screen_is_in_the_bar_or_its_menu(page: Page, address: str) -> None:
    """Nothing of the bar is cut at any width, however long a name is; Esc closes the menu."""
    long_name = "who => { who.textContent = 'Maximiliana Wolfeschlegelsteinhausenbergerdorff' }"
    for role in ("owner", "salesperson", "leader"):
        page.goto(f"{address}/demo?as={role}")
        page.goto(f"{address}/members")
        page.locator(".bar .who").evaluate(long_name)
        for width in (390, 768, 1024, 1152, 1280, 1366, 1440, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            cut = page.locator(".bar .places").evaluate("all => all.scrollWidth > all.clientWidth")
            assert not cut, f"{role}'s bar is cut at {width} px"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        menu = page.locator(".bar .screens")
        expect(menu.locator("[aria-current=page]")).to_have_text("Members")
        menu.locator("summary").press("Enter")
        expect(menu.get_by_role("link", name="Playbook")).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(menu.get_by_role("link", name="Playbook")).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
    page.set_viewport_size({"width": 1440, "height": 900})


def brief_by_its_figures(page: Page, address: str) -> None:
    """A figure of the brief leads to as many deals as it says; a kept brief is frozen."""
    page.goto(f"{address}/brief")
    due = page.locator(".landing dl > div", has_text="Should still close").last
    count = int(due.locator(".faint").inner_text().split()[0])
    due.get_by_role("link").click()
    expect(page.locator("a.figure.main .count")).to_contain_text(str(count))
    assert page.locator("tbody:not(.closed) tr[data-row]").count() == count
    page.goto(f"{address}/brief")
    page.get_by_role("button", name="Keep this brief").click()
    expect(page.get_by_text("Kept: shown as it was")).to_be_visible()
    page.goto(f"{address}/brief")
    expect(page.get_by_text("(the last brief kept)")).to_be_visible()


def accessible(page: Page, address: str) -> None:
    """No page has what axe calls a violation, in light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(
            color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        for path in ("/brief", "/pipeline", "/pipeline?view=board", "/members", "/demo"):
            page.goto(address + path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} {scheme}: {found.generate_report()}"
    page.emulate_media(color_scheme="light")


def permission(page: Page, address: str) -> None:
    """A salesperson cannot open another's deal by its address."""
    page.goto(f"{address}/pipeline")
    others = page.locator("tr[data-row]", has_text="Clara Moreau").first.locator("a").first
    link, name = others.get_attribute("href"), others.inner_text()
    page.goto(f"{address}/demo")
    page.get_by_role("button", name="Jonas Lindqvist").click()
    expect(page.get_by_role("heading", name="Brief")).to_be_visible()
    answer = page.goto(f"{address}{link}")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="Not here")).to_be_visible()
    assert name not in page.content()

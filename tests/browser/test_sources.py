"""Connecting a source and seeing it work, in a real browser with a real worker."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_first_run import set_up
from tests.support.installation import Installation

TALK = "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n<v Jane Doe>Shall we sign?</v>\n"


def test_a_folder_is_connected_synced_paused_and_disconnected_by_keyboard(
    page: Page, empty_installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "call.vtt").write_text(TALK)
    (tmp_path / "odd.json").write_text("{nope")
    with empty_installation.serve() as address:
        set_up(page, address, empty_installation)
        page.goto(f"{address}/sources")
        page.get_by_role("link", name="Folder of call transcripts").last.press("Enter")
        page.get_by_label("Name").fill("calls")
        page.get_by_label("Folder").fill("/nowhere")
        page.get_by_label("Folder").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("there is no folder /nowhere")
        page.get_by_label("Folder").fill(str(tmp_path))
        page.get_by_label("Folder").press("Enter")
        # The worker takes it up, and the page shows it by itself.
        expect(page.get_by_text("up to date")).to_be_visible()
        expect(page.get_by_text("1 activity")).to_be_visible()
        assert not Axe().run(page).response["violations"]
        page.get_by_role("link", name="1 left out").press("Enter")
        expect(page.get_by_text("odd.json")).to_be_visible()
        assert not Axe().run(page).response["violations"]
        page.get_by_role("button", name="Pause").press("Enter")
        page.get_by_role("button", name="Go on").press("Enter")
        page.get_by_role("button", name="Disconnect").press("Enter")
        expect(page.get_by_text("calls is disconnected; what it told stays.")).to_be_visible()

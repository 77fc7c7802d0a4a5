"""A week of recall: by keyboard on a desktop, by touch on a phone, and with the network cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_leading import looking_as, no_violations
from tests.support.clocked import clocked
from tests.support.installation import Installation, Installer

PHONE = {"width": 390, "height": 844}
NOTHING_LEFT = re.compile("Done for today|Nothing to ask")


@dataclass
class Clock:
    """What time it is at the server."""

    path: Path
    moment: datetime

    def move(self, **by: float) -> None:
        """Move it on."""
        self.moment += timedelta(**by)
        self.path.write_text(self.moment.isoformat(), encoding="ascii")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """A clock that begins now."""
    made = Clock(tmp_path / "clock", datetime.now(tz=UTC))
    made.move()
    return made


@pytest.fixture(scope="module")
def company(new_simulation: Installer) -> Iterator[Installation]:
    """The simulated company; each test has a role of its own in it."""
    with new_simulation() as made:
        yield made


@pytest.fixture(scope="module")
def address(company: Installation) -> Iterator[str]:
    """Where it is served."""
    with company.serve() as found:
        yield found


def controlled(page: Page) -> None:
    """Wait until the service worker answers for the page."""
    page.evaluate(
        """async () => {
          const workers = navigator.serviceWorker;
          const change = (done, late) => {
            workers.addEventListener("controllerchange", done);
            setTimeout(() => late(new Error("no service worker took over")), 30_000);
          };
          if (!workers.controller) await new Promise(change);
        }"""
    )


@contextmanager
def cut(context: BrowserContext) -> Iterator[None]:
    """Cut the network."""
    context.set_offline(True)
    yield
    context.set_offline(False)


def opened(page: Page, address: str, query: str = "") -> None:
    """Open Recall, and wait until it can be answered."""
    page.goto(f"{address}/recall{query}")
    expect(page.locator("#drill.alive")).to_be_visible()


def drill(page: Page, *, tap: bool) -> dict[str, int]:
    """Answer all that is asked, and return how often each form was."""
    seen: dict[str, int] = {}
    card = page.locator("[data-card]")
    for _ in range(40):
        form = card.get_attribute("data-form") or ""
        if form == "ended":
            return seen
        seen[form] = seen.get(form, 0) + 1
        place = page.locator("[data-place]").inner_text()
        answer(page, form, tap=tap)
        expect(page.locator("[data-place]")).not_to_have_text(place)
    raise AssertionError("it does not end")


def answer(page: Page, form: str, *, tap: bool) -> None:
    """Answer one question."""
    card = page.locator("[data-card]")
    if form == "typed":
        card.get_by_role("textbox").fill("120k")
        press(page, "Answer", "Enter", tap=tap)
        press(page, "Next", "Enter", tap=tap)
    elif form == "chosen":
        if tap:
            card.locator(".option").first.tap()
        else:
            page.keyboard.press("1")
        press(page, "Next", "Enter", tap=tap)
    elif form == "changed":
        press(page, "Got it", "Enter", tap=tap)
    else:
        press(page, "Show the answer", "Enter", tap=tap)
        press(page, "Known", "3", tap=tap)


def press(page: Page, name: str, key: str, *, tap: bool) -> None:
    """Press a button by its key, or tap on it."""
    button = page.locator("[data-card]").get_by_role(
        "button", name=re.compile(rf"(?:^|\d ){name}$")
    )
    expect(button).to_be_visible()
    if tap:
        button.tap()
    else:
        page.keyboard.press(key)


def share(page: Page) -> int:
    """The share that is said to be known, in percent."""
    return int(page.locator("#known .large").inner_text().rstrip("%"))


def new_next_step(page: Page, address: str, deal: str, step: str) -> None:
    """Change a deal by its form."""
    page.goto(address + deal)
    form = page.locator("form[action$='/change']")
    for summary in page.locator("details:has(form[action$='/change']) > summary").all():
        summary.click()
    form.locator("[name=next_step]").fill(step)
    form.locator("button").first.click()
    expect(page.get_by_text(step).first).to_be_visible()


def test_a_week_of_recall(browser: Browser, company: Installation, clock: Clock) -> None:
    with clocked(company, clock.path) as address:
        desk = looking_as(browser, address, "leader")
        phone = looking_as(browser, address, "leader", viewport=PHONE, has_touch=True)
        forms: dict[str, int] = {}
        shares = [0]
        for day in range(7):
            on_phone = day % 2 == 1
            context = phone if on_phone else desk
            page = context.pages[0]
            opened(page, address)
            for form, count in drill(page, tap=on_phone).items():
                forms[form] = forms.get(form, 0) + count
            expect(page.locator("[data-waits]")).to_be_hidden()
            opened(page, address)
            shares.append(share(page))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            clock.move(days=1)
        assert set(forms) >= {"typed", "chosen"}
        assert shares[1] > 0
        assert shares[-1] > shares[1]
        expect(page.get_by_text("7 days of 14")).to_be_visible()
        # A fact that was known changes: the next day begins with it.
        deal, words = known_next_step(desk.pages[0], address)
        new_next_step(desk.pages[0], address, deal, "Sign the order at their plant")
        opened(desk.pages[0], address)
        card = desk.pages[0].locator("[data-card]")
        expect(card).to_contain_text("This has changed.")
        expect(card.locator("s")).to_have_text(words)
        expect(card).to_contain_text("Sign the order at their plant")
        for each in (desk.pages[0], phone.pages[0]):
            opened(each, address, "?more=1")
            for scheme in ("light", "dark"):
                each.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                no_violations(each)
        desk.close()
        phone.close()


def known_next_step(page: Page, address: str) -> tuple[str, str]:
    """Answer until a next step was asked; return the deal's address, and the step."""
    for _ in range(6):
        opened(page, address, "?more=1")
        for _ in range(40):
            card = page.locator("[data-card]")
            form = card.get_attribute("data-form") or ""
            if form == "ended":
                break
            if form == "chosen" and "next step" in card.inner_text():
                page.keyboard.press("1")
                href = card.get_by_role("link").first.get_attribute("href") or ""
                words = card.locator(".answer-told").inner_text()
                expect(page.locator("[data-waits]")).to_be_hidden()
                return href, words
            answer(page, form, tap=False)
    raise AssertionError("no next step was asked")


def test_with_the_network_cut(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "salesperson", viewport=PHONE, has_touch=True)
    page = context.pages[0]
    opened(page, address)
    controlled(page)
    with cut(context):
        answer(page, page.locator("[data-card]").get_attribute("data-form") or "", tap=True)
        expect(page.locator("[data-waits]")).to_contain_text("1 answer waits")
        # Opened anew without a network, it goes on where it was.
        place = page.locator("[data-card] h2").inner_text()
        page.reload()
        expect(page.locator("#drill.alive")).to_be_visible()
        expect(page.locator("[data-card] h2")).to_have_text(place)
        no_violations(page)
        drill(page, tap=True)
        expect(page.locator("[data-card]")).to_contain_text(NOTHING_LEFT)
        nothing_readable(page)
    expect(page.locator("[data-waits]")).to_be_hidden()
    opened(page, address)
    assert share(page) > 0
    done = page.locator("[data-card]").inner_text()
    assert re.search("Done for today: 8", done)
    context.close()


def on_device(page: Page) -> dict[str, Any]:
    """What is kept on the device: names, whether the key can be taken out, texts as they lie."""
    found: dict[str, Any] = page.evaluate(
        """async () => {
          const wait = (r) => new Promise((done) => { r.onsuccess = () => done(r.result); });
          const db = await wait(indexedDB.open("ridealong", 1));
          const kept = db.transaction("vault").objectStore("vault");
          const names = await wait(kept.getAllKeys()), values = await wait(kept.getAll());
          const lock = values[names.indexOf("lock")];
          const sealed = values.filter((value) => value.sealed);
          const texts = sealed.map((value) => new TextDecoder().decode(value.sealed));
          const cached = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const answer of await cache.matchAll()) cached.push(await answer.text());
          }
          db.close();
          const extractable = lock.key.extractable, local = localStorage.length;
          return { names, extractable, texts, cached: cached.join("\\n"), local };
        }"""
    )
    return found


def nothing_readable(page: Page) -> None:
    """Hold that what is kept is sealed, and that its key cannot be taken out."""
    found = on_device(page)
    assert sorted(found["names"]) == ["lock", "recall", "recall-answers"]
    assert found["extractable"] is False
    assert found["texts"]
    assert not any("token" in text or "deal" in text for text in found["texts"])
    assert "recall-data" not in found["cached"].replace('getElementById("recall-data")', "")
    assert found["local"] == 0


def test_undo_signing_out_and_keeping_nothing(browser: Browser, address: str) -> None:
    context = looking_as(browser, address, "owner")
    page = context.pages[0]
    opened(page, address)
    first = page.locator("[data-card] h2").inner_text()
    answer(page, page.locator("[data-card]").get_attribute("data-form") or "", tap=False)
    expect(page.locator("[data-card] h2")).not_to_have_text(first)
    page.keyboard.press("u")
    expect(page.locator("[data-card] h2")).to_have_text(first)
    expect(page.locator("[data-waits]")).to_be_hidden()
    opened(page, address)
    expect(page.locator("[data-card] h2")).to_have_text(first)
    page.get_by_role("button", name="Keep nothing on this device").click()
    expect(page.locator("#drill.alive")).to_be_visible()
    assert kept_names(page) == []
    page.get_by_role("button", name="Keep them, encrypted").click()
    expect(page.locator("#drill.alive")).to_be_visible()
    controlled(page)
    assert "lock" in kept_names(page)
    page.locator("details.person summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in*")
    assert kept_names(page) == []
    context.close()


def kept_names(page: Page) -> list[str]:
    """What is kept on the device, by name."""
    found: list[str] = page.evaluate(
        """async () => {
          const wait = (r) => new Promise((done) => { r.onsuccess = () => done(r.result); });
          const opening = indexedDB.open("ridealong", 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("vault");
          const db = await wait(opening);
          const names = await wait(db.transaction("vault").objectStore("vault").getAllKeys());
          db.close();
          return names;
        }"""
    )
    return found

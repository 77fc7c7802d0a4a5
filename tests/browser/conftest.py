"""The browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.chromium import ARGUMENTS, chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, so that it can be chosen or left out.

    The simulated company takes long to make, and is made once: while the first process makes it,
    the second, which begins where the first's share ends, does what needs none.
    """
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    others = [item for item in items if here not in item.path.parents]
    made = [item for item in ours if "simulated" in getattr(item, "fixturenames", ())]
    bare = [item for item in ours if item not in made]
    share = len(ours) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [*others, *made[:share], *bare, *made[share:]]


@pytest.fixture(scope="session", autouse=True)
def patient() -> None:
    """Wait as long as a machine may take that does other things beside."""
    expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the browser that is installed, cut off from everything but this machine."""
    program = chromium()
    if program is None:
        pytest.fail("There is no browser: run `python scripts/browser.py`, or `make test`.")
    return {**browser_type_launch_args, "executable_path": program, "args": list(ARGUMENTS)}

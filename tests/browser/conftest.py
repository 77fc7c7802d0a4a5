"""The browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.chromium import ARGUMENTS, chromium


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, so that it can be chosen or left out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the browser that is installed, cut off from everything but this machine."""
    program = chromium()
    if program is None:
        pytest.fail("There is no browser: run `python scripts/browser.py`, or `make test`.")
    return {**browser_type_launch_args, "executable_path": program, "args": list(ARGUMENTS)}

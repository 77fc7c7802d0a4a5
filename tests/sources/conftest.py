"""Sources in tests do not wait."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

import pytest

from ridealong.sources.base import web


@pytest.fixture(scope="session", autouse=True)
def impatient() -> Iterator[None]:
    """Ask again at once; where a service says how long to wait, it is waited for."""
    with mock.patch.object(web, "BACKOFF", 0):
        yield

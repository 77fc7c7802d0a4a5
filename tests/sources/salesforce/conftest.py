"""What the tests of Salesforce share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sources.salesforce.connected import Connected, connection


@pytest.fixture
def connected() -> Iterator[Connected]:
    """A filled organisation, served."""
    with connection() as found:
        yield found

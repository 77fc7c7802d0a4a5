"""Pages are asked for in an installation's home of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep uploads apart: two databases that run at once both begin with upload number 1."""
    monkeypatch.setenv("RIDEALONG_HOME", str(tmp_path))

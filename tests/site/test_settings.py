"""Every setting is documented."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_variable_that_is_read_stands_in_the_docs():
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "ridealong").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get)?[\[(]\s*\"(RIDEALONG_\w+|DATABASE_URL)\"", code))
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert read
    assert {name for name in read if f"`{name}`" not in text} == set()

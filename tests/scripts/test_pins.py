"""The pins install behind any mirror, and only what was pinned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PINNED = ("runtime", "dev", "uv")


def _requirements(root: Path, name: str) -> dict[str, str]:
    text = (root / f"requirements/{name}.txt").read_text(encoding="utf-8")
    lines = text.replace("\\\n", " ").splitlines()
    return {line.split(" --hash")[0].strip(): line for line in lines}


@pytest.mark.parametrize("name", PINNED)
def test_every_package_has_one_version_and_its_hashes(root: Path, name: str) -> None:
    for requirement, line in _requirements(root, name).items():
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+( ; .+)?$", requirement)
        assert "--hash=sha256:" in line


@pytest.mark.parametrize("name", PINNED)
def test_no_registry_is_named(root: Path, name: str) -> None:
    text = (root / f"requirements/{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text


def test_what_runs_is_what_was_tested(root: Path) -> None:
    assert _requirements(root, "runtime").items() <= _requirements(root, "dev").items()


def test_every_runtime_dependency_says_why_it_is_there(root: Path) -> None:
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    listed = text.split("\ndependencies = [\n")[1].split("\n]")[0].splitlines()
    assert all(re.match(r'    ".+",  # \w+', line) for line in listed)

"""Who has told pip about a mirror need not tell uv."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def pip_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Provide the module, on a machine where nobody has told pip or uv anything."""
    for name in os.environ:
        if name.startswith(("PIP_", "UV_", "SSL_", "XDG_CONFIG")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    module = importlib.import_module("pip_settings")
    monkeypatch.setattr(module, "_files", lambda: [Path(os.environ["PIP_CONFIG_FILE"])])
    return module


def test_nothing_told_is_nothing_carried_over(pip_settings: ModuleType) -> None:
    assert pip_settings.pip_settings() == {}
    assert not {name for name in pip_settings.uv_environment() if name.startswith("UV_")}


def test_files_and_environment_are_carried_over(
    pip_settings: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text(
        "[global]\n"
        "index-url = https://mirror.example/simple\n"
        "cert = /etc/company.pem\n"
        "[install]\n"
        "extra-index-url =\n    https://a.example/simple\n    https://b.example/simple\n"
        "find-links = /files/a /files/b\n"
        "no-such-setting = 1\n"
    )
    monkeypatch.setenv("PIP_INDEX_URL", "https://stronger.example/simple")
    environment = pip_settings.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://stronger.example/simple"
    assert environment["UV_INDEX"] == "https://a.example/simple https://b.example/simple"
    assert environment["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    assert environment["UV_FIND_LINKS"] == "/files/a,/files/b"
    assert environment["SSL_CERT_FILE"] == "/etc/company.pem"


def test_what_uv_was_told_counts_more(
    pip_settings: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uvs.example/simple")
    assert pip_settings.uv_environment()["UV_DEFAULT_INDEX"] == "https://uvs.example/simple"

"""uv by hand, where python3 has neither pip nor venv: from an index of the test's own."""

from __future__ import annotations

import hashlib
import importlib
import io
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

WHEELS = (
    "uv-9.9.9-py3-none-macosx_10_12_x86_64.whl",
    "uv-9.9.9-py3-none-macosx_11_0_arm64.whl",
    "uv-9.9.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
    "uv-9.9.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "uv-9.9.9-py3-none-musllinux_1_1_x86_64.whl",
    "uv-9.9.8-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
)


def _wheel() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("uv-9.9.9.data/scripts/uv", "#!/bin/sh\necho uv 0.13.0\n")
    return content.getvalue()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """Serve an index that has uv for every system."""
    page = tmp_path / "index/uv"
    page.mkdir(parents=True)
    links = "".join(f'<a href="../files/{name}#sha256=0">{name}</a>' for name in WHEELS)
    (page / "index.html").write_text(f"<html>{links}</html>")
    files = tmp_path / "index/files"
    files.mkdir()
    for name in WHEELS:
        (files / name).write_bytes(_wheel())
    handler = partial(_Quiet, directory=str(tmp_path / "index"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str) -> ModuleType:
    """Provide the module on a machine without uv, pip and venv."""
    module = importlib.import_module("uv_tool")
    pins = tmp_path / "uv.txt"
    pins.write_text(f"uv==9.9.9 \\\n    --hash=sha256:{hashlib.sha256(_wheel()).hexdigest()}\n")
    monkeypatch.setattr(module, "PINS", pins)
    monkeypatch.setattr(module, "TOOLS", tmp_path / "tools")
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    monkeypatch.setattr(module, "_quiet", lambda _: _refuse(module))
    monkeypatch.setenv("PIP_INDEX_URL", index)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return module


def _refuse(module: ModuleType) -> None:
    raise module.NotFetchedError("there is no pip")


def test_the_pinned_file_is_fetched_and_runs(tool: ModuleType, tmp_path: Path) -> None:
    assert tool.uv() == str(tmp_path / "tools/bin/uv")


def test_another_file_than_the_pinned_one_is_refused(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool.PINS.write_text(f"uv==9.9.9 \\\n    --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SystemExit, match="not the pinned one"):
        tool.uv()
    assert not (tmp_path / "tools/bin/uv").exists()


def test_no_way_left_says_what_to_do(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9")
    with pytest.raises(SystemExit) as told:
        tool.uv()
    assert "there is no pip" in str(told.value)
    assert "Install uv yourself" in str(told.value)


@pytest.mark.parametrize(
    ("system", "machine", "libc", "fits"),
    [
        ("darwin", "arm64", "", "macosx_11_0_arm64"),
        ("darwin", "x86_64", "", "macosx_10_12_x86_64"),
        ("linux", "x86_64", "glibc", "manylinux_2_17_x86_64"),
        ("linux", "aarch64", "glibc", "manylinux_2_17_aarch64"),
        ("linux", "x86_64", "", "musllinux_1_1_x86_64"),
    ],
)
def test_each_system_gets_its_own_file(  # noqa: PLR0917
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    system: str,
    machine: str,
    libc: str,
    fits: str,
) -> None:
    monkeypatch.setattr(tool.sys, "platform", system)
    monkeypatch.setattr(tool.platform, "machine", lambda: machine)
    monkeypatch.setattr(tool.platform, "libc_ver", lambda: (libc, ""))
    chosen = [name for name in WHEELS if tool._for_this_machine(f"../files/{name}#sha256=0")]
    assert len(chosen) == 1
    assert fits in chosen[0]

"""Find uv, or fetch it: the one tool that installs everything else.

A fresh machine has ``python3`` and ``make``; Debian's ``python3`` has neither pip nor venv. So
each way is tried in turn, and whichever gets uv must get the file whose hash is pinned in
``requirements/uv.txt``. Runs on any Python 3 with nothing installed.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from html.parser import HTMLParser
from pathlib import Path

from pip_settings import DEFAULT_INDEX, pip_settings, uv_environment

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PINS = ROOT / "requirements/uv.txt"
# Versions that understand our files and build the package without fetching a build backend.
SUITABLE = ((0, 9), (0, 14))


class NotFetchedError(Exception):
    """This way did not lead to uv; the next one may."""


def uv() -> str:
    """Return the path of a suitable uv: the user's own, or ours in ``.tools``."""
    ours = TOOLS / "bin/uv"
    for candidate in (shutil.which("uv"), str(ours)):
        if candidate and _suitable(candidate):
            return candidate
    failures = []
    for way in (_by_pip, _by_a_venvs_pip, _by_hand):
        print(f"Getting uv {_pinned_version()}: {(way.__doc__ or '').splitlines()[0]}", flush=True)
        try:
            way()
        except (NotFetchedError, OSError, subprocess.CalledProcessError) as error:
            failures.append(f"  {(way.__doc__ or '').splitlines()[0]} {error}")
            continue
        if _suitable(str(ours)):
            return str(ours)
        failures.append(f"  The uv that came does not run here: {ours}")
    sys.exit(
        "\n".join(
            [
                "uv could not be had, in none of these ways:",
                *failures,
                "Install uv yourself (https://docs.astral.sh/uv/), so that `uv --version` answers,",
                "or name a package index that answers here in PIP_INDEX_URL; then run this again.",
            ]
        )
    )


def _suitable(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    found = re.search(r"(\d+)\.(\d+)", said.stdout)
    if not found:
        return False
    return SUITABLE[0] <= (int(found[1]), int(found[2])) < SUITABLE[1]


def _pinned_version() -> str:
    found = re.search(r"^uv==(\S+)", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        sys.exit(f"{PINS} pins no uv: run `make lock`.")
    return found[1]


def _by_pip() -> None:
    """By python3 -m pip."""
    _pip_install(sys.executable)


def _by_a_venvs_pip() -> None:
    """By the pip of a new venv."""
    with tempfile.TemporaryDirectory() as folder:
        _quiet([sys.executable, "-m", "venv", folder])
        _pip_install(f"{folder}/bin/python")


def _pip_install(python: str) -> None:
    _quiet([python, "-m", "pip", "--version"])
    command = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    _quiet([*command, "--only-binary=:all:", "--upgrade", "--target", str(TOOLS), "-r", str(PINS)])


def _quiet(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotFetchedError(said[-1] if said else f"{command} failed")


def _by_hand() -> None:
    """By downloading its wheel."""
    index = pip_settings().get("index-url", DEFAULT_INDEX).rstrip("/")
    page = f"{index}/uv/"
    links = _Links()
    try:
        links.feed(_download(page).decode())
        wheel = next((link for link in links.found if _for_this_machine(link)), None)
        if wheel is None:
            raise NotFetchedError(f"{page} has no uv {_pinned_version()} for this machine.")
        content = _download(urllib.parse.urljoin(page, wheel))
    except (urllib.error.URLError, ValueError) as error:
        raise NotFetchedError(f"{index} does not answer: {error}") from error
    if f"sha256:{hashlib.sha256(content).hexdigest()}" not in PINS.read_text(encoding="utf-8"):
        raise NotFetchedError(f"{page} gave a file whose hash is not the pinned one.")
    _unpack(content)


def _download(address: str) -> bytes:
    # Certificates and proxies as the user told pip; urllib reads them from the environment.
    os.environ.update(uv_environment())
    # The user names the index, and what comes must have the pinned hash: any scheme is fine.
    request = urllib.request.Request(address, headers={"Accept": "text/html, */*;q=0.1"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        content: bytes = answer.read()
    return content


class _Links(HTMLParser):
    """The addresses of the files that an index's page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _for_this_machine(link: str) -> bool:
    name = urllib.parse.unquote(urllib.parse.urlsplit(link).path).rsplit("/", 1)[-1]
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin":
        system = "macosx"
    else:
        machine = {"arm64": "aarch64"}.get(machine, machine)
        system = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    tags = rf"uv-{re.escape(_pinned_version())}-py3-none-.*{system}_\d+_\d+_{machine}\b.*\.whl"
    return re.fullmatch(tags, name) is not None


def _unpack(content: bytes) -> None:
    target = TOOLS / "bin/uv"
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        member = next(name for name in wheel.namelist() if name.endswith(".data/scripts/uv"))
        target.write_bytes(wheel.read(member))
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)

"""Carry a user's pip settings over to uv, which reads none of pip's files.

Who is behind a company's mirror has told pip so; nobody should have to say it twice.
Runs on any Python 3 with nothing installed.
"""

from __future__ import annotations

import configparser
import os
import sys
from pathlib import Path

DEFAULT_INDEX = "https://pypi.org/simple"

# pip's setting, and what uv calls it. Several values of one setting are separated by spaces.
_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}
# uv separates these by commas.
_BY_COMMA = {"UV_FIND_LINKS"}


def _files() -> list[Path]:
    """Return the files that pip would read, the strongest last."""
    chosen = os.environ.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    home = Path.home()
    configured = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    everyones = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    files = [Path(folder) / "pip/pip.conf" for folder in everyones]
    files += [Path("/etc/pip.conf"), home / ".pip/pip.conf"]
    if sys.platform == "darwin":
        files.append(home / "Library/Application Support/pip/pip.conf")
    files += [configured / "pip/pip.conf", Path(sys.prefix) / "pip.conf"]
    return [*files, Path(chosen)] if chosen else files


def pip_settings() -> dict[str, str]:
    """Return pip's settings that uv has a word for, as pip itself would see them."""
    found: dict[str, str] = {}
    parser = configparser.RawConfigParser(strict=False)
    parser.read(_files(), encoding="utf-8")
    for section in ("global", "install"):
        if parser.has_section(section):
            found.update(parser.items(section))
    for name in _NAMES:
        value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
        if value:
            found[name] = value
    return {name: " ".join(found[name].split()) for name in _NAMES if found.get(name)}


def uv_environment() -> dict[str, str]:
    """Return the environment for uv: what the user set for uv counts before what they told pip."""
    environment = dict(os.environ)
    for name, value in pip_settings().items():
        theirs = _NAMES[name]
        environment.setdefault(theirs, value.replace(" ", "," if theirs in _BY_COMMA else " "))
    if "UV_INDEX" in environment:
        # As pip does: a file may come from any index. Safe, since every file's hash is pinned.
        environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    # The activated environment, if any, is not the one we mean.
    environment.pop("VIRTUAL_ENV", None)
    return environment

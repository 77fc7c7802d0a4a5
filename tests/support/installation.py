"""An installation of Ridealong as a person has it: its own home, its own database, its server."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.leash import leashed

RIDEALONG = Path(sys.executable).with_name("ridealong")
_PATIENCE = 60


@dataclass(frozen=True)
class Installation:
    """Where an installation keeps its data; programs started for it find it by themselves."""

    home: Path
    database: str
    settings: str = "tests.support.served"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment that its programs run in."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "RIDEALONG_HOME": str(self.home),
            "DATABASE_URL": self.database,
        }

    def run(self, *arguments: str, said: str = "") -> str:
        """Run a command to its end, and return what it printed; ``said`` is typed into it."""
        done = subprocess.run(
            [str(RIDEALONG), *arguments],
            env=self.environment,
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"ridealong {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    @contextlib.contextmanager
    def serve(self, *arguments: str) -> Iterator[str]:
        """Serve its pages while the block runs, and say at which address."""
        port = free_port()
        command = [str(RIDEALONG), "serve", "--port", str(port), *arguments]
        log = self.home / "serve.log"
        with leashed(command, log=log, environment=self.environment) as process:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, log)
            yield address


Installer = Callable[[], contextlib.AbstractContextManager[Installation]]


@contextlib.contextmanager
def installation(home: Path, *, like: Installation | None = None) -> Iterator[Installation]:
    """Provide an installation on the engine of this test run.

    ``like``: a copy of that one, on which nothing runs; without, nothing of it is there yet.
    """
    if like is not None:
        shutil.copytree(like.home, home, dirs_exist_ok=True)
    found = Installation(home, database(like=like))
    try:
        yield found
    finally:
        dropped(found.database)


def database(*, like: Installation | None = None) -> str:
    """Make a database on the test run's server, and say its address; "" on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    name = f"ridealong_{uuid.uuid4().hex}"
    address, _, _ = server.rpartition("/")
    template = like.database.rpartition("/")[2] if like is not None else "template1"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
    return f"{address}/{name}"


def dropped(address: str) -> None:
    """Drop such a database; on SQLite there is none to drop."""
    if not address:
        return
    drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(drop.format(sql.Identifier(address.rpartition("/")[2])))


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until it answers, whatever it says: pages may ask to sign in first."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    said = log.read_text(errors="replace")
    raise RuntimeError(f"ridealong serve did not answer; it said:\n{said}")

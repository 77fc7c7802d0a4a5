"""A real CalDAV server on loopback: Radicale, with a folder of its own."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.leash import leashed

LOGIN, PASSWORD = "ada", "s3cret-word"
_PATIENCE = 30.0


@contextlib.contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run a server that keeps its calendars in ``folder``; yields its address."""
    users = folder / "users"
    users.write_text(f"{LOGIN}:{PASSWORD}\n", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config=",
        f"--server-hosts=127.0.0.1:{port}",
        f"--storage-filesystem-folder={folder / 'storage'}",
        "--auth-type=htpasswd",
        f"--auth-htpasswd-filename={users}",
        "--auth-htpasswd-encryption=plain",
        "--auth-delay=0",
    ]
    log = folder / "radicale.log"
    with leashed(command, log=log) as process:
        until = time.monotonic() + _PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
                break
            said = log.read_text(errors="replace") if log.exists() else ""
            assert process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"

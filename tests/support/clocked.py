"""The pages served at a moment that a test sets: ``python -m tests.support.clocked PORT FILE``.

The file holds an ISO moment; each request is answered as of then. One at a time: whoever moves the
clock waits for what was asked.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from werkzeug.serving import make_server

from tests.support.installation import Installation, free_port, wait_for
from tests.support.leash import leashed


@contextlib.contextmanager
def clocked(company: Installation, clock: Path) -> Iterator[str]:
    """Serve an installation's pages at the moment in ``clock``, and say at which address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.support.clocked", str(port), str(clock)]
    log = company.home / "clocked.log"
    with leashed(command, log=log, environment=company.environment) as process:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, process, log)
        yield address


def main() -> None:
    """Serve until it is ended."""
    port, clock = int(sys.argv[1]), Path(sys.argv[2])

    from ridealong.site.wsgi import application

    def then(environ: dict[str, Any], start: Any) -> list[bytes]:
        moment = datetime.fromisoformat(clock.read_text(encoding="ascii").strip())
        with time_machine.travel(moment, tick=False):
            answer = application(environ, start)
            try:
                return list(answer)
            finally:
                answer.close()

    make_server("127.0.0.1", port, then).serve_forever()


if __name__ == "__main__":
    main()

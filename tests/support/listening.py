"""A webhook's receiver on loopback that answers, fails, waits or hangs up as it is told to."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.support.web import served


@dataclass
class Listener:
    """What came, and what it answers: statuses one after another, then 200.

    ``slow``: seconds before it answers. ``headers``: of its answers.
    """

    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0
    came: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    address: str = ""
    asked: int = 0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Take one message, as a WSGI application."""
        request = Request(environ)
        body = request.get_data()
        self.asked += 1
        time.sleep(self.slow)
        status = self.answers.pop(0) if self.answers else 200
        self.heads.append(dict(request.headers))
        self.bodies.append(body)
        if status == 200:
            self.came.append(json.loads(body))
        return Response("no such thing", status=status, headers=self.headers)(
            environ, start_response
        )


@contextlib.contextmanager
def listening(listener: Listener) -> Iterator[Listener]:
    """Let it listen while the block runs."""
    with served(listener) as address:
        listener.address = f"{address}/hook?key=1"
        yield listener


@contextlib.contextmanager
def hanging_up(after: bytes = b"") -> Iterator[str]:
    """Listen on a port that closes each line, ``after`` some bytes; yields its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                line.recv(100_000)
                line.sendall(after)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()

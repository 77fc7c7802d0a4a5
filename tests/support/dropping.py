"""A way to a server that ends after so many bytes, as bad networks do."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator

_PIECE = 4096


class Line:
    """What stands between a client and a server. ``left``: bytes until it breaks; None: never."""

    def __init__(self, port: int) -> None:
        self.server = port
        self.left: int | None = None
        self.port = 0

    def passed(self, count: int) -> int:
        """Return how many of these bytes may still pass."""
        if self.left is None:
            return count
        may = min(count, self.left)
        self.left -= may
        return may


@contextlib.contextmanager
def line(port: int) -> Iterator[Line]:
    """Listen on a port of its own and pass everything on to ``port``, until it breaks."""
    kept = Line(port)

    class Passing(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(("127.0.0.1", kept.server)) as server:
                asking = threading.Thread(target=_copy, args=(self.request, server))
                asking.start()
                while piece := server.recv(_PIECE):
                    may = kept.passed(len(piece))
                    with contextlib.suppress(OSError):
                        self.request.sendall(piece[:may])
                    if may < len(piece):
                        break
                for end in (server, self.request):
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                asking.join()

    class Listening(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Listening(("127.0.0.1", 0), Passing) as listening:
        kept.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield kept
        finally:
            listening.shutdown()
            thread.join()


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)

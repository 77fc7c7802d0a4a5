"""A web service on loopback, for as long as a block runs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  werkzeug's name
        """Say nothing: what a test expects is for the test to say."""


@contextlib.contextmanager
def served(application: Any) -> Iterator[str]:
    """Serve a WSGI application on a port of its own; yields its address without a last slash."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Silent)
    # How often it looks whether it is to end, in seconds: otherwise each test waits half a second.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

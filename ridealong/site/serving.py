"""Serving the pages until told to stop."""

from __future__ import annotations

import socket
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server


class PortTaken(OSError):
    """Somebody else listens there already."""


def check_free(host: str, port: int) -> None:
    """Raise ``PortTaken`` when the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"{host}:{port} cannot be used: {error.strerror}.") from error


def serve(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; ends with its workers."""
    Server(
        "ridealong.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        working_dir=Path.cwd(),
        log_access=False,
        websockets=False,
    ).serve()

"""Tests talk to this machine only."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_nothing_beyond_this_machine_is_reached() -> None:
    blocked = pytest.raises(SocketConnectBlockedError)
    # An address reserved for documentation: nobody is there.
    with socket.socket() as outside, pytest.warns(match="192.0.2.1"), blocked:
        outside.connect(("192.0.2.1", 80))

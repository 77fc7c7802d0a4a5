"""An installation that sends mail by a real server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.smtp import Post, mail_server


def set_up_mail(settings, port: int, *, user: str = "", password: str = "") -> None:
    """Let the settings name a server on this machine."""
    settings.RIDEALONG_NO_MAIL = ""
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = user, password
    settings.EMAIL_TIMEOUT = 0.7
    settings.DEFAULT_FROM_EMAIL = "Ridealong <ride@seller.example>"


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """A server, and the settings to send by it."""
    made = Post()
    with mail_server(made) as port:
        set_up_mail(settings, port)
        yield made

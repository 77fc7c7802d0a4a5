"""The line to a webhook: what may pass later, what a person mends, and where it never goes."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from werkzeug.serving import make_server

from ridealong.lib.again import Refused, TryAgain
from ridealong.telling import sending
from tests.support.listening import Listener, hanging_up, listening
from tests.support.smtp import certificate


@pytest.fixture
def allowed(settings) -> None:
    """Let webhooks be on this machine."""
    settings.RIDEALONG_PRIVATE_WEBHOOKS = True


def sent(listener: Listener) -> None:
    sending.send(listener.address, b"{}", {"Content-Type": "application/json"})


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_may_pass_is_to_be_tried_again(status: int):
    with listening(Listener([status])) as listener, pytest.raises(TryAgain, match=str(status)):
        sent(listener)


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_does_not_pass_is_said_in_the_listeners_words(status: int):
    with listening(Listener([status])) as listener, pytest.raises(Refused, match="no such thing"):
        sent(listener)


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_good_answer_is_good(status: int):
    with listening(Listener([status])) as listener:
        sent(listener)
        assert listener.bodies == [b"{}"]


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 02 Dec 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 02 Dec 2026 11:00:00 GMT", timedelta(0)),
        ("999999999", timedelta(days=1)),
        ("soon", None),
    ],
)
def test_it_waits_as_long_as_it_is_asked_to(said: str, after: timedelta | None):
    with (
        time_machine.travel("2026-12-02T12:00Z", tick=False),
        listening(Listener([429], {"Retry-After": said})) as listener,
        pytest.raises(TryAgain) as raised,
    ):
        sent(listener)
    assert raised.value.after == after


@pytest.mark.usefixtures("allowed")
def test_a_redirect_is_not_followed():
    with (
        listening(Listener()) as other,
        listening(Listener([302, 302], {"Location": other.address})) as listener,
    ):
        with pytest.raises(Refused, match="leads elsewhere"):
            sent(listener)
        assert not other.bodies


@pytest.mark.usefixtures("allowed")
def test_a_slow_listener_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.3)
    with listening(Listener(slow=1)) as listener, pytest.raises(TryAgain, match="does not answer"):
        sent(listener)


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("after", [b"", b"HTTP/1.1 2", b"nonsense\r\n\r\n"])
def test_a_line_that_breaks_is_tried_again(after: bytes):
    with hanging_up(after) as address, pytest.raises(TryAgain, match="broke"):
        sending.send(address, b"{}", {})


@pytest.mark.usefixtures("allowed")
def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(TryAgain, match="broke"):
        sending.send(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.mark.usefixtures("allowed")
def test_a_listener_without_encryption_is_not_taken_for_one_with():
    with listening(Listener()) as listener, pytest.raises(Refused, match="cannot be encrypted"):
        sending.send(listener.address.replace("http:", "https:"), b"{}", {})


@pytest.mark.usefixtures("allowed")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path):
    server = make_server("127.0.0.1", 0, Listener(), ssl_context=_certified(tmp_path))
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    with pytest.raises(Refused, match="no valid certificate"):
        sending.send(f"https://127.0.0.1:{server.server_port}/", b"{}", {})
    thread.join()
    server.server_close()


def _certified(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder))
    return context


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
    ],
)
def test_nothing_goes_into_a_private_network(address: str):
    with pytest.raises(Refused, match="private network"):
        sending.send(address, b"{}", {})


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "example.com",
        "https://",
        "https://user:secret@example.com/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://example.com/\r\nHost: other",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(Refused):
        sending.check(address)


def test_a_name_that_means_something_else_a_moment_later_leads_to_what_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
):
    """A name that is public when it is looked at and private when it is used again."""
    answers = ["93.184.215.14", "127.0.0.1"]
    reached: list[tuple[str, int]] = []

    def resolve(name: str, port: int, **more: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(to: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(to)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(TryAgain):
        sending.send("http://rebinding.example/", b"{}", {})
    assert reached == [("93.184.215.14", 80)]


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"]
)
def test_what_is_public_may_be_reached(address: str):
    assert sending.is_public(ipaddress.ip_address(address))

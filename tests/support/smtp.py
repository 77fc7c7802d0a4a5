"""A real mail server on loopback that takes, refuses, delays or drops what it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOGIN, PASSWORD = "ride@along", "s3cret#word"


class Post:
    """What came, and how the server behaves. ``answers``: of a command, one after another.

    ``slow``: seconds before it answers a command; ``drops``: commands at which it hangs up.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {}
        self.slow: dict[str, float] = {}
        self.drops: set[str] = set()
        self.came: list[EmailMessage] = []
        self.asked: list[str] = []

    async def _behaved(self, server: Any, command: str) -> str | None:
        self.asked.append(command)
        if command in self.drops:
            server.transport.abort()
            return "421 gone"
        await asyncio.sleep(self.slow.get(command, 0))
        waiting = self.answers.get(command)
        return waiting.pop(0) if waiting else None

    async def handle_RCPT(  # noqa: N802  as the library calls it
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        """Answer whether mail to somebody is taken."""
        said = await self._behaved(server, "RCPT")
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        if "DATA-KEPT" in self.drops:
            self._take(envelope)
            server.transport.abort()
            return "250 OK"
        said = await self._behaved(server, "DATA")
        if said is None:
            self._take(envelope)
        return said or "250 OK"

    def _take(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        self.came.append(message_from_bytes(content, policy=default))

    def let_in(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> Any:
        """Check who signs in."""
        del mechanism
        good = (data.login, data.password) == (LOGIN.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)


def certificate(folder: Path) -> Path:
    """Write a certificate of this machine and its key, signed by nobody else, into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(tz=UTC)
    local = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(local, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(pem))
    return path


@contextlib.contextmanager
def mail_server(post: Post, *, certified: Path | None = None) -> Iterator[int]:
    """Run a server while the block runs; yields its port.

    ``certified``: a file with its key and certificate; then one has to encrypt and sign in.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    more: dict[str, Any] = {}
    if certified is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certified)
        more = {"authenticator": post.let_in, "auth_required": True, "tls_context": context}
        more["require_starttls"] = True
    controller = Controller(post, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()

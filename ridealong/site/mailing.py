"""The mail server that an installation sends by, as ``EMAIL_URL`` and ``EMAIL_FROM`` name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
_FORM = "smtp+tls://user:password@host:587"


@dataclass(frozen=True)
class MailServer:
    """How mail is sent. ``problem``: why none can be, as a sentence; "" where it can.

    ``tls``: the line is encrypted once it is open (STARTTLS); ``ssl``: from the beginning.
    ``sender``: the address that mail comes from, with its name. Without a host in any sentence:
    whoever reads it may not be whoever keeps the installation.
    """

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    ssl: bool = False
    sender: str = ""
    problem: str = ""


def mail_server(url: str, sender: str) -> MailServer:
    """Read both settings; what is wrong with them is said, and never what is in them."""
    if not url.strip():
        return _none("set EMAIL_URL to the mail server and EMAIL_FROM to the sender's address.")
    if not is_address(parseaddr(sender)[1]):
        return _none("set EMAIL_FROM to the address that mail comes from.")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return _none(
            f"EMAIL_URL cannot be read; it has the form {_FORM}, signs escaped as in URLs."
        )
    if parts.scheme not in PORTS or not parts.hostname:
        return _none(f"EMAIL_URL has the form {_FORM}; smtp+ssl:// and smtp:// may begin it, too.")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtp+ssl",
        sender=sender.strip(),
    )


def is_address(text: str) -> bool:
    """Say whether a text is one address that mail can be sent to."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii()


def _none(what: str) -> MailServer:
    return MailServer(problem=f"Mail is not set up: {what}")

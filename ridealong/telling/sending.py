"""Sending a webhook's message over the line: to the address that was looked at, and once.

Whoever may enter an address must not reach what only this machine reaches. So a name is resolved
here, each address it has is looked at, and the line goes to the one looked at, whatever the name
means a moment later. No redirect is followed, and no proxy is asked.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, urlsplit

import certifi
from django.conf import settings

from ridealong.lib.again import Refused, TryAgain

TIMEOUT = 10.0
"""Seconds to connect, and seconds to wait for an answer."""
_READ = 2000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def checked(address: str) -> SplitResult:
    """Return the parts of an address that may be entered. Raises ``Refused`` with what is wrong."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise Refused("This is no address: it begins with https://.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise Refused("This is no address: it begins with https://.")
    if parts.username or parts.password:
        raise Refused("An address with a user or password in it is not taken.")
    if not address.strip().isascii() or any(sign.isspace() for sign in address.strip()):
        raise Refused("The address holds signs that addresses do not.")
    return parts


def check(address: str) -> None:
    """Look at an address without connecting to it. Raises ``Refused`` or ``TryAgain``."""
    _resolved(checked(address))


def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Post a body to an address; any answer from 200 to 299 is good.

    Raises ``TryAgain`` where it may work later, ``Refused`` where a person has to do something.
    """
    parts = checked(address)
    name = parts.hostname or ""
    try:
        with closing(_Line(parts, _resolved(parts))) as line:
            line.request("POST", _path(parts), body=body, headers=dict(headers))
            with line.getresponse() as answer:
                words = _words(answer)
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"{name} has no valid certificate: {error.verify_message}.") from error
    except TimeoutError as error:
        raise TryAgain(f"{name} does not answer within {TIMEOUT:.0f} seconds.") from error
    except (HTTPException, OSError) as error:
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
            raise Refused(f"The line to {name} cannot be encrypted.") from error
        raise TryAgain(f"The line to {name} broke.") from error
    _read(name, answer, words)


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


class _Line(HTTPConnection):
    """A line to an address that was looked at, whatever its name means by now."""

    def __init__(self, parts: SplitResult, to: Address) -> None:
        self._to = to
        self._encrypted = parts.scheme == "https"
        port = parts.port or (443 if self._encrypted else 80)
        super().__init__(parts.hostname or "", port, timeout=TIMEOUT)
        self.default_port = 443 if self._encrypted else 80

    def connect(self) -> None:
        """Connect, and encrypt for the name that was asked for."""
        self.sock = socket.create_connection((str(self._to), self.port), TIMEOUT)
        if self._encrypted:
            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _resolved(parts: SplitResult) -> Address:
    name = parts.hostname or ""
    try:
        found = socket.getaddrinfo(name, parts.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TryAgain(f"The name {name} is not known.") from error
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not settings.RIDEALONG_PRIVATE_WEBHOOKS and not all(map(is_public, addresses)):
        raise Refused(
            f"{name} is within a private network. Whoever keeps this installation may allow that "
            "with RIDEALONG_PRIVATE_WEBHOOKS=1."
        )
    return addresses[0]


def is_public(address: Address) -> bool:
    """Say whether an address, and the one it may stand for, is anybody's to reach."""
    if isinstance(address, ipaddress.IPv6Address):
        meant = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            meant = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo:
            return False
        if meant is not None:
            return is_public(meant)
    return address.is_global and not address.is_multicast


def _words(answer: HTTPResponse) -> str:
    """Return the beginning of what it says; a slow rest is not waited for."""
    if answer.status // 100 == 2:
        return ""
    return " ".join(answer.read1(_READ).decode(errors="replace").split())[:200]


def _read(name: str, answer: HTTPResponse, words: str) -> None:
    status = answer.status
    if status // 100 == 2:
        return
    said = f"{name} answered {status}{f': {words}' if words else ''}"
    if status in {408, 425, 429} or status >= 500:
        raise TryAgain(f"{said}.", after=_asked(answer.getheader("Retry-After")))
    if status // 100 == 3:
        raise Refused(f"{said}: it leads elsewhere. Enter the address where it leads.")
    raise Refused(f"{said}.")


def _asked(said: str | None) -> timedelta | None:
    """Return how long it asks to be left alone: seconds, or a date."""
    if not said:
        return None
    if said.strip().isdigit():
        return timedelta(seconds=min(int(said), 86_400))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    seconds = until.timestamp() - time.time()
    return timedelta(seconds=min(max(seconds, 0), 86_400))

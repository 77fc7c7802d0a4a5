"""A mailbox on an IMAP server, only ever read: nothing is marked as seen, moved or deleted."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError
from imap_tools.folder import FolderInfo
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.connector import Access
from ridealong.sources.mail import signing_in

TIMEOUT = 60.0
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NEVER = frozenset({"\\noselect", "\\nonexistent", "\\drafts", "\\trash", "\\junk"})
_UID = re.compile(rb"UID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DROPPED = (imaplib.IMAP4.abort, ConnectionError, TimeoutError, ssl.SSLError, EOFError)


@dataclass(frozen=True, slots=True)
class Held:
    """A message that the server holds: its number in the folder and its size in bytes."""

    uid: int
    size: int


@contextmanager
def opened(access: Access) -> Iterator[Mailbox]:
    """Sign in. Raises ``Refused`` or ``TryAgain``, also for what goes wrong inside the block."""
    server = _connected(access)
    try:
        _signed_in(server, access)
        yield Mailbox(server)
    except _DROPPED as error:
        raise TryAgain(f"{access['host']} ended the connection.") from error
    finally:
        _left(server)


def _connected(access: Access) -> BaseMailBox:
    host, security = access["host"], access["security"]
    try:
        port = int(access["port"])
    except ValueError as error:
        raise Refused(f"Port: {access['port']!r} is no number.") from error
    if security == "none" and host not in _LOOPBACK:
        raise Refused("Security: without encryption only a server on this machine is reached.")
    try:
        if security == "tls":
            return MailBox(host, port, timeout=TIMEOUT)
        if security == "starttls":
            return MailBoxStartTls(host, port, timeout=TIMEOUT)
        return MailBoxUnencrypted(host, port, timeout=TIMEOUT)
    except ssl.SSLCertVerificationError as error:
        raise Refused(f"Host: {host} has no valid certificate for that name.") from error
    except OverflowError as error:
        raise Refused(f"Port: there is no port {port}.") from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise TryAgain(f"{host}:{port} could not be reached.") from error


def _signed_in(server: BaseMailBox, access: Access) -> None:
    token = signing_in.access_token(access) if access["sign_in"] != "password" else ""
    try:
        if token:
            server.xoauth2(access["login"], token, initial_folder=None)
        else:
            server.login_utf8(access["login"], access["password"], initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        what = "Refresh token" if token else "Login or password"
        raise Refused(f"{what}: {access['host']} does not let {access['login']} in.") from error


def _left(server: BaseMailBox) -> None:
    try:
        server.logout()
    except (imaplib.IMAP4.error, OSError):
        # It is gone already, which is what was wanted.
        server.client.shutdown()


class Mailbox:
    """Folders and their messages."""

    def __init__(self, server: BaseMailBox) -> None:
        self._server = server

    def folders(self, private: Sequence[str]) -> list[str]:
        """Return the folders to read, in order of name: not drafts, rubbish, or private ones.

        Where a folder of everything exists (Gmail's), that one is enough, unless some are private.
        """
        found = [each for each in self._server.folder.list() if not _flags(each) & _NEVER]
        everything = [each.name for each in found if "\\all" in _flags(each)]
        if everything and not private:
            return everything
        left_out = {name.casefold() for name in private}
        return sorted(
            each.name
            for each in found
            if each.name not in everything and not _within(each, left_out)
        )

    def open(self, folder: str) -> int | None:
        """Open a folder for reading and return its UIDVALIDITY; None where it cannot be opened."""
        try:
            self._server.folder.set(folder, readonly=True)
        except MailboxFolderSelectError:
            return None
        _, data = self._server.client.response("UIDVALIDITY")
        return int(data[0]) if data and data[0] else 0

    def newer(self, last: int, since: date) -> list[int]:
        """Return the numbers after ``last`` in the open folder, of messages since that day."""
        asked = f"UID {last + 1}:* SINCE {imaplib.Time2Internaldate(_noon(since))[1:12].strip()}"
        found = (int(uid) for uid in self._server.uids(asked))
        # A range up to * always holds the last message, also when it is older.
        return sorted(uid for uid in found if uid > last)

    def sizes(self, uids: Sequence[int]) -> list[Held]:
        """Return what of these the server still holds, in order."""
        rows = self._fetched(uids, "(UID RFC822.SIZE)")
        held = [_held(row if isinstance(row, bytes) else row[0]) for row in rows if row]
        return sorted((each for each in held if each), key=lambda each: each.uid)

    def messages(self, uids: Sequence[int]) -> Iterator[tuple[int, datetime, bytes]]:
        """Return each message's number, when the server got it, and its bytes."""
        for row in self._fetched(uids, "(UID INTERNALDATE BODY.PEEK[])"):
            if isinstance(row, tuple) and (uid := _UID.search(row[0])):
                moment = imaplib.Internaldate2tuple(row[0])
                received = datetime(*moment[:6]).astimezone(UTC) if moment else None
                yield int(uid[1]), received or datetime(1970, 1, 1, tzinfo=UTC), row[1]

    def _fetched(self, uids: Sequence[int], parts: str) -> list[bytes | tuple[bytes, bytes]]:
        if not uids:
            return []
        status, rows = self._server.client.uid("fetch", ",".join(map(str, uids)), parts)
        if status != "OK":
            raise TryAgain("The mail server did not give the messages that were asked for.")
        return [row for row in rows if row is not None]


def _flags(folder: FolderInfo) -> set[str]:
    return {flag.lower() for flag in folder.flags}


def _within(folder: FolderInfo, names: set[str]) -> bool:
    """Say whether a folder is one of these, or lies in one."""
    parts = folder.name.casefold().split(folder.delim) if folder.delim else [folder.name.casefold()]
    return any(folder.delim.join(parts[: n + 1]) in names for n in range(len(parts)))


def _held(row: bytes) -> Held | None:
    uid, size = _UID.search(row), _SIZE.search(row)
    return Held(int(uid[1]), int(size[1])) if uid and size else None


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

"""One mail, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ridealong.sources.mail import identity, kinds
from ridealong.sources.mail.addresses import Address, addresses, sender
from ridealong.sources.mail.characters import one_line
from ridealong.sources.mail.contents import Contents, contents
from ridealong.sources.mail.headers import Headers
from ridealong.sources.mail.moments import sent_at
from ridealong.sources.mail.quotes import without_quotes
from ridealong.sources.mail.signatures import split
from ridealong.sources.mail.structure import MAX_BYTES, Unreadable, parse

__all__ = ["MAX_BYTES", "Address", "Message", "Unreadable", "read"]

MAX_SUBJECT = 250
MAX_TEXT = 20_000
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
_EXPECTED = ("from", "sender", "to", "date", "subject", "message-id", "received", "return-path")


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail says: who, when, to whom, and what its sender wrote in it.

    ``text`` is without earlier mail and without the ``signature``. ``thread`` is the root of the
    conversation, ``references`` the earlier mails of it. ``attachments`` are names,
    ``invitations`` calendars as text.
    """

    id: str
    at: datetime
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    signature: str
    thread: str
    references: tuple[str, ...]
    attachments: tuple[str, ...]
    automatic: bool
    bounce: bool
    invitations: tuple[str, ...]
    forwarded: bool


def read(raw: bytes, *, received: datetime) -> Message:
    """Return what a mail says; raise Unreadable if that cannot be known."""
    try:
        mail = parse(raw)
        headers = Headers(mail.items())
        if not any(name in headers for name in _EXPECTED):
            raise Unreadable("This is not a mail: it does not say from whom, to whom or when.")
        return _message(headers, contents(mail), received)
    except Unreadable:
        raise
    except Exception as error:
        # One mail of a stranger must not keep all others from being read.
        raise Unreadable("The mail is broken in a way that cannot be read.") from error


def _message(headers: Headers, found: Contents, received: datetime) -> Message:
    subject = one_line(headers.text("subject"), MAX_SUBJECT)
    own = identity.own_id(headers, found.body)
    known = identity.references(headers, own)
    author = sender(headers)
    written, forwards = without_quotes(found.body)
    text, signature = split(written)
    bounce = kinds.bounce(headers, subject, author.email, found.delivery_report)
    return Message(
        id=own,
        at=sent_at(headers, received),
        sender=author,
        to=addresses(headers.all("to")),
        cc=addresses(headers.all("cc")),
        subject=subject,
        text=_GAP.sub("\n\n", text)[:MAX_TEXT].strip(),
        signature=signature,
        thread=identity.thread(headers, known, own),
        references=known,
        attachments=tuple(found.attachments),
        automatic=bounce or kinds.automatic(headers, subject),
        bounce=bounce,
        invitations=tuple(found.invitations),
        forwarded=not bounce and (forwards or found.inner_mail or kinds.passed_on(subject)),
    )

"""Which mail this is, and which conversation it belongs to."""

from __future__ import annotations

import binascii
import hashlib
import re

from ridealong.sources.mail.headers import Headers

MAX_ID = 180
MAX_REFERENCES = 50
_ANGLED = re.compile(r"<([^<>]+)>")
# A Thread-Index begins with what all mails of a conversation share.
_SHARED = 22


def digest(*parts: str) -> str:
    """Return an id made of what is given."""
    mark = hashlib.sha256("\x00".join(parts).encode("utf-8", "replace"))
    return f"sha-{mark.hexdigest()}"


def own_id(headers: Headers, body: str) -> str:
    """Return the mail's id; without a Message-ID, one made of what the mail says."""
    if ids := _ids(headers.first("message-id")):
        return ids[0]
    return digest(*(headers.first(name) for name in ("date", "from", "subject")), body)


def references(headers: Headers, own: str) -> tuple[str, ...]:
    """Return the ids of earlier mails, the oldest first, each once and never the mail's own."""
    ids = dict.fromkeys(_ids(headers.first("references")) + _ids(headers.first("in-reply-to")))
    ids.pop(own, None)
    known = tuple(ids)
    if len(known) <= MAX_REFERENCES:
        return known
    # The root says which conversation this is, the last ones what is answered.
    return known[:1] + known[1 - MAX_REFERENCES :]


def thread(headers: Headers, known: tuple[str, ...], own: str) -> str:
    """Return the root of the conversation."""
    if known:
        return known[0]
    try:
        index = binascii.a2b_base64(headers.first("thread-index").replace(" ", ""))
    except ValueError:
        index = b""
    if len(index) >= _SHARED:
        return index[:_SHARED].hex()
    gmail = headers.first("x-gm-thrid")[:MAX_ID]
    return gmail or own


def _ids(value: str) -> list[str]:
    found = _ANGLED.findall(value) or value.replace(",", " ").split()
    ids = ("".join(text.strip("<>").split()) for text in found)
    # Cut the same way everywhere, so that what refers to a long id still finds it.
    return [text if len(text) <= MAX_ID else digest(text) for text in ids if text]

"""A mail's bytes taken apart, whatever was done to them."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message as Part
from email.policy import Compat32
from typing import Any

from ridealong.sources.mail.characters import decode

MAX_BYTES = 50 * 1024 * 1024
MAX_LINES = 1_500_000
MAX_DEPTH = 50
MAX_PARTS = 5_000
_ABOUT_CONTENT = 4_000
_OTHERS = 64_000
_LONGEST_TEXT = 4_000_000


class Unreadable(ValueError):
    """A mail that cannot be read; the text says why, for a person."""


class Bounded(Compat32):
    """Keeps headers short and decodes their bytes.

    The newer policies read headers by a grammar: that raises on broken ones, and takes minutes on
    hostile ones.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return name and value of the lines of one header."""
        name, _, value = sourcelines[0].partition(":")
        limit = _ABOUT_CONTENT if name[:8].lower() == "content-" else _OTHERS
        value = "".join((value[:limit], *(line[:limit] for line in sourcelines[1:1000])))
        raw = value[:limit].strip().encode("ascii", "surrogateescape")
        return name[:200], decode(raw, None)


def parse(raw: bytes) -> Part:
    """Return the mail in its parts; raise Unreadable where that cannot be done."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"The mail is larger than {MAX_BYTES // 1024**2} MB.")
    if not raw.strip():
        raise Unreadable("The mail is empty.")
    if raw.count(b"\n") + raw.count(b"\r") > 2 * MAX_LINES:
        raise Unreadable("The mail has more lines than a mail can have.")
    try:
        mail = message_from_bytes(raw, policy=Bounded())
    except RecursionError:
        raise Unreadable("The mail's parts are nested too deeply.") from None
    _check_shape(mail)
    return mail


def _check_shape(mail: Part) -> None:
    level, count = [mail], 0
    for _ in range(MAX_DEPTH):
        level = [inner for part in level for inner in children(part)]
        count += len(level)
        if count > MAX_PARTS:
            raise Unreadable("The mail has more parts than a mail can have.")
        if not level:
            return
    raise Unreadable("The mail's parts are nested too deeply.")


def children(part: Part) -> list[Part]:
    """Return the parts directly inside a part."""
    inside: Any = part.get_payload()
    return [inner for inner in inside if isinstance(inner, Part)] if part.is_multipart() else []


def text_of(part: Part) -> str:
    """Return the text of a part, in its charset or what it most likely is."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_param("charset")
    return decode(data[:_LONGEST_TEXT], charset if isinstance(charset, str) else None)

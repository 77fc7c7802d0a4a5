"""The lines that a mail begins with, decoded."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable

from ridealong.sources.mail.characters import clean, decode

MAX_VALUES = 200
_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bqBQ])\?([^?]*)\?=")
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


class Headers:
    """The headers of a mail by name, whatever its case; each may stand there several times."""

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in items:
            values = self._values.setdefault(name.strip().lower(), [])
            if len(values) < MAX_VALUES:
                values.append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def all(self, name: str) -> list[str]:
        """Return the values of a header as they were sent, each on one line."""
        return [clean(value).replace("\n", " ") for value in self._values.get(name, [])]

    def first(self, name: str) -> str:
        """Return the first value that says something, as it was sent, or "" without one."""
        return next((value.strip() for value in self.all(name) if value.strip()), "")

    def text(self, name: str) -> str:
        """Return the first value for a person to read."""
        return decoded(self.first(name))


def decoded(value: str) -> str:
    """Return a header's value with its encoded words as text."""
    done: list[str] = []
    end, charset, data = 0, "", b""
    for word in _WORD.finditer(value):
        gap = value[end : word.start()]
        end = word.end()
        # Long texts are several words, which some programs cut in the middle of a character.
        if charset == word[1].lower() and not gap.strip():
            data += _bytes(word)
            continue
        done.append(decode(data, charset))
        # Space between two encoded words is no part of the text.
        done.append(gap if gap.strip() or not charset else "")
        charset, data = word[1].lower(), _bytes(word)
    return clean("".join((*done, decode(data, charset), value[end:])))


def _bytes(word: re.Match[str]) -> bytes:
    if word[2] in "qQ":
        return binascii.a2b_qp(word[3].encode("utf-8", "replace"), header=True)
    letters = _NO_BASE64.sub("", word[3])
    try:
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    except binascii.Error:
        return word[0].encode("utf-8", "replace")

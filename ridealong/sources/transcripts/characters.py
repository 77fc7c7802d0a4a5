"""Bytes of a transcript as text that a database takes."""

from __future__ import annotations

import codecs
import re

MAX_NAME = 200

_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SAMPLE = 4096


def decode(raw: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16 or Windows' cp1252."""
    return _UNWANTED.sub("", raw.decode(_encoding(raw), "replace"))


def one_line(text: str) -> str:
    """Return text with single spaces, without what no one can see."""
    return " ".join(_UNWANTED.sub("", text).split())


def _encoding(raw: bytes) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark, UTF-16 shows in one half of the bytes: most are the zeros of Western letters.
    sample = raw[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 3 > len(sample) and min(even, odd) * 20 < len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8" if _is_utf8(raw) else "cp1252"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        # One byte damaged on the way does not make every other letter cp1252.
        lenient = raw.decode("utf-8", "replace")
        damaged = lenient.count("\ufffd")
        return sum(character > "\x7f" for character in lenient) > 2 * damaged
    return True

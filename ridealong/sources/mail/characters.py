"""Bytes of any charset as text that a database takes."""

from __future__ import annotations

import codecs
import re

# Some of Python's codecs are no charsets, slow on long input, or make characters of ASCII.
_REFUSED = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
# What declares one of these mostly means the wider one.
_WIDER = {"ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949"}

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")


def decode(data: bytes, charset: str | None) -> str:
    """Return the text of bytes: as declared if that fits, else as what it most likely is."""
    declared = _codec(charset)
    for name in dict.fromkeys((declared, "utf-8")):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    lenient = data.decode(declared, "replace")
    if lenient.count("\ufffd") * 20 <= len(lenient):
        return lenient
    return data.decode("cp1252", "replace")


def _codec(charset: str | None) -> str:
    try:
        name = codecs.lookup((charset or "utf-8").strip("'\" ").partition("*")[0]).name
        if name.replace("_", "-") in _REFUSED:
            return "utf-8"
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return "utf-8"
    return _WIDER.get(name, name)


def clean(text: str) -> str:
    """Return text with plain line ends and spaces, without what no one can see."""
    return _SPACES.sub(" ", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str, limit: int) -> str:
    """Return text as one line of at most so many characters."""
    # Only so much can count: collapsing the spaces of megabytes is work for nothing.
    return " ".join(clean(text[: limit * 20]).split())[:limit].rstrip()

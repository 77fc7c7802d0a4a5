"""Who wrote a mail, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ridealong.sources.mail.characters import one_line
from ridealong.sources.mail.headers import Headers, decoded

MAX_ADDRESSES = 500
MAX_EMAIL = 254
MAX_NAME = 200
_PIECE = re.compile(
    r'"(?:[^"\\]|\\.){0,500}"|<[^<>]*>|\((?:[^()\\]|\\.){0,500}\)|[,;]|[^",;<>()]+|.'
)
_EMAIL = re.compile(r"""[^\s@<>()",;:]{1,64}@[^\s@<>()",;:]{1,190}""")
_QUOTED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Address:
    """A person or a mailbox; the email is in lower case."""

    name: str
    email: str


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """Return the addresses that headers list, each once."""
    found: dict[str, Address] = {}
    for value in values:
        for name, comment, email in _entries(value):
            if len(found) == MAX_ADDRESSES:
                return tuple(found.values())
            if len(email) <= MAX_EMAIL:
                address = Address(one_line(name or comment, MAX_NAME), email)
                found.setdefault(email, address)
    return tuple(found.values())


def sender(headers: Headers) -> Address:
    """Return who wrote the mail; without any address, what stands there as a name."""
    for name in ("from", "sender", "return-path"):
        if found := addresses(headers.all(name)):
            return found[0]
    return Address(one_line(headers.text("from").strip("<>\"' "), MAX_NAME), "")


def _entries(value: str) -> Iterator[tuple[str, str, str]]:
    """Go through (name, comment, email); the comment is the name that stands in parentheses.

    The standard library's reader gives up on lists that people's programs write every day, such
    as names with commas and without quotes, and recurses into parentheses.
    """
    name, comment, email = "", "", ""
    for piece in (*_PIECE.findall(value), ","):
        if piece in (",", ";"):
            loose = None if email else _EMAIL.search(name)
            if loose:
                name, email = name[: loose.start()], loose[0]
            if email:
                yield _name(name), _name(comment[1:-1]), email.lower()
            # A comma after no address stood in the name: "Meyer, Jan <jan@…>".
            rest = piece == "," and not email and name.strip()
            name, comment, email = (f"{name}," if rest else ""), "", ""
        elif piece[0] == "<" and (inside := _EMAIL.search(piece)):
            email = inside[0]
        elif piece[0] == "(" and len(piece) > 1:
            comment = piece
        elif piece[0] == '"' and len(piece) > 1:
            name += _QUOTED.sub(r"\1", piece[1:-1])
        else:
            # A group of addresses begins with its own name and a colon.
            name = (name + piece).rpartition(":")[2] if ":" in piece else name + piece


def _name(text: str) -> str:
    return " ".join(decoded(text).strip(" ,'\"<>").split())

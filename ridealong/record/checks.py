"""Checks of what a field may hold: each returns the plain JSON form that is kept, or raises."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ridealong.lib.money import to_hundredths

LINE = 255
"""The most characters that a key, a name or another one-line field may have."""


def text(value: Any) -> str:
    """Text, without NUL characters."""
    if not isinstance(value, str):
        raise TypeError("text expected")
    if "\x00" in value:
        raise ValueError("a NUL character cannot be kept")
    return value


def line(value: Any) -> str:
    """One line of text, of at most ``LINE`` characters."""
    if len(text(value)) > LINE:
        raise ValueError(f"longer than {LINE} characters")
    return str(value)


def currency(value: Any) -> str:
    """A currency's three capital letters (ISO 4217)."""
    if len(text(value)) != 3 or not value.isascii() or not value.isupper():
        raise ValueError("a currency's three capital letters expected")
    return str(value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value


def amount(value: Any) -> str:
    """An amount of money, as decimal text."""
    to_hundredths(value)
    return str(Decimal(value))


def day(value: Any) -> str:
    """A day, as ISO text."""
    return value.isoformat() if type(value) is date else date.fromisoformat(text(value)).isoformat()


def moment(value: Any) -> str:
    """A moment with its offset from UTC, as ISO text."""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(text(value))
    if read.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return read.isoformat()


def number(value: Any) -> float:
    """A number."""
    return float(value)


def texts(value: Any) -> list[str]:
    """A list of texts."""
    return [text(item) for item in value]


def keys(value: Any) -> list[str]:
    """A list of keys of subjects."""
    return [line(item) for item in value]


def plain(value: Any) -> Any:
    """Anything that JSON can hold."""
    json.dumps(value)
    return value


def one_of(*allowed: str) -> Callable[[Any], str]:
    """Return the check of a choice."""

    def check(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(repr(a) for a in allowed)} expected")
        return str(value)

    return check


def whole(value: Any) -> int:
    """A whole number of common size."""
    if abs(int(value)) > 2_000_000_000:
        raise ValueError("too large a number")
    return int(value)


def shares(allowed: tuple[str, ...]) -> Callable[[Any], dict[str, float]]:
    """Return the check of shares by name, each from 0 to 1 and 1 together."""

    def check(value: Any) -> dict[str, float]:
        if not isinstance(value, dict) or not set(value) <= set(allowed):
            raise ValueError(f"shares of {', '.join(allowed)} expected")
        found = {name: float(share) for name, share in value.items()}
        whole = abs(sum(found.values()) - bool(found)) <= 0.02
        if not whole or min(found.values(), default=0.0) < 0:
            raise ValueError("shares are from 0 to 1 and 1 together")
        return found

    return check

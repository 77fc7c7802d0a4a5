"""Fields of a recorder's JSON, each checked, with its place in the file where it is wrong."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from ridealong.sources.transcripts.moments import moment
from ridealong.sources.transcripts.pieces import Unreadable

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2}(?:[.,]\d{1,9})?)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?s?")
_NO_NUMBER = re.compile(r"[:\[,]\s*-?(?:NaN|Infinity)\b")


def load(text: str) -> Any:
    """Return what JSON says."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unreadable(f"Line {error.lineno} is no JSON: {error.msg}.") from error
    except RecursionError:
        raise Unreadable("The file's lists and objects are nested too deeply.") from None
    except _NoNumber as error:
        found = _NO_NUMBER.search(text)
        line = text.count("\n", 0, found.end()) + 1 if found else 1
        raise Unreadable(f"Line {line} has {error} where a number belongs.") from None
    except ValueError:
        raise Unreadable("The file has a number with thousands of digits.") from None


def first(item: dict[str, Any], keys: Iterable[str]) -> tuple[str, Any]:
    """Return the first of these fields that holds anything, with its name."""
    for key in keys:
        if item.get(key) not in (None, ""):
            return key, item[key]
    return "", None


def text_at(item: dict[str, Any], keys: Iterable[str], path: str) -> str:
    """Return the text that the first of these fields holds."""
    key, value = first(item, keys)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{path}.{key} is not text.")
    return value or ""


def seconds_at(
    item: dict[str, Any], keys: Iterable[str], path: str, scale: float = 1.0
) -> float | None:
    """Return seconds, or seconds since 1970 where a moment stands; None where nothing does."""
    key, value = first(item, keys)
    if value is None:
        return None
    if key.lower().endswith(("_ms", "ms", "millis")):
        scale = 0.001
    seconds = _number(value, scale) if not isinstance(value, str) else _written(value.strip())
    if seconds is None:
        raise Unreadable(f"{path}.{key} is not a time.")
    return seconds


def _number(value: Any, scale: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value) * scale
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None


def _written(value: str) -> float | None:
    if match := _CLOCK.fullmatch(value):
        hours, minutes, seconds = match.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    if _NUMBER.fullmatch(value):
        return float(value.rstrip("s"))
    at = moment(value)
    return at.timestamp() if at else None


class _NoNumber(Exception):
    pass


def _no_number(word: str) -> NoReturn:
    raise _NoNumber(word)

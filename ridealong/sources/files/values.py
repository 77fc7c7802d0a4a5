"""Amounts, dates and words as people and programs write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel.core import get_global
from dateutil import parser as dates

from ridealong.lib.clock import start_of_day

DateOrder = Literal["dmy", "mdy", "ymd"]
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "zł": "PLN", "₹": "INR", "₽": "RUB"}
CURRENCIES = frozenset(get_global("all_currencies"))
_NUMERIC = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})(?:[ T,]+(.+))?$")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}")
MINUS = "\u2212"
_MULTIPLES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
EXCEL_ZERO = date(1899, 12, 30)
YEARS = range(1970, 2101)


class InvalidValue(ValueError):
    """A value that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes: the decimal mark, and the order of day and month."""

    decimal: str = "."
    order: DateOrder = "dmy"
    ambiguous: bool = False


def amount(value: Any, decimal: str = ".") -> tuple[Decimal, str]:
    """Read an amount and the currency written with it ("" where there is none).

    Knows “1.234,50 €”, “$1,234.50”, “1 234,50”, “1'234.50”, “(1,234.00)”, “12k”, “1.5M”.
    """
    if isinstance(value, bool):
        raise InvalidValue("is not an amount")
    if isinstance(value, int | float | Decimal):
        return _finite(str(value)), ""
    text = str(value).replace("\u00a0", " ").replace("\u202f", " ").strip()
    currency, text = _currency(text)
    negative = (text.startswith("(") and text.endswith(")")) or text.startswith(("-", MINUS))
    text = text.strip(f"()-{MINUS}+ ")
    match = re.fullmatch(r"([\d.,'’ ]*\d)\s*(k|m|bn)?", text, re.IGNORECASE)
    if match is None:
        raise InvalidValue("is not an amount")
    number = _finite(_plain(match[1], decimal)) * _MULTIPLES.get((match[2] or "").lower(), 1)
    return (-number if negative else number), currency


def _currency(text: str) -> tuple[str, str]:
    for symbol, code in SYMBOLS.items():
        if symbol in text:
            return code, text.replace(symbol, "").replace("US", "").strip()
    match = re.match(r"^([A-Z]{3})\b|\b([A-Z]{3})$", text)
    if match:
        code = (match[1] or match[2] or "").upper()
        if code in CURRENCIES:
            return code, (text[: match.start()] + text[match.end() :]).strip()
    return "", text


def _plain(digits: str, decimal: str) -> str:
    digits = re.sub(r"[ '’]", "", digits)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif max(dots, commas) > 1:
        decimal = "," if dots else "."
    elif dots + commas == 1:
        mark = "." if dots else ","
        fraction = len(digits) - digits.index(mark) - 1
        if fraction != 3:
            decimal = mark
    thousands = "," if decimal == "." else "."
    return digits.replace(thousands, "").replace(decimal, ".")


def _finite(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidValue("is not an amount") from None
    if not number.is_finite() or abs(number) > Decimal("9e16"):
        raise InvalidValue("is too large an amount, or none")
    return number


def decimal_mark(values: Iterable[Any]) -> str:
    """Return the decimal mark that most of a column's values show; "." where none does."""
    votes = {".": 0, ",": 0}
    for value in values:
        text = re.sub(r"[^\d.,]", "", str(value)) if isinstance(value, str) else ""
        marks = [c for c in text if c in ".,"]
        if not marks:
            continue
        last = marks[-1]
        fraction = len(text) - text.rindex(last) - 1
        if len(set(marks)) == 2 or (len(marks) == 1 and fraction != 3):
            votes[last] += 1
        elif len(marks) > 1:
            votes["," if last == "." else "."] += 1
    return "," if votes[","] > votes["."] else "."


def date_order(values: Iterable[Any], *, fallback: DateOrder) -> tuple[DateOrder, bool]:
    """Return the order of day and month of a column, and whether nothing in it decides."""
    first = second = numeric = 0
    for value in values:
        match = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
        if match:
            numeric += 1
            first += int(match[1]) > 12
            second += int(match[2]) > 12
    if first or second:
        return ("dmy" if first >= second else "mdy"), False
    return fallback, numeric > 0


def moment(  # noqa: PLR0911  one for each way of writing a date
    value: Any, order: DateOrder, zone: ZoneInfo
) -> datetime:
    """Read a moment; a day alone is its start in ``zone``."""
    if isinstance(value, datetime):
        return _in_years(value if value.tzinfo else value.replace(tzinfo=zone))
    if isinstance(value, date):
        return _in_years(start_of_day(value, zone))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value), zone)
    text = str(value).strip()
    if _ISO.match(text):
        return _iso(text, zone)
    numeric = _NUMERIC.match(text)
    if numeric:
        return _in_years(_numeric(numeric, order, zone))
    if re.fullmatch(r"\d{4,13}(\.\d+)?", text):
        return _serial(float(text), zone)
    try:
        found = dates.parse(text, dayfirst=order == "dmy", default=datetime(1, 1, 1))  # noqa: DTZ001  tells what is missing
    except (ValueError, OverflowError):
        raise InvalidValue("is not a date") from None
    if found.year == 1:
        raise InvalidValue("is not a whole date")
    return _in_years(found if found.tzinfo else found.replace(tzinfo=zone))


def day(value: Any, order: DateOrder, zone: ZoneInfo) -> date:
    """Read a day in ``zone``."""
    found = moment(value, order, zone)
    return found.astimezone(zone).date() if found.tzinfo else found.date()


def _iso(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", text))
    except ValueError:
        raise InvalidValue("is not a date") from None
    return _in_years(found if found.tzinfo else found.replace(tzinfo=zone))


def _numeric(match: re.Match[str], order: DateOrder, zone: ZoneInfo) -> datetime:
    one, two, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if year < 100 else 0
    days, months = (two, one) if order == "mdy" else (one, two)
    clock = datetime(1, 1, 1)  # noqa: DTZ001  only its time is used
    try:
        if match[4]:
            clock = dates.parse(match[4], default=clock)
        return datetime(
            year, months, days, clock.hour, clock.minute, clock.second, tzinfo=clock.tzinfo or zone
        )
    except (ValueError, OverflowError):
        shown = "day and month" if order == "dmy" else "month and day"
        raise InvalidValue(f"is not a date read as {shown}") from None


def _serial(number: float, zone: ZoneInfo) -> datetime:
    """Milliseconds or seconds since 1970, or Excel's days since 1900."""
    try:
        if number >= 1e11:
            return _in_years(datetime.fromtimestamp(number / 1000, tz=UTC))
        if number >= 1e9:
            return _in_years(datetime.fromtimestamp(number, tz=UTC))
        whole = start_of_day(EXCEL_ZERO + timedelta(days=int(number)), zone)
        return _in_years(whole + timedelta(seconds=round(number % 1 * 86_400)))
    except (ValueError, OverflowError, OSError):
        raise InvalidValue("is not a date") from None


def _in_years(found: datetime) -> datetime:
    if found.year not in YEARS:
        raise InvalidValue(f"is in the year {found.year}")
    return found


def flag(value: Any) -> bool:
    """Read yes or no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in {"1", "true", "yes", "y", "ja", "oui", "x", "won", "closed"}:
        return True
    if word in {"0", "false", "no", "n", "nein", "non", "", "none"}:
        return False
    raise InvalidValue("is neither yes nor no")


def share(value: Any) -> float:
    """Read a probability: “60%”, 60 and 0.6 are the same."""
    text = str(value).strip()
    try:
        number = float(text.rstrip("% ").replace(",", "."))
    except ValueError:
        raise InvalidValue("is not a probability") from None
    number = number / 100 if "%" in text or number > 1 else number
    if not 0 <= number <= 1:
        raise InvalidValue("is not between 0 and 100%")
    return number

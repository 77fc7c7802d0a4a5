"""Amounts of money: exact hundredths of one currency's unit."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

MAX_HUNDREDTHS = 9_000_000_000_000_000_000
"""What a 64-bit column holds, a little rounded down."""


def to_hundredths(amount: Decimal | int | str) -> int:
    """Return ``amount`` (units of a currency) in hundredths, half rounded up.

    Raises ``ValueError`` when it is not a finite number or too large to keep.
    """
    try:
        value = Decimal(amount)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        message = f"“{amount}” is not an amount"
        raise ValueError(message)
    if abs(value) > MAX_HUNDREDTHS // 100:
        message = f"“{amount}” is too large an amount"
        raise ValueError(message)
    return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def from_hundredths(hundredths: int) -> Decimal:
    """Return hundredths as units of the currency, with two decimals."""
    return Decimal(hundredths).scaleb(-2)


_SPOKEN = re.compile(r"(?P<number>\d[\d.,'\s]*)(?P<unit>k|m|mio|bn)?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "mio": 1_000_000, "bn": 1_000_000_000}
_GROUPED = re.compile(r"\d{1,3}([.,'])\d{3}(\1\d{3})*")


def amount_meant(text: str) -> Decimal:
    """Read an amount as people write it: 450k, 1.2m, 450,000, €450.000, 12.50; not below 0.

    Separators before three digits each group. Raises ``ValueError`` with a sentence for the user.
    """
    cleaned = text.strip().strip("$€£¥₪₹ \u00a0")
    found = _SPOKEN.fullmatch(cleaned)
    if found is None:
        raise ValueError(f"“{text.strip()}” is no amount: write 450k, 1.2m or 450,000.")
    digits = re.sub(r"\s", "", found["number"])
    grouped, decimals = _parted(digits)
    try:
        amount = Decimal(grouped + decimals) * _UNITS[(found["unit"] or "").lower()]
        to_hundredths(amount)
    except (InvalidOperation, ValueError) as error:
        raise ValueError(f"“{text.strip()}” is no amount: write 450k, 1.2m or 450,000.") from error
    return amount


def _parted(digits: str) -> tuple[str, str]:
    """Return the whole part without separators, and the decimals with their point."""
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[.,']", "", digits), ""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits.replace("'", ""), ""
    return re.sub(r"[.,']", "", digits[:last]), f".{digits[last + 1 :]}"

"""Amounts of money: exact hundredths of one currency's unit."""

from __future__ import annotations

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

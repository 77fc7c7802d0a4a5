"""What currencies were last worth, as the European Central Bank published it."""

from __future__ import annotations

from datetime import date
from functools import cache

from currency_converter import CurrencyConverter


@cache
def _table() -> CurrencyConverter:
    return CurrencyConverter()


def last_rate(code: str, currency: str) -> tuple[str, date] | None:
    """Return what one unit of ``code`` was worth in ``currency``, and on which day.

    The table is the one packaged with the library, so that nothing is fetched; None for a currency
    that the bank does not publish.
    """
    table = _table()
    try:
        worth = table.convert(1, code, currency)
    except (ValueError, KeyError):
        return None
    published = code if code != "EUR" else currency
    return f"{worth:.6g}", table.bounds[published].last_date

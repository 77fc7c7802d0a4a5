"""The amount of money that a sentence names."""

from __future__ import annotations

import re
from decimal import Decimal

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_NUMBER = r"\d[\d.,'’\u00a0\u202f ]*\d|\d"
_TIMES = r"k|mio\.?|million(?:en)?|m"
_AMOUNT = re.compile(
    rf"(?P<before>€|\$|£|\b(?:EUR|USD|GBP|CHF)\b)\s?(?P<n1>{_NUMBER})\s?(?P<t1>(?:{_TIMES})\b)?"
    rf"|(?<![\w.,])(?P<n2>{_NUMBER})\s?(?P<t2>(?:{_TIMES})(?=\s))?\s?(?P<after>€|\$|£|\b(?:EUR|USD|GBP|CHF|Euro)\b)",
    re.IGNORECASE,
)
_THOUSAND, _MILLION = 1000, 1_000_000


def amount_named(sentence: str) -> tuple[Decimal, str] | None:
    """Return the one amount and its currency (ISO 4217); None for none, or several."""
    found = {_read(match) for match in _AMOUNT.finditer(sentence)}
    return next(iter(found)) if len(found) == 1 else None


def _read(match: re.Match[str]) -> tuple[Decimal, str]:
    sign = (match["before"] or match["after"]).upper().removesuffix("O")
    factor = (match["t1"] or match["t2"] or "").lower().rstrip(".")
    number = _number(match["n1"] or match["n2"])
    times = 1 if not factor else _THOUSAND if factor == "k" else _MILLION
    return number * times, _SIGNS.get(sign, sign)


def _number(text: str) -> Decimal:
    """Read a number; three digits after its last mark are thousands."""
    plain = re.sub(r"['’\u00a0\u202f ]", "", text)
    marks = [each for each in plain if each in ".,"]
    if not marks:
        return Decimal(plain)
    whole, mark, rest = plain.rpartition(marks[-1])
    if len(rest) == 3 and (len(set(marks)) == 1):
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(re.sub(r"[.,]", "", whole) + "." + rest) if mark else Decimal(plain)

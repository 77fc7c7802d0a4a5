"""Whether a typed amount is right: people say “120k”, and nobody needs the last thousand."""

from __future__ import annotations

import re

CLOSE = 0.05
ROUGH = 0.2
_NUMBER = re.compile(r"(\d[\d.,'’\s]*)\s*(k|t|thousand|tsd|m|mn|mio|million)?", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}([.,'’\s]\d{3})+$")
_THOUSAND, _MILLION = 1_000, 1_000_000


def amount_meant(text: str) -> float | None:
    """Return the amount that a person typed, None where it is none."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits, unit = found[1].strip(" .,"), (found[2] or "").lower()
    if _GROUPED.match(digits) and not unit:
        number = float(re.sub(r"\D", "", digits))
    else:
        number = float(re.sub(r"[^\d.]", "", digits.replace(",", ".").rstrip(".")) or 0)
    if unit:
        number *= _MILLION if unit.startswith("m") else _THOUSAND
    return number


def typed_rating(text: str, amount: float) -> int:
    """Return how well an amount is known: 3 within a twentieth, 2 within a fifth, else 1."""
    meant = amount_meant(text)
    if meant is None:
        return 1
    off = abs(meant - amount) / amount if amount else abs(meant)
    if off <= CLOSE:
        return 3
    return 2 if off <= ROUGH else 1

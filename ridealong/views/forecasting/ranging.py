"""Where the week, month and quarter of a moment are likely to land."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """Where a period is likely to land, won already included, in the company's currency.

    With a chance of one in ten it is below ``p10``, and of one in ten above ``p90``. ``held``: a
    sentence on how often such ranges held in the past, "" where nothing is known of it.
    """

    p10: Decimal
    p50: Decimal
    p90: Decimal
    held: str = ""

"""What others keep of a forecast: read without what is slow to import."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """Where a sum is likely to land, in the company's currency.

    With a chance of one in ten it is below ``p10``, and of one in ten above ``p90``. ``held``: a
    sentence on how often such ranges held in the past, "" where it is not told.
    """

    p10: Decimal
    p50: Decimal
    p90: Decimal
    held: str = ""

    def raised(self, by: Decimal) -> Range:
        """Return the range of the sum with something that is certain."""
        return replace(self, p10=self.p10 + by, p50=self.p50 + by, p90=self.p90 + by)

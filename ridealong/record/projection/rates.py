"""Rates of currencies over time, as known now."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ridealong.lib.clock import FOREVER
from ridealong.record.fold import rectangles
from ridealong.record.models import Rate
from ridealong.record.projection.rows import Told, weigh


def fold(keys: Mapping[int, str], told: Told) -> None:
    """Fold each currency's rates; a row for each moment at which one begins."""
    rows = [
        Rate(currency=key, valid_from=r.valid_from, per_unit=Decimal(r.state["per_unit"]))
        for number, key in keys.items()
        for r in rectangles(told.get(number, []), weigh("rate"))
        if r.known_to == FOREVER and "per_unit" in r.state
    ]
    Rate.objects.filter(currency__in=list(keys.values())).delete()
    Rate.objects.bulk_create(rows)

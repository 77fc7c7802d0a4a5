"""What differs between two moments: cost follows what changed, not how long the history is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import BigIntegerField, DateField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from ridealong.record.live import Sight, chunks
from ridealong.record.models import DealVersion
from ridealong.record.states import DealState


@dataclass(frozen=True, slots=True)
class Pair:
    """One deal at two moments; a side is None where it was not there, or was not to be seen.

    ``hidden``: it was there on the side that is None, with somebody out of the member's sight.
    """

    before: DealState | None
    after: DealState | None
    hidden: bool = False


def changed_deals(earlier: Sight, later: Sight) -> Q:
    """Return the condition for deals of which something began, or was learned, between the two.

    Raises ``ValueError`` when ``earlier`` is not the earlier one.
    """
    if earlier.at > later.at:
        raise ValueError("what changed is asked from an earlier to a later moment")
    began = later.believed().filter(valid_from__gt=earlier.at, valid_from__lte=later.at)
    changed = Q(deal_id__in=began.values("deal_id"))
    if earlier.known != later.known and earlier.known is not None:
        learned = DealVersion.objects.filter(known_from__gt=earlier.known)
        if later.known is not None:
            learned = learned.filter(known_from__lte=later.known)
        changed |= Q(deal_id__in=learned.values("deal_id"))
    return changed


def alike(earlier: Sight) -> QuerySet[DealVersion]:
    """Return the outer query's deal at ``earlier``, if nothing that is compared differs.

    Most versions begin for a next step or a category: what is dropped here is never read.
    """
    rows = earlier.versions().filter(
        deal_id=OuterRef("deal_id"), status=OuterRef("status"), currency=OuterRef("currency")
    )
    whole, day = BigIntegerField(), DateField()
    for field, nothing in (("salesperson_id", -1), ("amount", -(2**62))):
        its = Coalesce(F(field), Value(nothing), output_field=whole)
        other = Coalesce(OuterRef(field), Value(nothing), output_field=whole)
        rows = rows.alias(**{f"its_{field}": its}).filter(**{f"its_{field}": other})
    for field, never, form in (("stage_id", -1, whole), ("close_date", date(1, 1, 1), day)):
        # What is not known on one side takes the other's value, and so does not differ.
        its = Coalesce(F(field), OuterRef(field), Value(never), output_field=form)
        other = Coalesce(OuterRef(field), F(field), Value(never), output_field=form)
        rows = rows.alias(**{f"its_{field}": its}).filter(**{f"its_{field}": other})
    return rows


def paired(
    before: Mapping[int, DealState], after: Mapping[int, DealState], hidden: frozenset[int]
) -> list[Pair]:
    """Put the two states of each deal side by side."""
    deals = sorted({*before, *after})
    return [Pair(before.get(deal), after.get(deal), deal in hidden) for deal in deals]


def hidden_deals(sight: Sight, deals: Iterable[int]) -> set[int]:
    """Return those deals that exist in this sight's moment though it does not show them."""
    if sight.scope is None:
        return set()
    everybody = replace(sight, scope=None)
    found: set[int] = set()
    for chunk in chunks(deals):
        rows = everybody.versions().filter(deal_id__in=chunk)
        found.update(rows.values_list("deal_id", flat=True))
    return found

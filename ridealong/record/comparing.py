"""What differs between two moments: cost follows what changed, not how long the history is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db.models import Case, Q, QuerySet, Value, When

from ridealong.record.criteria import Criteria, narrowed
from ridealong.record.live import Conversion, Sight, chunks
from ridealong.record.models import DealVersion
from ridealong.record.states import DealState, Member, Standing

Side = TypeVar("Side", DealState, Standing)
Compared = tuple[Any, ...]
Sides = tuple[Mapping[int, Compared], Mapping[int, Compared]]
"""What is compared of each deal, by its number: before, and after."""
COMPARED = ("status", "salesperson_id", "stage_id", "amount", "unit", "close_date")
LEARNED = ("stage_id", "close_date")


@dataclass(frozen=True, slots=True)
class Pair(Generic[Side]):
    """One deal at two moments; a side is None where it was not there, or was not to be seen.

    ``hidden``: it was there on the side that is None, with somebody out of the member's sight.
    """

    before: Side | None
    after: Side | None
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


def what_differs(
    earlier: Sight, later: Sight, currency: str, criteria: Criteria, viewer: Member | None
) -> Sides:
    """Return the deals that differ and meet ``criteria`` later or, gone by then, met them last."""
    changed = changed_deals(earlier, later)
    there, here = (sight.versions().filter(changed) for sight in (earlier, later))
    was, now = compared(there, currency), compared(here, currency)
    differing = {deal for deal in {*was, *now} if differ(was.get(deal), now.get(deal))}
    if criteria != Criteria():
        # Rows that are gone by then are few, mostly none: then they are not asked for.
        gone = sorted(differing - now.keys())
        sides = [here, *(there.filter(deal_id__in=chunk) for chunk in chunks(gone))]
        meeting = (narrowed(rows, criteria, later, viewer) for rows in sides)
        differing &= {d for rows in meeting for d in rows.values_list("deal_id", flat=True)}
    was, now = ({d: side[d] for d in differing & side.keys()} for side in (was, now))
    return was, now


def newly_won(earlier: Sight, later: Sight, currency: str) -> Sides:
    """Return the deals that are won later and were not seen to be so earlier.

    Most of what changes in a company is no win, and is not read.
    """
    changed = changed_deals(earlier, later)
    already = earlier.versions().filter(changed, status="won").values("deal_id")
    won = later.versions().filter(changed, status="won").exclude(deal_id__in=already)
    now, was = compared(won, currency), dict[int, Compared]()
    for chunk in chunks(now):
        was |= compared(earlier.versions().filter(deal_id__in=chunk), currency)
    return was, now


def compared(rows: QuerySet[DealVersion], currency: str) -> dict[int, Compared]:
    """Return by deal the values that are compared; no ``currency`` said is the company's.

    Without a join or a state: most of what is read here turns out not to differ.
    """
    read = rows.annotate(unit=Case(When(currency="", then=Value(currency)), default="currency"))
    return {deal: tuple(rest) for deal, *rest in read.values_list("deal_id", *COMPARED)}


def differ(was: Compared | None, now: Compared | None) -> bool:
    """Say whether a deal differs; a stage or a date not known on one side does not."""
    if was is None or now is None:
        return was is not now
    return was != now and any(
        before != after and not (name in LEARNED and None in (before, after))
        for name, before, after in zip(COMPARED, was, now, strict=True)
    )


def standing(
    deal: int, values: Compared, positions: Mapping[int, int], conversion: Conversion
) -> Standing:
    """Make of a deal's compared values its standing; ``positions`` by stage."""
    status, salesperson, stage, hundredths, currency, close_date = values
    amount, value = conversion.stored(hundredths, currency)
    return Standing(
        id=deal,
        status=status,
        salesperson_id=salesperson,
        stage_id=stage,
        stage_position=positions.get(stage, -1),
        amount=amount,
        currency=currency,
        value=value,
        close_date=close_date,
    )


def paired(
    before: Mapping[int, Side], after: Mapping[int, Side], earlier: Sight, later: Sight
) -> list[Pair[Side]]:
    """Put the two sides of each deal beside each other, in order of the deals' numbers."""
    hidden = hidden_deals(earlier, after.keys() - before.keys())
    hidden |= hidden_deals(later, before.keys() - after.keys())
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

"""What differs between two moments: cost follows what changed, not how long the history is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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


def changed_deals(earlier: Sight, later: Sight) -> list[int]:
    """Return the deals of which something began between the two, or was learned between them.

    Raises ``ValueError`` when ``earlier`` is not the earlier one.
    """
    if earlier.at > later.at:
        raise ValueError("what changed is asked from an earlier to a later moment")
    began = later.believed().filter(valid_from__gt=earlier.at, valid_from__lte=later.at)
    deals = set(began.values_list("deal_id", flat=True))
    if earlier.known != later.known and earlier.known is not None:
        learned = DealVersion.objects.filter(known_from__gt=earlier.known)
        if later.known is not None:
            learned = learned.filter(known_from__lte=later.known)
        deals.update(learned.values_list("deal_id", flat=True))
    return sorted(deals)


def paired(
    deals: Iterable[int],
    before: Mapping[int, DealState],
    after: Mapping[int, DealState],
    hidden: frozenset[int],
) -> list[Pair]:
    """Put the two states of each deal side by side, leaving out what neither side has."""
    pairs = (Pair(before.get(deal), after.get(deal), deal in hidden) for deal in deals)
    return [pair for pair in pairs if pair.before is not None or pair.after is not None]


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

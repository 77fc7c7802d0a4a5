"""What differs between two moments: cost follows what changed, not how long the history is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ridealong.record.live import Sight
from ridealong.record.models import DealVersion
from ridealong.record.states import DealState


@dataclass(frozen=True, slots=True)
class Pair:
    """One deal at two moments; a side is None where it was not there, or not to be seen."""

    before: DealState | None
    after: DealState | None


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
    deals: Iterable[int], before: Mapping[int, DealState], after: Mapping[int, DealState]
) -> list[Pair]:
    """Put the two states of each deal side by side, leaving out what neither side has."""
    pairs = (Pair(before.get(deal), after.get(deal)) for deal in deals)
    return [pair for pair in pairs if pair.before is not None or pair.after is not None]

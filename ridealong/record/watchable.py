"""Which deals are to be looked at again. For whoever watches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet

from ridealong.lib.clock import FOREVER
from ridealong.record.live import chunks
from ridealong.record.models import (
    Check,
    DealVersion,
    DueWatch,
    Employment,
    Guidance,
    Rate,
    RuleSetting,
    Signal,
    Subject,
    Watched,
)
from ridealong.record.projection.concerning import ANY, mark

__all__ = [
    "ANY",
    "beginnings",
    "brought_in",
    "count_due",
    "is_due",
    "keys_of",
    "settle",
    "take",
    "turns",
]

PAST = timedelta(days=1)
"""How old a deal is at least, when it is learned of, that is not new but brought in."""


def is_due(now: datetime) -> bool:
    """Say whether something was learned about a deal, or a moment came that counts for one."""
    return DueWatch.objects.exists() or Watched.objects.filter(wake_at__lte=now).exists()


def take(now: datetime, limit: int) -> list[int]:
    """Return numbers of deals that are due, ``limit`` at most, and take their marks away.

    They stay due until they are settled; what is learned meanwhile marks them again.
    """
    _spread(now)
    with transaction.atomic():
        marked = sorted(
            DueWatch.objects.order_by("deal_id").values_list("deal_id", flat=True)[:limit]
        )
        DueWatch.objects.filter(deal_id__in=marked).delete()
        left = limit - len(marked)
        awake = Watched.objects.filter(wake_at__lte=now).exclude(deal_id__in=marked)
        found = [*marked, *awake.order_by("deal_id").values_list("deal_id", flat=True)[:left]]
        settle(dict.fromkeys(found, now))
    return found


def settle(wakes: Mapping[int, datetime | None]) -> None:
    """Keep until when nothing about these deals changes by the clock; None: never."""
    Watched.objects.filter(deal_id__in=[n for n, wake in wakes.items() if wake is None]).delete()
    Watched.objects.bulk_create(
        [Watched(deal_id=n, wake_at=wake) for n, wake in sorted(wakes.items()) if wake],
        update_conflicts=True,
        unique_fields=["deal_id"],
        update_fields=["wake_at"],
    )


def count_due(now: datetime) -> int:
    """Return how many deals are due."""
    _spread(now)
    awake = Watched.objects.filter(wake_at__lte=now).exclude(
        deal_id__in=DueWatch.objects.values("deal_id")
    )
    return DueWatch.objects.count() + awake.count()


def _spread(now: datetime) -> None:
    """Where anything may be about any deal, mark each one: the open ones, and those with signals.

    Others have nothing that could change.
    """
    with transaction.atomic():
        marked = DueWatch.objects.filter(deal_id=ANY).delete()[0]
        woken = Watched.objects.filter(deal_id=ANY, wake_at__lte=now).delete()[0]
        if not (marked or woken):
            return
        deals = set(
            DealVersion.objects.filter(is_latest=True, is_open=True, valid_to__gt=now)
            .values_list("deal_id", flat=True)
            .distinct()
        )
        deals.update(Signal.objects.filter(is_latest=True).values_list("deal_id", flat=True))
        for chunk in chunks(deals):
            mark(set(chunk))


def turns(numbers: Iterable[int], at: datetime) -> dict[int, datetime]:
    """Return when next something that was stated ahead holds, or ends.

    Guidance and checks by these deals; under ``ANY`` who leads whom, how rules are set, and rates.
    """
    found: dict[int, datetime] = {}
    for model in (Check, Guidance):
        for chunk in chunks(numbers):
            rows = model._default_manager.filter(is_latest=True, deal_id__in=chunk)
            for deal, moment in _edges(rows, at, "deal_id"):
                found[deal] = min(moment, found.get(deal, moment))
    held = [model._default_manager.filter(is_latest=True) for model in (Employment, RuleSetting)]
    anybodys = [moment for rows in held for _, moment in _edges(rows, at, "id")]
    rates = Rate.objects.filter(valid_from__gt=at).aggregate(first=Min("valid_from"))["first"]
    if any_of := [moment for moment in (*anybodys, rates) if moment]:
        found[ANY] = min(any_of)
    return found


def _edges(rows: QuerySet[Any], at: datetime, by: str) -> Iterator[tuple[int, datetime]]:
    """Yield the beginnings and ends after ``at`` of states that are held, by a column."""
    for edge in ("valid_from", "valid_to"):
        ahead = rows.filter(**{f"{edge}__gt": at, f"{edge}__lt": FOREVER})
        yield from ahead.order_by().values_list(by, edge)


def beginnings(numbers: Sequence[int], at: datetime) -> dict[int, datetime | None]:
    """Return when each of these deals begins whose beginning is ahead."""
    rows = DealVersion.objects.filter(is_latest=True, deal_id__in=numbers, valid_from__gt=at)
    first = rows.order_by().values("deal_id").annotate(first=Min("valid_from"))
    return {line["deal_id"]: line["first"] for line in first}


def brought_in(numbers: Iterable[int], since: datetime) -> set[int]:
    """Return those of these deals that came with a past: learned of since then, begun before.

    Begun more than ``PAST`` before it was learned of, as by an import.
    """
    found: set[int] = set()
    for chunk in chunks(numbers):
        rows = DealVersion.objects.filter(deal_id__in=chunk).order_by().values("deal_id")
        for line in rows.annotate(known=Min("known_from"), began=Min("valid_from")):
            if line["known"] >= since and line["known"] - line["began"] > PAST:
                found.add(line["deal_id"])
    return found


def keys_of(numbers: Iterable[int]) -> dict[int, str]:
    """Return {number: the source's id} of these deals, also of those that are gone."""
    return dict(Subject.objects.filter(id__in=sorted(numbers)).values_list("id", "key"))

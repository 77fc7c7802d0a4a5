"""Which deals what was learned is about, so that they are looked at again.

``ANY`` where it may be about any of them: who leads whom, stages, the company itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Model

from ridealong.lib import clock
from ridealong.record.live import chunks
from ridealong.record.models import (
    Activity,
    Check,
    Contact,
    DealVersion,
    Discussed,
    DueWatch,
    Guidance,
    Tie,
)

ANY = 0
ABOUT_ANY = frozenset({"organisation", "rate", "member", "stage", "criterion", "rule", "norms"})
_OF_DEALS: Mapping[str, Sequence[tuple[type[Model], str]]] = {
    "activity": ((Activity, "activity_id"), (Discussed, "activity_id")),
    "guidance": ((Guidance, "guidance_id"),),
    "check": ((Check, "check_id"),),
}


def concerned(kinds: Mapping[str, Mapping[int, str]]) -> set[int]:
    """Return the deals that these subjects are about, as folded right now.

    ``kinds``: {kind: {number: key}}. Asked before and after a fold, it has both where something
    was and where it is.
    """
    found = {ANY} if ABOUT_ANY & kinds.keys() else set()
    found.update(kinds.get("deal", ()))
    for kind, tables in _OF_DEALS.items():
        for model, column in tables:
            for chunk in chunks(kinds.get(kind, ())):
                rows = model._default_manager.filter(
                    **{f"{column}__in": chunk, "deal_id__isnull": False}
                )
                found.update(rows.values_list("deal_id", flat=True).distinct())
    found.update(_of_contacts(kinds.get("contact", ())))
    return found


def _of_contacts(numbers: Sequence[int] | Mapping[int, str]) -> Iterator[int]:
    """Deals of the companies of these people, and those that their mail is about."""
    for chunk in chunks(numbers):
        people = list(Contact.objects.filter(id__in=chunk).values_list("company_id", "email"))
        companies = {company for company, _ in people if company is not None}
        deals = DealVersion.objects.filter(is_latest=True, company_id__in=companies)
        yield from deals.values_list("deal_id", flat=True).distinct()
        addresses = [f"person:{email}"[:300] for _, email in people if email]
        ties = Tie.objects.filter(tie__in=addresses, deal_id__isnull=False)
        yield from (deal for deal in ties.values_list("deal_id", flat=True).distinct() if deal)


def mark(deals: set[int]) -> None:
    """Mark deals to be looked at again, in the caller's transaction.

    A mark that is there is written anew: so whoever takes it waits for this transaction, and reads
    what was learned in it.
    """
    now = clock.now()
    DueWatch.objects.bulk_create(
        [DueWatch(deal_id=number, marked_at=now) for number in sorted(deals)],
        update_conflicts=True,
        unique_fields=["deal_id"],
        update_fields=["marked_at"],
    )

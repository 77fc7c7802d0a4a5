"""What subjects are found by: their words, kept where either engine can look them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ridealong.record.models import Company, DealVersion, SearchEntry
from ridealong.record.naming import normal


@dataclass(frozen=True, slots=True)
class Entry:
    """What a subject is found by: the words of ``text``; shown as ``label`` and ``detail``."""

    number: int
    kind: str
    label: str
    detail: str
    text: str


def index(entries: Iterable[Entry]) -> None:
    """Make subjects findable, replacing what they were found by."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                id=e.number,
                kind=e.kind,
                label=e.label[:500],
                detail=e.detail[:500],
                words=normal(e.text),
            )
            for e in entries
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["kind", "label", "detail", "words"],
    )


def index_deals(deals: Sequence[int]) -> None:
    """Make deals findable by their last name and their company's."""
    rows = list(
        DealVersion.objects.filter(deal_id__in=deals, is_latest=True)
        .order_by("deal_id", "-valid_from")
        .values_list("deal_id", "name", "company_id")
    )
    last = {deal: (name, company or 0) for deal, name, company in reversed(rows)}
    companies = dict(
        Company.objects.filter(id__in={c for _, c in last.values() if c}).values_list("id", "name")
    )
    index(
        Entry(
            deal, "deal", name, companies.get(company, ""), f"{name} {companies.get(company, '')}"
        )
        for deal, (name, company) in last.items()
    )
    SearchEntry.objects.filter(id__in=set(deals) - last.keys()).delete()


def index_deals_of_companies(companies: Sequence[int]) -> None:
    """Index anew the deals of companies whose name may have changed."""
    deals = DealVersion.objects.filter(company_id__in=companies, is_latest=True)
    index_deals(sorted(set(deals.values_list("deal_id", flat=True))))

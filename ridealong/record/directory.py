"""What sources look up before they speak: who and what the record knows already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count

from ridealong.record import models, reading
from ridealong.record.models import FactRow
from ridealong.record.naming import normal
from ridealong.record.reading import organisation
from ridealong.record.states import Member, Stage
from ridealong.record.store import CHUNK, subject_numbers
from ridealong.record.vocabulary import SubjectKind

__all__ = [
    "company_keys",
    "company_names",
    "currencies",
    "discussed",
    "is_empty",
    "known",
    "known_deals",
    "members",
    "moment_said",
    "normal",
    "organisation",
    "rates",
    "said_by_name",
    "sources_of",
    "spoken_of",
    "stages",
]


def members() -> list[Member]:
    """Return every member, in order of name."""
    return [reading.member(row) for row in models.Member.objects.order_by("name", "key")]


def stages() -> list[Stage]:
    """Return every stage, in order of position."""
    return [reading.stage(row) for row in models.Stage.objects.order_by("position", "name")]


def company_keys(names: Iterable[str]) -> dict[str, str]:
    """Return {normal name: key} for those names that companies have; the oldest of namesakes."""
    wanted = sorted({normal(name) for name in names})
    keys: dict[str, str] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = models.Company.objects.filter(normal_name__in=wanted[start : start + CHUNK])
        keys.update(rows.order_by("-id").values_list("normal_name", "key"))
    return keys


def known_deals(keys: Sequence[str]) -> set[str]:
    """Return those keys that deals of the record have."""
    return known("deal", keys)


def known(kind: SubjectKind, keys: Sequence[str]) -> set[str]:
    """Return those keys that subjects of that kind have."""
    return {key for _, key in subject_numbers((kind, key) for key in keys)}


def currencies() -> list[str]:
    """Return the currencies that deals are in now, in alphabetical order."""
    rows = models.DealVersion.objects.filter(is_latest=True).exclude(currency="")
    return sorted(set(rows.values_list("currency", flat=True).distinct()))


def is_empty() -> bool:
    """Say whether nothing was ever recorded."""
    return not FactRow.objects.exists()


def company_names() -> dict[str, str]:
    """Return {normal name: key} of every company; the oldest of namesakes."""
    rows = models.Company.objects.order_by("-id").values_list("normal_name", "key")
    return dict(rows.iterator(chunk_size=5000))


def moment_said(source: str, prefix: str) -> datetime | None:
    """Return the ``at`` of a fact of ``source`` whose external id begins so; None without one."""
    rows = FactRow.objects.filter(
        source__name=source, external_id__gte=prefix, external_id__lt=prefix + "\uffff"
    )
    return rows.values_list("at", flat=True).first()


def said_by_name(source: str, prefix: str) -> dict[str, dict[str, Any]]:
    """Return {external id: what it says last} of a source's statements whose id begins so."""
    rows = FactRow.objects.filter(
        source__name=source, external_id__gte=prefix, external_id__lt=prefix + "\uffff"
    )
    return dict(rows.order_by("recorded_at", "id").values_list("external_id", "changes"))


def rates() -> dict[str, Decimal]:
    """Return {currency: what one unit is worth} as it is now."""
    rows = models.Rate.objects.order_by("valid_from").values_list("currency", "per_unit")
    return dict(rows)


def spoken_of(source: str) -> dict[str, int]:
    """Return {kind: how many subjects} that ``source`` said anything of."""
    rows = FactRow.objects.filter(source__name=source).values("subject__kind")
    counts = rows.annotate(count=Count("subject", distinct=True)).order_by("subject__kind")
    return dict(counts.values_list("subject__kind", "count"))


def sources_of(kind: str, key: str) -> set[str]:
    """Return the names of the sources that said anything of a subject."""
    rows = FactRow.objects.filter(subject__kind=kind, subject__key=key)
    return set(rows.values_list("source__name", flat=True).distinct())


def discussed(activity: str) -> dict[str, int]:
    """Return {key: number} of the deals that a talk was about, whoever may see them."""
    row = models.Activity.objects.filter(key=activity, is_latest=True).first()
    named = row.deals_discussed if row is not None else None
    return {
        key: number
        for (_, key), number in subject_numbers(("deal", key) for key in named or ()).items()
    }

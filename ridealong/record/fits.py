"""Keeping fits of odds beside the record, and finding the one that answers at a moment.

Why here: docs/decisions/0016-where-odds-come-from.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ridealong.lib import clock
from ridealong.record.models import DealVersion, KeptFit

KEPT = 20
"""So many of the newest are kept."""


@dataclass(frozen=True, slots=True)
class StoredFit:
    """A fit as it was kept: see ``KeptFit``. ``body`` is what the view that made it reads."""

    made_at: datetime
    until: datetime
    loss: float | None
    used: bool
    told: tuple[str, ...]
    body: bytes


def keep(
    body: bytes,
    *,
    form: str,
    until: datetime,
    loss: float | None,
    used: bool,
    told: tuple[str, ...],
    most: int = KEPT,
) -> None:
    """Keep a fit, or what one said; the oldest of the form beyond ``most`` go."""
    KeptFit.objects.create(
        made_at=clock.now(),
        until=until,
        loss=loss,
        used=used,
        told=list(told),
        form=form,
        body=body,
    )
    alike = KeptFit.objects.filter(form=form).order_by("-made_at", "-id")
    old = alike.values_list("id", flat=True)[most:]
    KeptFit.objects.filter(id__in=list(old)).delete()


def newest(form: str, at: datetime) -> StoredFit | None:
    """Return the newest fit in use that learned from nothing after ``at``."""
    row = KeptFit.objects.filter(form=form, used=True, until__lte=at).order_by("-until").first()
    if row is None:
        return None
    return StoredFit(row.made_at, row.until, row.loss, row.used, tuple(row.told), bytes(row.body))


def made_last() -> datetime | None:
    """Return when the newest fit was made, None where none is kept."""
    return KeptFit.objects.order_by("-made_at").values_list("made_at", flat=True).first()


def anything_ended() -> bool:
    """Say whether there is anything to learn from: a deal that was won or lost."""
    return DealVersion.objects.filter(is_latest=True, is_open=False).exists()

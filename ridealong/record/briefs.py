"""Briefs that were kept, as they were."""

from __future__ import annotations

from ridealong.record import models
from ridealong.record.states import KeptBrief


def kept(viewer: str) -> list[KeptBrief]:
    """Return the briefs that this member (a key, "" for everything) kept, newest first."""
    rows = models.KeptBrief.objects.filter(viewer=viewer).order_by("-at", "-id")
    return [
        KeptBrief(row.id, row.key, row.title, row.at, row.since, row.known, row.body)
        for row in rows
    ]

"""Masking facts: what was said is gone, that something was said is kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from ridealong.record.facts import MASKED
from ridealong.record.models import FactRow, Question, Subject


def told_by(source: str, limit: int) -> list[int]:
    """Return subjects that a source still says something of."""
    rows = FactRow.objects.filter(source__name=source).exclude(changes=MASKED)
    return sorted(set(rows.order_by("external_id").values_list("subject_id", flat=True)[:limit]))


def mask(source: str, numbers: Sequence[int]) -> list[int]:
    """Mask what a source says of these subjects; return all whose facts changed, in order.

    Of an activity that nobody else told of, where it was placed and which questions it raised are
    masked, too: they repeat its words.
    """
    _mask(FactRow.objects.filter(source__name=source, subject_id__in=numbers))
    activities = Subject.objects.filter(id__in=numbers, kind="activity")
    told = FactRow.objects.filter(subject__in=activities, changes__has_key="kind")
    gone = activities.exclude(id__in=told.values("subject_id"))
    _mask(FactRow.objects.filter(subject__in=list(gone)))
    keys = list(gone.values_list("key", flat=True))
    raised = list(Question.objects.filter(activity_key__in=keys).values_list("id", flat=True))
    _mask(FactRow.objects.filter(subject_id__in=raised))
    return sorted({*numbers, *raised})


def _mask(rows: QuerySet[FactRow]) -> None:
    # The one change that the database lets through: see migration 0005.
    rows.exclude(changes=MASKED).update(changes=MASKED, was=None)

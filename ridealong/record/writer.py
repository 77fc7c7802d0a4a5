"""The one writer of history. Nothing else adds facts or folds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from ridealong.lib import clock
from ridealong.record import analysing, projection, withdrawing
from ridealong.record.facts import Fact
from ridealong.record.models import DueFold, Source, Subject
from ridealong.record.progress import Progress, Watch
from ridealong.record.ranks import SourceName
from ridealong.record.store import source_row, store

BATCH = 5000
"""Facts stored in one transaction of a load."""
FOLD_BATCH = 2000
"""Subjects folded in one transaction of a load."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many facts were added, and how many the record knew already."""

    added: int
    known: int


def append(source: SourceName, facts: Iterable[Fact]) -> Outcome:
    """Store ``facts`` and fold what they touch in one transaction: all of it or nothing.

    Raises ``InvalidFact`` when one of them is not valid.
    """
    batch = list(facts)
    row = source_row(source)
    with transaction.atomic():
        _one_at_a_time(row)
        stored = store(row, batch, clock=clock.now())
        _fold(sorted(stored.touched))
    return Outcome(added=stored.added, known=stored.known)


def load(source: SourceName, facts: Iterable[Fact], *, progress: Watch | None = None) -> Outcome:
    """Store any number of facts in bounded memory, then fold what they touched.

    Each batch is stored whole or not at all, together with the mark that its subjects are due to
    be folded; each fold removes its mark. A load that ends early is completed by running it again,
    or by ``fold_due``. Raises ``InvalidFact``; batches before it stay.
    """
    row = source_row(source)
    moment = clock.now()
    added = known = 0
    remaining = iter(facts)
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            _one_at_a_time(row)
            stored = store(row, batch, clock=moment)
            DueFold.objects.bulk_create(
                [DueFold(subject_id=number) for number in sorted(stored.touched)],
                ignore_conflicts=True,
            )
        added += stored.added
        known += stored.known
        if progress:
            progress(Progress("storing", added + known, None))
    fold_due(progress=progress)
    return Outcome(added=added, known=known)


def fold_due(*, progress: Watch | None = None) -> int:
    """Fold every subject marked as due; return how many there were."""
    total = DueFold.objects.count()
    done = 0
    while True:
        with transaction.atomic():
            numbers = list(
                DueFold.objects.order_by("subject_id").values_list("subject_id", flat=True)[
                    :FOLD_BATCH
                ]
            )
            if not numbers:
                break
            _fold(numbers)
            DueFold.objects.filter(subject_id__in=numbers).delete()
        done += len(numbers)
        if progress:
            progress(Progress("folding", done, max(total, done)))
    if done >= analysing.MANY:
        analysing.analyse()
    return done


def withdraw(source: str, *, progress: Watch | None = None) -> int:
    """Take back all that ``source`` said; return of how many subjects.

    Its facts stay, without their content, so that the same said again changes nothing. Cut
    anywhere, it is completed by running it again.
    """
    done = 0
    while numbers := withdrawing.told_by(source, FOLD_BATCH):
        with transaction.atomic():
            _fold(withdrawing.mask(source, numbers))
        done += len(numbers)
        if progress:
            progress(Progress("taking back", done, None))
    return done


def rebuild(*, progress: Watch | None = None) -> int:
    """Drop everything that is folded and fold it again from the facts; return the subjects.

    Readers see the old state of each table until it is dropped and the new one as it grows.
    """
    with transaction.atomic():
        projection.drop()
        DueFold.objects.all().delete()
        _mark_everything_due()
    return fold_due(progress=progress)


def _mark_everything_due() -> None:
    numbers = Subject.objects.order_by("id").values_list("id", flat=True)
    remaining = numbers.iterator(chunk_size=BATCH)
    while batch := list(islice(remaining, BATCH)):
        DueFold.objects.bulk_create([DueFold(subject_id=number) for number in batch])


def _one_at_a_time(source: Source) -> None:
    """Let two writers of one source wait for each other, so that neither repeats the other."""
    Source.objects.select_for_update().get(pk=source.pk)


def _fold(numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), FOLD_BATCH):
        projection.fold(numbers[start : start + FOLD_BATCH])


__all__ = ["Outcome", "Progress", "Watch", "append", "fold_due", "load", "rebuild", "withdraw"]

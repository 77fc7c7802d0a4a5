"""Storing facts: subjects get their numbers, facts that are new are added, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from ridealong.record.facts import Fact, checked, digest
from ridealong.record.fold import Said
from ridealong.record.inserting import insert
from ridealong.record.models import FactRow, Source, Subject
from ridealong.record.ranks import RANK, SourceName
from ridealong.record.vocabulary import LISTED, REFERENCES

CHUNK = 500
"""Keys asked for in one query: under every engine's limit of parameters."""

COLUMNS = (
    "source_id",
    "external_id",
    "subject_id",
    "at",
    "recorded_at",
    "changes",
    "was",
    "digest",
)

SubjectId = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a batch did. ``touched``: subjects with new facts, and those newly named."""

    added: int
    known: int
    touched: frozenset[int]


def source_row(source: SourceName) -> Source:
    """Return the row of ``source``, added on first use.

    Raises ``ValueError`` for a kind without a rank, or a name that is another kind's already.
    """
    if source.kind not in RANK:
        raise ValueError(f"there is no kind of source {source.kind!r}")
    row, _ = Source.objects.get_or_create(name=source.name, defaults={"kind": source.kind})
    if row.kind != source.kind:
        raise ValueError(f"source {source.name!r} is of kind {row.kind!r}, not {source.kind!r}")
    return row


def subject_numbers(subjects: Iterable[SubjectId]) -> dict[SubjectId, int]:
    """Return the numbers of those subjects that exist."""
    numbers: dict[SubjectId, int] = {}
    for kind, of_kind in groupby(sorted(set(subjects)), key=lambda subject: subject[0]):
        keys = [key for _, key in of_kind]
        for start in range(0, len(keys), CHUNK):
            rows = Subject.objects.filter(kind=kind, key__in=keys[start : start + CHUNK])
            for number, key in rows.values_list("id", "key"):
                numbers[kind, key] = number
    return numbers


def store(source: Source, facts: Sequence[Fact], *, clock: datetime) -> Stored:
    """Add those of ``facts`` that are new. Must run inside a transaction.

    A fact with its own ``recorded_at`` is new unless stored with just that time; one without is
    stamped with ``clock`` and new unless its statement's newest content is the same already.
    Raises ``InvalidFact`` before anything is written.
    """
    valid = [checked(fact) for fact in facts]
    numbers, fresh = _numbers_of(valid)
    touched = set(fresh)
    told = _told(source, valid)
    rows: list[tuple[object, ...]] = []
    for fact in valid:
        mark = digest(fact)
        earlier = told.setdefault(fact.external_id, {})
        if fact.recorded_at is None:
            if earlier and max(earlier)[1] == mark:
                continue
            recorded_at = clock
        else:
            recorded_at = fact.recorded_at
        if (recorded_at, mark) in earlier:
            continue
        earlier[recorded_at, mark] = None
        number = numbers[fact.kind, fact.key]
        touched.add(number)
        rows.append(
            (
                source.pk,
                fact.external_id,
                number,
                fact.at,
                recorded_at,
                fact.changes,
                fact.was or None,
                mark,
            )
        )
    insert(FactRow, COLUMNS, rows)
    return Stored(added=len(rows), known=len(valid) - len(rows), touched=frozenset(touched))


def _numbers_of(facts: Iterable[Fact]) -> tuple[dict[SubjectId, int], frozenset[int]]:
    """Number every subject that the facts speak of or refer to; say which are new."""
    named: set[SubjectId] = set()
    for fact in facts:
        named.add((fact.kind, fact.key))
        for values in (fact.changes, fact.was):
            for field, kind in REFERENCES.get(fact.kind, {}).items():
                if values.get(field):
                    named.add((kind, values[field]))
            for field, kind in LISTED.get(fact.kind, {}).items():
                named.update((kind, key) for key in values.get(field) or () if key)
    numbers = subject_numbers(named)
    missing = sorted(named - numbers.keys())
    if not missing:
        return numbers, frozenset()
    Subject.objects.bulk_create(
        [Subject(kind=kind, key=key) for kind, key in missing], ignore_conflicts=True
    )
    added = subject_numbers(missing)
    return {**numbers, **added}, frozenset(added.values())


def _told(source: Source, facts: Iterable[Fact]) -> dict[str, dict[tuple[datetime, bytes], None]]:
    """Return what ``source`` said before under the same external ids."""
    ids = sorted({fact.external_id for fact in facts})
    told: dict[str, dict[tuple[datetime, bytes], None]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = FactRow.objects.filter(source=source, external_id__in=ids[start : start + CHUNK])
        for external_id, recorded_at, mark in rows.values_list(
            "external_id", "recorded_at", "digest"
        ):
            told.setdefault(external_id, {})[recorded_at, bytes(mark)] = None
    return told


def facts_of(subjects: Sequence[int]) -> Iterator[tuple[int, list[Said]]]:
    """Return each subject's facts, from every source, in order of the subjects' numbers."""
    rows: QuerySet[FactRow] = FactRow.objects.filter(subject_id__in=subjects)
    fields = rows.order_by("subject_id").values_list(
        "subject_id",
        "at",
        "recorded_at",
        "source__name",
        "source__kind",
        "external_id",
        "digest",
        "changes",
        "was",
    )
    for number, group in groupby(fields.iterator(chunk_size=5000), key=lambda row: row[0]):
        yield (
            number,
            [
                Said(at, recorded, name, kind, external_id, bytes(mark), changes, was or {})
                for _, at, recorded, name, kind, external_id, mark, changes, was in group
            ],
        )

"""What was said: sources, the subjects they speak of, and the facts themselves."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """Something that speaks: a connected CRM, imported files, a person."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """What a fact is about. Every table folded from facts uses this row's id as its own."""

    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="record_subject_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class FactRow(models.Model):
    """One fact, kept for ever. The database refuses changing or deleting it on both engines.

    ``digest`` covers subject, time and values; ``(source, external_id, recorded_at, digest)`` is
    unique, so that a repeated batch adds nothing.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    external_id = models.CharField(max_length=255)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    changes = models.JSONField()
    was = models.JSONField(null=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        db_table = "record_fact"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id", "recorded_at", "digest"],
                name="record_fact_once",
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="record_fact_subject")]

    def __str__(self) -> str:
        return f"{self.external_id} @ {self.at:%Y-%m-%d}"


class DueFold(models.Model):
    """A subject whose facts were stored but not folded yet; gone in the transaction that folds."""

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return f"due: {self.subject_id}"

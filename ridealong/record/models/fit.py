"""What was learned of the record, kept so that it need not be learned again at each question."""

from __future__ import annotations

from django.db import models


class KeptFit(models.Model):
    """A fit of odds, or what one said of many deals.

    Dropping these rows loses nothing that the facts cannot give again.
    ``until``: what it was learned from ends there. ``loss``: its log loss in the back-test.
    ``used``: False where it did worse than the one before it. ``form``: of ``body``; others are
    not read.
    """

    made_at = models.DateTimeField()
    until = models.DateTimeField()
    loss = models.FloatField(null=True)
    used = models.BooleanField()
    told = models.JSONField()
    form = models.CharField(max_length=20)
    body = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(
                fields=["form", "-until"],
                name="record_fit_newest",
                condition=models.Q(used=True),
            )
        ]

    def __str__(self) -> str:
        return f"fit until {self.until:%Y-%m-%d}"

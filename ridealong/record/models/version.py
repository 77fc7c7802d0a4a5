"""A deal over time, folded from facts: dropping and rebuilding these rows changes nothing."""

from __future__ import annotations

from typing import Any

from django.db import models

from ridealong.record.models.fact import Subject
from ridealong.record.models.subjects import Company, Member, Stage


def _names(to: type[models.Model]) -> models.ForeignKey[Any, Any]:
    """A column that names another folded row: joined with, but not constrained.

    Folded tables are dropped and made again in any order.
    """
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


class DealVersion(models.Model):
    """A deal's whole state over ``[valid_from, valid_to)``, as known in ``[known_from, known_to)``.

    An interval without end ends at ``clock.FOREVER``. Of one deal, no two rows overlap in both
    times. ``is_latest`` (known_to is FOREVER) and ``is_open`` (status is open) repeat what other
    columns say, because a bare boolean column is what both engines can match with a partial index
    whatever the parameters of a query are.
    """

    deal = models.ForeignKey(
        Subject, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField()
    is_latest = models.BooleanField()
    is_open = models.BooleanField()

    name = models.CharField(max_length=500)
    company = _names(Company)
    salesperson = _names(Member)
    stage = _names(Stage)
    status = models.CharField(max_length=4)
    amount = models.BigIntegerField(null=True, help_text="hundredths of the currency's unit")
    currency = models.CharField(max_length=3, blank=True)
    close_date = models.DateField(null=True)
    category = models.CharField(max_length=12, blank=True)
    next_step = models.TextField(blank=True)
    product = models.CharField(max_length=255, blank=True)
    lost_reason = models.CharField(max_length=255, blank=True)
    contacts = models.JSONField(null=True)

    created_at = models.DateTimeField(help_text="when the deal's first version began")
    stage_since = models.DateTimeField(help_text="since when it has been in this stage")
    pushes = models.IntegerField(help_text="times the close date moved later while open")

    class Meta:
        indexes = [
            models.Index(fields=["deal", "valid_to"], name="record_version_deal"),
            models.Index(
                fields=["valid_to", "valid_from"],
                name="record_version_open",
                condition=models.Q(is_open=True, is_latest=True),
            ),
            models.Index(fields=["valid_from"], name="record_version_changed"),
            models.Index(fields=["known_from"], name="record_version_learned"),
            # Of open deals only: an index of all that a team ever carried tempts the planner to
            # read it whole where the few deals that changed are asked for.
            models.Index(
                fields=["salesperson", "valid_to", "valid_from"],
                name="record_version_carried",
                condition=models.Q(is_open=True, is_latest=True),
            ),
            models.Index(
                fields=["company"],
                name="record_version_company",
                condition=models.Q(is_latest=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from:%Y-%m-%d}"

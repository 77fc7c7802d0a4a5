"""A deal over time, folded from facts: dropping and rebuilding these rows changes nothing."""

from __future__ import annotations

from django.db import models


class DealVersion(models.Model):
    """A deal's whole state over ``[valid_from, valid_to)``, as known in ``[known_from, known_to)``.

    An interval without end ends at ``clock.FOREVER``. Of one deal, no two rows overlap in both
    times. ``is_latest`` (known_to is FOREVER) and ``is_open`` (status is open) repeat what other
    columns say, because a bare boolean column is what both engines can match with a partial index
    whatever the parameters of a query are.
    """

    deal_id = models.BigIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField()
    is_latest = models.BooleanField()
    is_open = models.BooleanField()

    name = models.CharField(max_length=500)
    company_id = models.BigIntegerField(null=True)
    salesperson_id = models.BigIntegerField(null=True)
    stage_id = models.BigIntegerField(null=True)
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
            models.Index(fields=["deal_id", "valid_from"], name="record_version_deal"),
            models.Index(
                fields=["valid_to", "valid_from"],
                name="record_version_open",
                condition=models.Q(is_open=True, is_latest=True),
            ),
            models.Index(fields=["valid_from"], name="record_version_changed"),
            models.Index(fields=["known_from"], name="record_version_learned"),
            models.Index(
                fields=["salesperson_id", "valid_to", "valid_from"],
                name="record_version_person",
                condition=models.Q(is_open=True, is_latest=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from {self.valid_from:%Y-%m-%d}"

"""What Ridealong said, morning by morning: odds of deals, ranges of periods, claims."""

from __future__ import annotations

from django.db import models

from ridealong.record.models.subjects import Folded


class Statement(Folded):
    """That something was said on a morning. ``known_from``: when that was learned.

    ``day``: the company's, counted from the beginning of the year 1. ``body``: what holds for all
    that was said then, such as which horizons odds are by.
    """

    what = models.CharField(max_length=8)
    day = models.IntegerField()
    at = models.DateTimeField()
    known_from = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["what", "at"], name="record_statement_when")]


class SaidOdds(models.Model):
    """Odds of a deal on a day (see ``Statement``), until it is said otherwise.

    ``won``: thousandths, one a horizon of the statement, in its order. As short as can be: of a
    large company there are thousands a day.
    """

    deal_id = models.BigIntegerField()
    day = models.IntegerField()
    won = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["deal_id", "day"], name="record_said_deal")]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.won}"


class SaidRange(models.Model):
    """Where a period is likely to land. ``member_id`` None: for the company as a whole."""

    statement_id = models.BigIntegerField(db_index=True)
    member_id = models.BigIntegerField(null=True)
    period = models.CharField(max_length=10)
    at = models.DateTimeField()
    low = models.BigIntegerField()
    middle = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["period", "at"], name="record_said_period")]

    def __str__(self) -> str:
        return f"{self.period}: {self.low} to {self.high}"


class SaidClaim(models.Model):
    """A claim as it is, until it is said otherwise. ``person_id``: the member it is about."""

    statement_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="record_said_claim")]

    def __str__(self) -> str:
        return self.name

"""What leaders say to the CEO: numbers they call, remarks in their brief, and what they owe."""

from __future__ import annotations

from django.db import models

from ridealong.record.models.leading import Held


class CalledNumber(Held):
    """What a member said would close in a period. ``hundredths`` of the company's currency."""

    number_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    member_id = models.BigIntegerField(null=True, db_index=True)
    period = models.CharField(max_length=10)
    hundredths = models.BigIntegerField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} {self.period}"


class Remark(Held):
    """What a leader changed of their brief about a deal."""

    remark_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    member_id = models.BigIntegerField(null=True, db_index=True)
    deal_id = models.BigIntegerField(null=True)
    text = models.TextField(blank=True)
    hidden = models.BooleanField()
    help = models.CharField(max_length=500, blank=True, default="")
    place = models.IntegerField(null=True)

    def __str__(self) -> str:
        return self.key


class Promise(Held):
    """What a leader owes to the CEO: ``kind`` promise, or question that had no answer."""

    promise_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    member_id = models.BigIntegerField(null=True, db_index=True)
    deal_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    text = models.TextField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=7)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:80]

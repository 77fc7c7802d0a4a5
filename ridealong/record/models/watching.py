"""What Ridealong noticed about deals, what people did about it, and what is to be looked at."""

from __future__ import annotations

from django.db import models

from ridealong.record.models.leading import Held
from ridealong.record.models.subjects import Folded


class Signal(Held):
    """What was noticed about a deal, while it stands; ``raised_at``: since when."""

    signal_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    rule = models.CharField(max_length=40)
    deal_id = models.BigIntegerField()
    raised_at = models.DateTimeField()
    words = models.TextField()
    evidence = models.JSONField()

    class Meta:
        indexes = [
            models.Index(
                fields=["deal_id", "valid_to"],
                name="record_signal_deal",
                condition=models.Q(is_latest=True),
            ),
            models.Index(
                fields=["raised_at"],
                name="record_signal_raised",
                condition=models.Q(is_latest=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.deal_id}"


class Response(Held):
    """What a member did about a signal; ``raised_at`` says about which of its times."""

    response_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    signal_id = models.BigIntegerField(null=True, db_index=True)
    member_id = models.BigIntegerField(null=True, db_index=True)
    raised_at = models.DateTimeField(null=True)
    did = models.CharField(max_length=9)
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} {self.did} {self.signal_id}"


class RuleSetting(Held):
    """How a rule is set; ``key`` is its name."""

    rule_id = models.BigIntegerField(db_index=True)
    key = models.CharField(max_length=255)
    values = models.JSONField()
    off = models.BooleanField()

    def __str__(self) -> str:
        return self.key


class Norms(Folded):
    """What is normal in the week that begins on the Monday ``key``."""

    body = models.JSONField()


class Trial(Folded):
    """How what Ridealong says held on the company's own history; ``key``: of what."""

    at = models.DateTimeField()
    body = models.JSONField()


class DueWatch(models.Model):
    """A deal of which something was learned since it was looked at; 0: any deal may be touched.

    Written in the transaction that folds what was learned.
    """

    deal_id = models.BigIntegerField(primary_key=True)
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"due: {self.deal_id}"


class Watched(models.Model):
    """Until when nothing about a deal changes by the clock alone."""

    deal_id = models.BigIntegerField(primary_key=True)
    wake_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.deal_id} until {self.wake_at}"

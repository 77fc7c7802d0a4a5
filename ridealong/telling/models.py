"""What members want to be told, what they were told, and the webhooks that are told, too."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from ridealong.lib import clock
from ridealong.site.sealing import seal, unseal


class Preference(models.Model):
    """How one member wants to be told.

    ``days``: working days as digits, 0 for Monday. ``time_zone``: "" for the company's.
    ``digest_for``: the due moment up to which digests are seen to. ``urgent``: ``[signal's number,
    raised]`` of what is to be told at ``urgent_at``.
    """

    member_id = models.BigIntegerField(unique=True)
    digest = models.BooleanField()
    digest_at = models.TimeField(default=time(7, 30))
    days = models.CharField(max_length=7, default="01234")
    at_once = models.BooleanField()
    quiet_from = models.TimeField(default=time(20))
    quiet_to = models.TimeField(default=time(7))
    time_zone = models.CharField(max_length=64, blank=True)
    digest_for = models.DateTimeField(default=clock.now)
    urgent = models.JSONField(default=list)
    urgent_at = models.DateTimeField(null=True)
    feed_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  of nobody
    feed_made_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["urgent_at"],
                name="telling_preference_urgent",
                condition=Q(urgent_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"how to tell {self.member_id}"


class Told(models.Model):
    """What a member was told in one mail, from when it goes over the line.

    ``since``, ``until``: of a digest, raised in ``[since, until)``. ``signals``: ``[number,
    raised]`` of those named in it; ``count``: of how many it speaks.
    """

    class Way(models.TextChoices):
        """How it was told."""

        DIGEST = "digest"
        AT_ONCE = "at_once"

    run = models.BigIntegerField(unique=True, help_text="the run that sent it")
    member_id = models.BigIntegerField()
    way = models.CharField(max_length=7, choices=Way.choices)
    at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    until = models.DateTimeField()
    signals = models.JSONField()
    count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["member_id", "way", "-at"], name="telling_told_last")]

    def __str__(self) -> str:
        return f"{self.way} to {self.member_id}"


class Looked(models.Model):
    """Until when signals that cannot wait were looked at; one row."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"looked until {self.until}"


class Webhook(models.Model):
    """An address that is told of signals as they are raised.

    ``member_id``: whose it is; it is told what they may see. ``about``: number of the member whose
    deals, and whose team's, it is told of; None for all. ``rules``: names; none for all.
    ``sealed``: its address and secret. ``told_until``: raised before that, it was told.
    ``pending``: what is being told: ``{"id", "until", "done", "signals": [[number, raised]]}``.
    """

    class Kind(models.TextChoices):
        """Who listens."""

        SLACK = "slack", "Slack, or what takes the same"
        GENERIC = "generic", "a program of yours (signed JSON)"

    member_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    about = models.BigIntegerField(null=True)
    rules = models.JSONField(default=list)
    sealed = models.TextField()
    told_until = models.DateTimeField(default=clock.now)
    pending = models.JSONField(null=True)
    told_at = models.DateTimeField(null=True, help_text="when it last took something")
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Return what its runs work on: of one, never two at once, so that order is kept."""
        return f"webhook:{self.pk}"

    @property
    def secrets(self) -> dict[str, str]:
        """Return {"address", "secret"} in clear. Raises ``Refused`` with another secret key."""
        return unseal(self.sealed)

    @secrets.setter
    def secrets(self, values: dict[str, str]) -> None:
        self.sealed = seal(values)


class BriefSchedule(models.Model):
    """When a leader's brief is kept and sent, and to whom.

    ``days``: weekdays as digits, 0 for Monday; ``at``: in the company's time zone. ``recipients``:
    numbers of members; none while it is off. ``due_for``: the due moment up to which it is seen to.
    """

    member_id = models.BigIntegerField(unique=True)
    days = models.CharField(max_length=7, default="4")
    at = models.TimeField(default=time(8))
    recipients = models.JSONField(default=list)
    due_for = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"brief of {self.member_id}"

"""A run of long work: its state, progress and report, so that a page can be closed meanwhile."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from ridealong.lib import clock

SILENT = timedelta(seconds=30)
"""A run that has not been heard of for so long has ended with its process."""


class Run(models.Model):
    """One piece of work. ``plan``: what it is to do; ``report``: what came of it.

    ``subject``: what it works on; of one subject, one run at most is waiting or running.
    ``lease``: whose it is while it runs; a process that lost it writes no more.
    """

    class State(models.TextChoices):
        """Where a run is."""

        PLANNED = "planned"
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=20, default="import")
    subject = models.CharField(max_length=80, blank=True)
    started_by = models.BigIntegerField(null=True, help_text="number of the member")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    created_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=clock.now, help_text="while waiting: not before")
    attempts = models.IntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    doing = models.CharField(max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    per_second = models.FloatField(null=True, help_text="how fast it goes at what it is doing")
    plan = models.JSONField(default=list)
    report = models.JSONField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(subject=""),
                name="jobs_run_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["subject", "-id"], name="jobs_run_of_subject")]

    def __str__(self) -> str:
        return f"run {self.pk}: {self.state}"

    @property
    def active(self) -> bool:
        """Say whether it waits for its turn or runs."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def stopped(self) -> bool:
        """Say whether it was running and its process is gone: a worker will take it up again."""
        return self.state == self.State.RUNNING and clock.now() - self.heard_at > SILENT

    @property
    def left(self) -> timedelta | None:
        """Estimate how long what it is doing goes on; None while that cannot be said."""
        if not self.per_second or not self.total:
            return None
        return timedelta(seconds=max(0, self.total - self.done) / self.per_second)

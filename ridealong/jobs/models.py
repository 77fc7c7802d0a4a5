"""A run of long work: its state, progress and report, so that a page can be closed meanwhile."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from ridealong.lib import clock

SILENT = timedelta(seconds=60)
"""A run that has not been heard of for so long has ended with its process."""


class Run(models.Model):
    """One import from the page. ``plan``: how its files are read; ``report``: what came of it."""

    class State(models.TextChoices):
        """Where a run is."""

        PLANNED = "planned"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    started_by = models.BigIntegerField(help_text="number of the member")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    created_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now)
    doing = models.CharField(max_length=40, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    per_second = models.FloatField(null=True, help_text="how fast it goes at what it is doing")
    plan = models.JSONField(default=list)
    report = models.JSONField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"run {self.pk}: {self.state}"

    @property
    def stopped(self) -> bool:
        """Say whether it was running and its process is gone."""
        return self.state == self.State.RUNNING and clock.now() - self.heard_at > SILENT

    @property
    def left(self) -> timedelta | None:
        """Estimate how long what it is doing goes on; None while that cannot be said."""
        if not self.per_second or not self.total:
            return None
        return timedelta(seconds=max(0, self.total - self.done) / self.per_second)

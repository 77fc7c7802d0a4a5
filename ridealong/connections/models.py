"""What was connected, and what was left out of what it brought."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from ridealong.lib import clock
from ridealong.site.sealing import seal, unseal
from ridealong.sources.base.connector import Connector
from ridealong.sources.base.registry import connectors


class Connection(models.Model):
    """A source that was connected.

    ``sealed``: its secrets, encrypted. ``cursor``: where its next sync goes on. ``attention``:
    what a person has to do before it can go on, "" for nothing. ``owner``: number of the member
    whose mailbox or calendar it is, who may stop it; None for the company's.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=50, unique=True)
    owner = models.BigIntegerField(null=True)
    settings = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    cursor = models.JSONField(default=dict)
    from_start = models.BooleanField(default=False, help_text="the next sync reads everything")
    paused = models.BooleanField(default=False)
    writes_back = models.BooleanField(default=False)
    attention = models.TextField(blank=True)
    counts = models.JSONField(default=dict, help_text="subjects it spoke of, by kind")
    created_at = models.DateTimeField(default=clock.now)
    synced_at = models.DateTimeField(null=True, help_text="end of the last sync that went through")
    due_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name

    @property
    def connector(self) -> Connector:
        """Return the kind of source it is."""
        return connectors()[self.kind]

    @property
    def source(self) -> str:
        """Return by which name it speaks in the record."""
        return f"{self.kind}:{self.name}"

    @property
    def subject(self) -> str:
        """Return what its runs work on: of one, never two at once."""
        return f"source:{self.pk}"

    @property
    def subjects(self) -> tuple[str, str]:
        """Return what its runs work on: reading, and writing back."""
        return self.subject, f"write:{self.pk}"

    @property
    def secrets(self) -> dict[str, str]:
        """Return its secrets in clear: never shown, never logged."""
        return unseal(self.sealed)

    @secrets.setter
    def secrets(self, values: dict[str, str]) -> None:
        self.sealed = seal(values)

    @property
    def every(self) -> timedelta:
        """Return how often it is synced."""
        return self.connector.every


class LeftOut(models.Model):
    """One thing that a source had and that could not be taken in: which, and why."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="left_out")
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "what", "why"], name="connections_left_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


class WriteBack(models.Model):
    """A change of a person's that goes back to where the deal came from.

    ``before``: what the service had said when the person changed it; ``current``: what it says by
    now, where that is something else. ``anyway``: the person has seen both and wants theirs.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        WRITTEN = "written"
        REFUSED = "refused"
        DIFFERS = "differs"
        LEFT = "left"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    deal = models.CharField(max_length=255, db_index=True)
    field = models.CharField(max_length=20)
    value = models.TextField(null=True)  # noqa: DJ001  null is an emptied field, "" none
    before = models.TextField(null=True)  # noqa: DJ001
    current = models.TextField(null=True)  # noqa: DJ001
    anyway = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    answer = models.TextField(blank=True)
    by = models.BigIntegerField(help_text="number of the member")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["connection"],
                name="connections_write_waiting",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.deal}"

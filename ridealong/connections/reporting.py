"""How each connection is: in words, with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ridealong.connections.models import Connection
from ridealong.jobs.models import Run
from ridealong.lib import clock

LATE = timedelta(minutes=30)
"""Behind its time by more than this, a source is late."""


@dataclass(frozen=True)
class Health:
    """How a connection is.

    ``state``: "loading" (for the first time), "syncing", "waiting" (its turn, or another try),
    "paused", "attention" (a person has to do something), "late" or "well". ``lag``: how old the
    record's picture of it is, None before the first load is through. ``error``: what is in the
    way, in words; "" for nothing. ``run``: the one under way, or else the last.
    """

    connection: Connection
    state: str
    lag: timedelta | None
    error: str
    left_out: int
    run: Run | None

    @property
    def words(self) -> str:
        """Return the state as people say it."""
        return WORDS[self.state]


WORDS = {
    "loading": "loading for the first time",
    "syncing": "syncing",
    "waiting": "waiting to be tried again",
    "paused": "paused",
    "attention": "needs you",
    "late": "late",
    "well": "up to date",
}


def health(connection: Connection, *, now: datetime | None = None) -> Health:
    """Return how a connection is now."""
    now = now or clock.now()
    run = Run.objects.filter(subject=connection.subject).order_by("-id").first()
    synced = connection.synced_at
    lag = None if synced is None else max(now - synced, timedelta(0))
    active = run is not None and run.active
    if connection.attention:
        state, error = "attention", connection.attention
    elif connection.paused:
        state, error = "paused", ""
    elif run is not None and run.error and run.state in {Run.State.WAITING, Run.State.FAILED}:
        state, error = "waiting", run.error
    elif active:
        state, error = ("syncing" if synced else "loading"), ""
    elif lag is None or lag > connection.every + LATE:
        state, error = "late", "It was not synced for a while: is a worker running?"
    else:
        state, error = "well", ""
    return Health(connection, state, lag, error, connection.left_out.count(), run)


def all_of(owner: int | None = None) -> list[Health]:
    """Return every connection's health in order of name; with ``owner`` only that member's."""
    rows = Connection.objects.order_by("name")
    if owner is not None:
        rows = rows.filter(owner=owner)
    return [health(connection) for connection in rows]

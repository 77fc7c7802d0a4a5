"""How each connection is: in words, with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from ridealong.connections.models import Connection
from ridealong.connections.scheduling import PLACING
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record import directory

LATE = timedelta(minutes=30)
"""Behind its time by more than this, a source is late."""


@dataclass(frozen=True)
class Health:
    """How a connection is.

    ``state``: "loading" (for the first time), "syncing", "waiting" (for another try), "failed"
    (tried again when it is next due), "paused", "attention" (a person has to do something), "late"
    or "well". ``owner``: name of the member whose it is, "" for the company's. ``lag``: how old the
    record's picture of it is, None before the first load is through. ``error``: what is in the
    way, in words; "" for nothing. ``run``: the one under way, or else the last.
    """

    connection: Connection
    state: str
    lag: timedelta | None
    error: str
    left_out: int
    run: Run | None
    owner: str = ""

    @property
    def words(self) -> str:
        """Return the state as people say it."""
        return WORDS[self.state]


WORDS = {
    "loading": "loading for the first time",
    "syncing": "syncing",
    "waiting": "waiting to be tried again",
    "failed": "did not get through",
    "paused": "paused",
    "attention": "needs you",
    "late": "late",
    "well": "up to date",
}


def health(connection: Connection, *, now: datetime | None = None, owner: str = "") -> Health:
    """Return how a connection is now; ``owner``: the name of whose it is."""
    now = now or clock.now()
    run = Run.objects.filter(subject=connection.subject).order_by("-id").first()
    synced = connection.synced_at
    lag = None if synced is None else max(now - synced, timedelta(0))
    active = run is not None and run.active
    if connection.attention:
        state, error = "attention", connection.attention
    elif connection.paused:
        state, error = "paused", ""
    elif run is not None and run.error and run.state == Run.State.WAITING:
        state, error = "waiting", run.error
    elif run is not None and run.error and run.state == Run.State.FAILED:
        state, error = "failed", run.error
    elif active:
        state, error = ("syncing" if synced else "loading"), ""
    elif lag is None or lag > connection.every + LATE:
        state = "late"
        error = "It was not synced for a while: is `ridealong serve` or `ridealong worker` running?"
    else:
        state, error = "well", ""
    return Health(connection, state, lag, error, connection.left_out.count(), run, owner)


def all_of(owner: int | None = None) -> list[Health]:
    """Return every connection's health in order of name; with ``owner`` only that member's."""
    rows = Connection.objects.order_by("name")
    if owner is not None:
        rows = rows.filter(owner=owner)
    names = {member.id: member.name for member in directory.members()}
    return [health(each, owner=names.get(each.owner or 0, "")) for each in rows]


def reasons(connection: Connection) -> list[tuple[str, int]]:
    """Return why things were left out and how often, without saying which: of somebody's mail."""
    rows = connection.left_out.order_by().values_list("why").annotate(count=Count("id"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def placing_failed() -> str:
    """Return why what came in is not placed, "" where nothing is in the way."""
    run = Run.objects.filter(subject=PLACING).order_by("-id").first()
    return run.error if run is not None and run.state in {"waiting", "failed"} else ""

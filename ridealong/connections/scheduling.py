"""When connections are synced."""

from __future__ import annotations

from datetime import datetime, timedelta

from ridealong.connections.models import Connection
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.record import hearable, placeable

PLACING = "placing"
"""What the run works on that places what came in."""
HEARING = "hearing"
"""What the run works on that reads what talks were about."""
LOG_KEPT = timedelta(days=30)
"""How long runs are shown."""
IDLE_KEPT = timedelta(hours=1)
"""How long those are that brought nothing."""


def start_due() -> int:
    """Start a sync of every connection that is due, the placing of what came, and its reading.

    Return how many connections were due.
    """
    now = clock.now()
    due = Connection.objects.filter(paused=False, attention="", due_at__lte=now)
    for connection in due:
        # Should the run never end, it is due again a while later all the same.
        Connection.objects.filter(pk=connection.pk).update(due_at=now + connection.every)
        _start(connection)
    if placeable.is_due() and not starting.failed_lately(PLACING):
        starting.start("place", subject=PLACING)
    if hearable.is_due(now) and not starting.failed_lately(HEARING):
        starting.start("hear", subject=HEARING)
    _forget(now)
    return len(due)


def _forget(now: datetime) -> None:
    """Forget old runs; and of a mailbox that is asked every few seconds, what brought nothing."""
    ended = Run.objects.filter(kind__in=["sync", "place", "hear", "refit"]).exclude(
        state__in=[Run.State.WAITING, Run.State.RUNNING]
    )
    ended.filter(created_at__lt=now - LOG_KEPT).delete()
    idle = {"report__added": 0, "report__left_out": 0}
    ended.filter(created_at__lt=now - IDLE_KEPT, state=Run.State.DONE, **idle).delete()


def start(connection: Connection, *, full: bool = False, by: int | None = None) -> Run:
    """Start a sync that a person asked for and return its run; the one under way, if there is one.

    One that waits to be tried again is tried now. ``full``: read everything anew. ``by``: number
    of the member who asked for it.
    """
    changed = {"from_start": True} if full else {}
    Connection.objects.filter(pk=connection.pk).update(attention="", paused=False, **changed)
    return _start(connection, by=by, hurry=True)


def _start(connection: Connection, *, by: int | None = None, hurry: bool = False) -> Run:
    return starting.start(
        "sync",
        subject=connection.subject,
        plan={"connection": connection.pk},
        started_by=by,
        hurry=hurry,
    )

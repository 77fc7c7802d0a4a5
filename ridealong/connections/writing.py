"""Changes of people, written back to the services that deals came from, where that is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from ridealong.connections.models import Connection, WriteBack
from ridealong.connections.reaching import access
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib.again import Refused
from ridealong.record import directory
from ridealong.record.progress import Progress, Watch
from ridealong.sources.base.connector import Differs, Edit, Writer

SHOWN = 5


def pass_on(edits: Iterable[Edit], *, by: int) -> int:
    """Send edits of a deal back to the sources that told of it; return how many are sent.

    Only to those that writing back is switched on for, and fields that they can write.
    """
    sent: set[Connection] = set()
    count = 0
    for edit in edits:
        sources = directory.sources_of("deal", edit.deal)
        for connection in Connection.objects.filter(writes_back=True):
            connector = connection.connector
            if connection.source not in sources or edit.field not in getattr(
                connector, "writes", ()
            ):
                continue
            WriteBack.objects.create(
                connection=connection,
                deal=edit.deal,
                field=edit.field,
                value=edit.value,
                before=edit.before,
                by=by,
            )
            sent.add(connection)
            count += 1
    for connection in sent:
        start(connection)
    return count


def start(connection: Connection, *, hurry: bool = False) -> Run:
    """Start writing what waits for a connection; ``hurry``: a person asks for it now."""
    return starting.start(
        "write",
        subject=_subject(connection),
        plan={"connection": connection.pk},
        hurry=hurry,
    )


def _subject(connection: Connection) -> str:
    return connection.subjects[1]


def start_waiting() -> None:
    """Start writing wherever something waits: called by workers every few seconds."""
    waiting = WriteBack.objects.filter(state=WriteBack.State.WAITING, connection__paused=False)
    for connection in Connection.objects.filter(pk__in=waiting.values("connection")):
        if not starting.failed_lately(_subject(connection)):
            start(connection)


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Write what waits, one after another. Raises ``TryAgain``: what was not written yet waits."""
    connection = Connection.objects.filter(pk=run.plan["connection"]).first()
    if connection is None:
        return {"ended": "It was disconnected."}
    writer = cast(Writer, connection.connector)
    reached = access(connection)
    done = 0
    waiting = WriteBack.objects.filter(connection=connection, state=WriteBack.State.WAITING)
    while (row := waiting.order_by("id").first()) is not None:
        watch(Progress("writing back", done, None))
        edit = Edit(row.deal, row.field, row.value, row.before)
        try:
            writer.write(reached, edit, anyway=row.anyway)
            row.state, row.answer = WriteBack.State.WRITTEN, ""
        except Differs as error:
            row.state, row.current = WriteBack.State.DIFFERS, error.current
        except Refused as error:
            row.state, row.answer = WriteBack.State.REFUSED, str(error)
        row.save(update_fields=["state", "answer", "current"])
        done += 1
    return {"written": done}


def of_deal(deal: str) -> list[WriteBack]:
    """Return what became of the newest changes of a deal that went back, each field's last."""
    rows = WriteBack.objects.filter(deal=deal).select_related("connection").order_by("-id")
    last: dict[tuple[str, int], WriteBack] = {}
    for row in rows[:50]:
        last.setdefault((row.field, row.connection_id), row)
    return [row for row in last.values() if row.state != WriteBack.State.LEFT][:SHOWN]


def insist(row: WriteBack) -> None:
    """Write a person's value though the service has another by now."""
    row.anyway, row.state, row.answer = True, WriteBack.State.WAITING, ""
    row.save(update_fields=["anyway", "state", "answer"])
    start(row.connection, hurry=True)


def let_be(row: WriteBack) -> None:
    """Leave the service as it is."""
    row.state = WriteBack.State.LEFT
    row.save(update_fields=["state"])

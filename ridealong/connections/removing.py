"""Disconnecting a source: with what it told, or without."""

from __future__ import annotations

from typing import Any

from ridealong.connections.models import Connection
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.record import writer
from ridealong.record.progress import Watch


def disconnect(connection: Connection, *, with_data: bool, by: int | None = None) -> None:
    """Forget a connection, its settings and secrets; ``with_data``: and take back what it told.

    Taking back is a run of its own; a sync under way ends at its next page.
    """
    source = connection.source
    connection.delete()
    if with_data:
        starting.start(
            "withdraw", subject=f"withdraw:{source}", plan={"source": source}, started_by=by
        )


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Take back what a source told."""
    return {"subjects": writer.withdraw(run.plan["source"], progress=watch)}

"""Carrying a sync out: page by page, each kept whole together with where to go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ridealong.connections.making import CRM
from ridealong.connections.models import Connection, LeftOut
from ridealong.connections.reaching import access, ours
from ridealong.jobs import starting
from ridealong.jobs.models import Run
from ridealong.lib import clock
from ridealong.lib.again import Interrupted, Refused
from ridealong.record import directory, writer
from ridealong.record.progress import Progress, Watch
from ridealong.record.ranks import SourceName
from ridealong.sources.base.connector import Page, Problem

LISTED = 1000
"""Things left out that are kept for each connection."""


def carry_out(run: Run, watch: Watch) -> dict[str, Any]:
    """Sync the run's connection; return how many facts came.

    Cut anywhere, it goes on after the last page that was kept. Raises ``Refused``, ``TryAgain`` or
    ``Interrupted``.
    """
    connection = Connection.objects.filter(pk=run.plan["connection"]).first()
    if connection is None:
        return {"ended": "It was disconnected."}
    try:
        return _synced(connection, watch)
    except Refused as error:
        Connection.objects.filter(pk=connection.pk).update(attention=str(error))
        raise


def _synced(connection: Connection, watch: Watch) -> dict[str, Any]:
    began = clock.now()
    if connection.from_start:
        connection.cursor, connection.from_start = {}, False
        connection.save(update_fields=["cursor", "from_start"])
    added = known = left_out = 0
    for page in connection.connector.pull(access(connection), connection.cursor, ours()):
        watch(Progress(page.doing, page.done, page.total))
        outcome = _kept(connection, page)
        if outcome is None:
            return {"ended": "It was paused.", "added": added, "known": known}
        added, known = added + outcome.added, known + outcome.known
        left_out += len(page.problems)
    values: dict[str, Any] = {"synced_at": began, "due_at": began + connection.every}
    if added or not connection.counts:
        values["counts"] = directory.spoken_of(connection.source)
    Connection.objects.filter(pk=connection.pk).update(attention="", **values)
    if added and connection.connector.weighs == CRM:
        # A deal that is new may be the one that earlier mail was about.
        starting.start("place", subject="placing again", plan={"again": True})
    return {"added": added, "known": known, "left_out": left_out}


def _kept(connection: Connection, page: Page) -> writer.Outcome | None:
    """Keep a page; None where somebody paused the source, or asked for a full sync, meanwhile."""
    source = SourceName(connection.source, connection.connector.weighs)
    with transaction.atomic():
        row = Connection.objects.select_for_update().filter(pk=connection.pk).first()
        if row is None:
            raise Interrupted
        if row.paused or row.from_start:
            return None
        outcome = writer.append(source, page.facts)
        row.cursor = dict(page.cursor)
        row.save(update_fields=["cursor"])
        _list(connection, page.problems)
    return outcome


def _list(connection: Connection, problems: Iterable[Problem]) -> None:
    rows = [
        LeftOut(connection=connection, what=problem.what[:300], why=problem.why[:500])
        for problem in problems
    ]
    if not rows:
        return
    LeftOut.objects.bulk_create(rows, ignore_conflicts=True)
    oldest = connection.left_out.order_by("-id").values_list("id", flat=True)[LISTED : LISTED + 1]
    for number in oldest:
        connection.left_out.filter(id__lte=number).delete()

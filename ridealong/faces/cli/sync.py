"""``ridealong sync``: bring sources up to date now."""

from __future__ import annotations

import sys
import time

import click

from ridealong.connections import scheduling
from ridealong.connections.models import Connection
from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.ready import prepare
from ridealong.faces.cli.source import found
from ridealong.jobs import starting
from ridealong.jobs.carrying import carry
from ridealong.jobs.models import Run
from ridealong.record.progress import Progress, Watch


@click.command()
@click.argument("name", required=False)
@click.option("--full", is_flag=True, help="Read everything anew, not only what is new.")
def command(name: str | None, full: bool) -> None:
    """Bring one source up to date, or all that are not paused; wait for the end."""
    prepare()
    chosen = [found(name)] if name else list(Connection.objects.filter(paused=False))
    if not chosen:
        raise InvalidInput("No source is connected: `ridealong source add KIND NAME`.")
    failed = False
    for connection in chosen:
        run = _carried(connection, full=full)
        report = run.report or {}
        if run.state == Run.State.DONE and "ended" not in report:
            said = f"{report['added']:,} facts added, {report['known']:,} known already"
            click.echo(f"{connection.name}: {said}, {report['left_out']:,} left out.")
        else:
            failed = True
            click.echo(f"{connection.name}: {run.error or report.get('ended', '')}", err=True)
    if failed:
        sys.exit(1)


def _carried(connection: Connection, *, full: bool) -> Run:
    """Carry a sync out here; where a worker has it already, wait for that one."""
    run = scheduling.start(connection, full=full)
    with watching() as progress:
        carry.func(run.pk)
        run.refresh_from_db()
        while run.state == Run.State.RUNNING:
            _show(run, progress)
            time.sleep(0.5)
            if run.stopped:
                # Its worker is gone, and there may be no other: it goes on here.
                starting.revive()
                carry.func(run.pk)
            run.refresh_from_db()
    return run


def _show(run: Run, progress: Watch) -> None:
    progress(Progress(run.doing or "waiting", run.done, run.total))

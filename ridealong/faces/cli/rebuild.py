"""``ridealong rebuild``: fold everything again from the facts."""

from __future__ import annotations

import click

from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.ready import prepare
from ridealong.record import writer


@click.command()
def command() -> None:
    """Drop every table that is derived from facts and make it again.

    Facts are not touched; the result is the same history.
    """
    prepare()
    with watching() as progress:
        subjects = writer.rebuild(progress=progress)
    click.echo(f"Rebuilt from the facts: {subjects:,} subjects.")

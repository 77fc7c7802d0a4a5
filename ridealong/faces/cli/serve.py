"""``ridealong serve``: the pages, and a worker beside them."""

from __future__ import annotations

import os

import click

from ridealong.credentials import claiming
from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.ready import prepare
from ridealong.faces.cli.worker import beside
from ridealong.site.serving import PortTaken, check_free, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the pages, with a worker beside them.

    Before there is an owner, print the address that sets one up.
    """
    free(host, port)
    prepare()
    if not {"RIDEALONG_HOSTS", "RIDEALONG_HTTPS"} & os.environ.keys():
        # Nobody named it otherwise: so the links in mails lead here.
        os.environ.setdefault("RIDEALONG_ADDRESS", address(host, port))
    click.echo(f"Ridealong is at {address(host, port)} (Ctrl-C ends it)")
    if not claiming.is_set_up():
        click.echo(f"Set it up at {address(host, port)}/setup?code={claiming.code()}")
    with beside():
        serve(host, port)


def address(host: str, port: int) -> str:
    """Return what to type into a browser."""
    shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)  # noqa: S104  not listened on here
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def free(host: str, port: int) -> None:
    """End with a sentence when somebody listens there already."""
    try:
        check_free(host, port)
    except PortTaken as error:
        raise InvalidInput(f"{error} Choose another with --port.") from error

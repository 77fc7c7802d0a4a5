"""``ridealong demo``: a simulated company to try Ridealong with."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from datetime import date, datetime
from pathlib import Path

import click
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.ready import prepare
from ridealong.faces.cli.reliving import relive
from ridealong.faces.cli.serve import address, free
from ridealong.faces.cli.worker import beside
from ridealong.record import directory
from ridealong.site.home import home
from ridealong.site.serving import serve
from ridealong.sources.demo import SIGN_INS, ZONE

PASSWORD = "ridealong-demo"  # noqa: S105  of simulated people, and printed
HOST = "127.0.0.1"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--seed-only", is_flag=True, help="Make the company and exit.")
def command(port: int, seed_only: bool) -> None:
    """Make a simulated company, and serve its pages."""
    if not seed_only:
        free(HOST, port)
    today = datetime.now(tz=ZONE).date()
    make(today)
    if seed_only:
        return
    show_sign_ins(address(HOST, port))
    open_browser(f"{address(HOST, port)}/demo?as=leader")
    with beside():
        serve(HOST, port)


def make(today: date) -> None:
    """Make the company of ``today`` unless it is there; an older simulated one is made anew."""
    prepare()
    if not directory.is_empty():
        if not directory.organisation().simulated:
            raise InvalidInput(
                f"{home()} holds data that is not simulated; it stays as it is. "
                "Choose another folder with RIDEALONG_HOME."
            )
        if made_on() == today.isoformat():
            return
        _remove()
        prepare()
    click.echo("Making the simulated company …")
    with watching() as progress:
        added = relive(today, progress)
    make_accounts()
    _note().write_text(today.isoformat(), encoding="ascii")
    click.echo(f"It is there: {added:,} facts.")


def made_on() -> str:
    """Return the day the simulated company was made for."""
    return _note().read_text(encoding="ascii") if _note().exists() else ""


def make_accounts() -> None:
    """Let everybody of the company sign in with the same printed password."""
    users = get_user_model()._default_manager
    numbers = {member.email: member.id for member in directory.members()}
    # It is printed for everybody, and hashing it takes half a second.
    hashed = make_password(PASSWORD)
    for person in SIGN_INS:
        user, _ = users.get_or_create(
            email=person.email, defaults={"member_id": numbers[person.email]}
        )
        user.password = hashed
        user.save()


def show_sign_ins(at: str) -> None:
    """Print where it is, and who may sign in."""
    click.echo(f"\nRidealong's simulated company is at {at}/demo (Ctrl-C ends it)\n")
    for person in SIGN_INS:
        click.echo(f"  {person.role:<12} {person.email}")
    click.echo(f"\nEverybody's password is {PASSWORD}; {at}/demo signs in with one click.\n")


def open_browser(page: str) -> None:
    """Open the page, where there is somebody to see it."""
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        threading.Timer(1.5, webbrowser.open, [page]).start()


def _note() -> Path:
    return home() / "simulated-on"


def _remove() -> None:
    if connection.vendor != "sqlite":
        raise InvalidInput(
            "The database holds the simulated company of an earlier day. Facts cannot be removed: "
            "give it an empty database by DATABASE_URL."
        )
    name = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for path in name.parent.glob(f"{name.name}*"):
        path.unlink()

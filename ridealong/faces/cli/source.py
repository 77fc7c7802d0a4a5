"""``ridealong source``: connect services, mailboxes and calendars, and see how they are."""

from __future__ import annotations

import os
from typing import Any

import click

from ridealong.connections import making, removing, reporting
from ridealong.connections.making import InvalidSetting
from ridealong.connections.models import Connection
from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import form, print_json
from ridealong.faces.cli.ready import prepare
from ridealong.faces.cli.tables import print_table
from ridealong.lib.again import Refused, TryAgain
from ridealong.record import pipeline
from ridealong.sources.base.connector import Setting
from ridealong.sources.base.registry import connectors


@click.group()
def command() -> None:
    """Connect services, mailboxes and calendars, and see how they are."""


@command.command()
@click.argument("kind")
@click.argument("name")
@click.option("--set", "said", multiple=True, metavar="KEY=VALUE", help="A setting.")
@click.option(
    "--secret-env",
    "secrets",
    multiple=True,
    metavar="[KEY=]VARIABLE",
    help="Take a secret from this environment variable.",
)
@click.option("--owner", metavar="EMAIL", help="Whose mailbox or calendar it is.")
@click.option("--no-check", is_flag=True, help="Keep it without reaching the service first.")
def add(
    kind: str,
    name: str,
    said: tuple[str, ...],
    secrets: tuple[str, ...],
    owner: str | None,
    no_check: bool,
) -> None:
    """Connect a source; what is missing is asked for."""
    prepare()
    try:
        whose = pipeline.member_with_email(owner).id if owner else None
    except pipeline.NotAMember as error:
        raise InvalidInput(str(error)) from error
    connector = connectors().get(kind)
    if connector is None:
        lines = "\n".join(f"  {each.kind:<12} {each.title}" for each in connectors().values())
        raise InvalidInput(f"There is no kind of source {kind!r}. There are:\n{lines}")
    given = {**_said(said), **_from_environment(secrets, connector.settings)}
    for setting in connector.settings:
        if setting.required and not setting.default and setting.name not in given:
            given[setting.name] = _asked(setting)
    try:
        connection = making.new(kind, name, given, owner=whose)
        if not no_check:
            click.echo(making.check(connection))
        making.keep(connection)
    except (InvalidSetting, Refused, TryAgain) as error:
        raise InvalidInput(str(error)) from error
    click.echo(f"{name} is connected: `ridealong sync {name}` loads it, or a worker does.")


@command.command(name="list")
@form("table", "json")
def list_(form: str) -> None:
    """Say how each source is: state, lag, counts, what is in the way."""
    prepare()
    found = reporting.all_of()
    if form == "json":
        print_json([_shape(each) for each in found])
        return
    if not found:
        click.echo("No source is connected: `ridealong source add KIND NAME`.")
        return
    print_table(
        ("Source", "Kind", "State", "Lag", "Has told of", "Left out", "In the way"),
        [
            (
                each.connection.name,
                each.connection.connector.title,
                each.words,
                _minutes(each),
                ", ".join(f"{kind} {n:,}" for kind, n in each.connection.counts.items()) or "–",
                f"{each.left_out:,}",
                each.error or "–",
            )
            for each in found
        ],
        {5},
    )


@command.command()
@click.argument("name")
def pause(name: str) -> None:
    """Stop syncing a source until `ridealong sync NAME`."""
    prepare()
    found(name)
    Connection.objects.filter(name=name).update(paused=True)
    click.echo(f"{name} is paused.")


@command.command()
@click.argument("name")
@click.option("--with-data", is_flag=True, help="And take back what it has told.")
@click.confirmation_option(prompt="Its settings and secrets will be gone. Disconnect it?")
def remove(name: str, with_data: bool) -> None:
    """Disconnect a source; what it has told stays, unless you say otherwise."""
    prepare()
    removing.disconnect(found(name), with_data=with_data)
    later = " A worker takes back what it told." if with_data else ""
    click.echo(f"{name} is disconnected.{later}")


def found(name: str) -> Connection:
    """Return the connection of that name; without one, end with a sentence."""
    connection = Connection.objects.filter(name=name).first()
    if connection is None:
        names = ", ".join(Connection.objects.order_by("name").values_list("name", flat=True))
        raise InvalidInput(f"There is no source {name!r}; connected are: {names or 'none'}.")
    return connection


def _said(pairs: tuple[str, ...]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise InvalidInput(f"--set {pair}: KEY=VALUE expected.")
        given[key] = value.replace("\\n", "\n")
    return given


def _from_environment(pairs: tuple[str, ...], settings: tuple[Setting, ...]) -> dict[str, str]:
    given = {}
    secret = [s.name for s in settings if s.kind == "secret"]
    needed = [s.name for s in settings if s.kind == "secret" and s.required] or secret
    for pair in pairs:
        key, sign, variable = pair.partition("=")
        if not sign:
            key, variable = (needed or [""])[0], pair
            if len(needed) != 1:
                choices = ", ".join(secret) or "none"
                raise InvalidInput(f"--secret-env {pair}: which one? KEY=VARIABLE; {choices}.")
        if variable not in os.environ:
            raise InvalidInput(f"--secret-env {pair}: there is no variable {variable}.")
        given[key] = os.environ[variable]
    return given


def _asked(setting: Setting) -> str:
    if setting.help:
        click.echo(setting.help, err=True)
    return str(click.prompt(setting.label, hide_input=setting.kind == "secret", err=True))


def _minutes(each: reporting.Health) -> str:
    return "–" if each.lag is None else f"{each.lag.total_seconds() / 60:,.0f} min"


def _shape(each: reporting.Health) -> dict[str, Any]:
    run = each.run if each.run is not None and each.run.active else None
    return {
        "name": each.connection.name,
        "kind": each.connection.kind,
        "owner": each.owner,
        "state": each.state,
        "lag_seconds": None if each.lag is None else round(each.lag.total_seconds()),
        "synced_at": each.connection.synced_at and each.connection.synced_at.isoformat(),
        "counts": each.connection.counts,
        "left_out": each.left_out,
        "error": each.error,
        "progress": run and {"doing": run.doing, "done": run.done, "total": run.total},
    }

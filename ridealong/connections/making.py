"""Connecting a source, changing how it is reached, and taking it away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from ridealong.connections.models import Connection
from ridealong.connections.reaching import access, ours
from ridealong.lib import clock
from ridealong.record import directory
from ridealong.sources.base.connector import Connector, Setting
from ridealong.sources.base.registry import connectors

_NAME = re.compile(r"[a-z0-9][a-z0-9_.@+-]{0,49}", re.IGNORECASE)
CRM = "crm"


class InvalidSetting(ValueError):
    """What was filled in cannot be used; the text names the setting."""


def new(kind: str, name: str, given: Mapping[str, str], *, owner: int | None = None) -> Connection:
    """Return a connection that is not kept yet. Raises ``InvalidSetting``.

    ``owner``: number of the member whose it is. Without one, a mailbox or calendar with a member's
    address for its login is that member's, whoever connects it: they see it, and may stop it.
    """
    connector = connectors().get(kind)
    if connector is None:
        kinds = ", ".join(connectors())
        raise InvalidSetting(f"There is no kind of source {kind!r}; there are {kinds}.")
    if not _NAME.fullmatch(name):
        raise InvalidSetting("A source's name has 1 to 50 letters, digits or any of _ . @ + -")
    if Connection.objects.filter(name=name).exists():
        raise InvalidSetting(f"There is a source {name!r} already.")
    connection = Connection(kind=kind, name=name, owner=owner, prefix=_prefix(connector, name))
    fill(connection, given)
    if owner is None and connector.for_everyone:
        connection.owner = _whose(connection.settings.get("login", ""))
    return connection


def _whose(login: str) -> int | None:
    wanted = login.strip().lower()
    return next((m.id for m in directory.members() if m.email and m.email == wanted), None)


def fill(connection: Connection, given: Mapping[str, str]) -> None:
    """Take settings over; a secret that is empty stays as it is. Raises ``InvalidSetting``."""
    connector = connection.connector
    known = {setting.name: setting for setting in connector.settings}
    for name in given:
        if name not in known:
            raise InvalidSetting(f"{connector.title} has no setting {name!r}: {', '.join(known)}.")
    plain, secrets = dict(connection.settings), dict(connection.secrets)
    for setting in connector.settings:
        value = given.get(setting.name)
        where = secrets if setting.kind == "secret" else plain
        if value is None or (setting.kind == "secret" and not value):
            where.setdefault(setting.name, setting.default)
        else:
            where[setting.name] = _checked(setting, value)
        if setting.required and not where[setting.name]:
            raise InvalidSetting(f"{setting.label} ({setting.name}) is missing.")
    connection.settings, connection.secrets = plain, secrets


def check(connection: Connection) -> str:
    """Reach the source with what is filled in, and say what is there.

    Raises ``Refused`` or ``TryAgain``.
    """
    return connection.connector.check(access(connection), ours())


def keep(connection: Connection) -> None:
    """Keep a connection; its next sync is due at once. Raises ``InvalidSetting`` for its name."""
    connection.attention = ""
    connection.due_at = clock.now()
    try:
        with transaction.atomic():
            connection.save()
    except IntegrityError as error:
        raise InvalidSetting(f"There is a source {connection.name!r} already.") from error


def _prefix(connector: Connector, name: str) -> str:
    """The first CRM's ids stand as they are, as in its exported files; a second one's do not."""
    if connector.weighs != CRM:
        return ""
    kinds = [kind for kind, each in connectors().items() if each.weighs == CRM]
    return f"{name}:" if Connection.objects.filter(kind__in=kinds).exists() else ""


def _checked(setting: Setting, value: str) -> str:
    value = value.strip("\r\n") if setting.kind == "secret" else value.strip()
    if "\x00" in value or len(value) > 10_000:
        raise InvalidSetting(f"{setting.label} ({setting.name}) is too long or holds a NUL.")
    if setting.kind == "flag":
        return "yes" if value.lower() in {"yes", "true", "1", "on"} else ""
    if setting.kind == "choice" and value not in setting.choices:
        choices = ", ".join(setting.choices)
        raise InvalidSetting(f"{setting.label} ({setting.name}) is one of {choices}.")
    return value

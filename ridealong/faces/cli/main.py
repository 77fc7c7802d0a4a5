"""The command ``ridealong``: one subcommand a module of this folder that has a ``command``."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from functools import cache

import click
import django

import ridealong.faces.cli as here

NOT_COMMANDS = frozenset(
    {"documents", "main", "progress", "reading", "ready", "reliving", "tables", "trials"}
)


class InvalidInput(click.ClickException):
    """Bad input: said on standard error, exit status 1."""

    exit_code = 1


@cache
def _names() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(here.__path__) if m.name not in NOT_COMMANDS)


class Commands(click.Group):
    """Finds its commands in this folder, and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [_spoken(name) for name in _names()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, None when there is none of that name."""
        for name in _names():
            if _spoken(name) == cmd_name:
                module = importlib.import_module(f"{here.__name__}.{name}")
                return module.command  # type: ignore[no-any-return]
        return None


def _spoken(module: str) -> str:
    # `import` is no name for a module
    return module.removesuffix("_").replace("_", "-")


@click.command(cls=Commands)
@click.version_option(package_name="ridealong")
def cli() -> None:
    """Ridealong: know every deal as if it were yours.

    Data lives in RIDEALONG_HOME (by default your user data directory); DATABASE_URL chooses
    PostgreSQL.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; exit with 0, 1 for bad input, 2 for wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ridealong.site.settings")
    # Commands import tables, which need Django's settings first.
    django.setup()
    cli.main(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="ridealong")

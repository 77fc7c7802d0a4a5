"""What the commands that read have in common: as whom, at what time, in which form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.ready import prepare
from ridealong.lib.clock import parse_moment
from ridealong.record import pipeline
from ridealong.record.pipeline import Pipeline
from ridealong.record.reading import organisation

Command = TypeVar("Command", bound=Callable[..., Any])

AT = click.option(
    "--at", "at_words", metavar="T", help="As of a date (its end) or date-time; now by default."
)
SINCE = click.option(
    "--since",
    "since_words",
    metavar="T",
    help="Compared with that moment; by default the last brief kept, else a week before.",
)
KNOWN = click.option(
    "--known", "known_words", metavar="T", help="With what was known then; now by default."
)
AS = click.option(
    "--as", "email", metavar="EMAIL", help="What this member may see; everything by default."
)


def form(*names: str) -> Callable[[Command], Command]:
    """Return the option ``--format`` with these names; the first is the default."""
    return click.option(
        "--format", "form", type=click.Choice(names), default=names[0], show_default=True
    )


def opened(email: str | None, at_words: str | None, known_words: str | None = None) -> Pipeline:
    """Open the pipeline that a command's options ask for; bad ones end it with a sentence."""
    prepare()
    zone = organisation().time_zone
    try:
        viewer: int | pipeline.Everything = pipeline.EVERYTHING
        if email is not None:
            viewer = pipeline.member_with_email(email).id
        return pipeline.open(viewer, moment(at_words, zone), moment(known_words, zone))
    except (pipeline.NotAMember, ValueError) as error:
        raise InvalidInput(str(error.args[0])) from error


def moment(words: str | None, zone: ZoneInfo) -> datetime | None:
    """Read a moment in the company's time zone; None for none. Raises ``ValueError``."""
    return None if words is None else parse_moment(words, zone)


def earlier(pipe: Pipeline, since_words: str | None) -> Pipeline | None:
    """Return the moment to compare with, None where none was asked for."""
    try:
        since = moment(since_words, pipe.organisation.time_zone)
    except ValueError as error:
        raise InvalidInput(str(error)) from error
    if since is None:
        return None
    if since > pipe.at:
        raise InvalidInput(f"--since {since_words} is after the moment looked at.")
    return pipe.moved(since, pipe.known)


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))

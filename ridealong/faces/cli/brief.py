"""``ridealong brief``: the brief of any moment, ready at any moment."""

from __future__ import annotations

import click

from ridealong.faces.cli.documents import html, markdown, text
from ridealong.faces.cli.reading import (
    AS,
    AT,
    KNOWN,
    SINCE,
    earlier,
    form,
    opened,
    print_json,
)
from ridealong.views import briefing


@click.command()
@AT
@SINCE
@KNOWN
@AS
@form("text", "json", "md", "html")
def command(
    at_words: str | None,
    since_words: str | None,
    known_words: str | None,
    email: str | None,
    form: str,
) -> None:
    """Print the brief for the CEO as of a moment, against an earlier one."""
    pipe = opened(email, at_words, known_words)
    made = briefing.brief(pipe, earlier(pipe, since_words))
    if form == "json":
        print_json(briefing.brief_shape(made))
        return
    zone = pipe.organisation.time_zone
    document = {"text": text, "md": markdown, "html": html}[form]
    click.echo(document(made, zone).rstrip("\n"))

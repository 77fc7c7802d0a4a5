"""``ridealong brief``: the brief of any moment, ready at any moment."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import (
    AS,
    AT,
    KNOWN,
    SINCE,
    earlier,
    form,
    opened,
)
from ridealong.faces.documents import html, markdown, pdf, text
from ridealong.views import briefing


@click.command()
@AT
@SINCE
@KNOWN
@AS
@form("text", "json", "markdown", "md", "html", "pdf")
@click.option("-o", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it there.")
def command(
    at_words: str | None,
    since_words: str | None,
    known_words: str | None,
    email: str | None,
    form: str,
    file: Path | None,
) -> None:
    """Print the brief for the CEO as of a moment, against an earlier one."""
    pipe = opened(email, at_words, known_words)
    made = briefing.brief(pipe, earlier(pipe, since_words))
    zone = pipe.organisation.time_zone
    if form == "pdf":
        if file is None:
            raise InvalidInput("A PDF needs a file: ridealong brief --format pdf -o brief.pdf")
        file.write_bytes(pdf(made, zone))
        return
    if form == "json":
        words = json.dumps(briefing.brief_shape(made), ensure_ascii=False, indent=2)
    else:
        document = {"text": text, "md": markdown, "markdown": markdown, "html": html}[form]
        words = document(made, zone).rstrip("\n")
    if file is None:
        click.echo(words)
    else:
        file.write_text(f"{words}\n", encoding="utf-8")

"""``ridealong pipeline``: the open deals at a moment, and what changed."""

from __future__ import annotations

import csv
import sys
from typing import cast

import click

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
from ridealong.faces.cli.tables import (
    DEAL_HEADINGS,
    console,
    deal_cells,
    figure_cells,
    group_rows,
    print_table,
)
from ridealong.record.pipeline import Pipeline
from ridealong.views import briefing, inspection
from ridealong.views.inspection import Grouping, Inspection, Selection

EVERY_DEAL = 1_000_000


@click.command()
@AT
@SINCE
@KNOWN
@AS
@click.option("--by", type=click.Choice(["salesperson", "stage", "month"]), help="Group by.")
@form("text", "json", "csv")
def command(
    at_words: str | None,
    since_words: str | None,
    known_words: str | None,
    email: str | None,
    by: str | None,
    form: str,
) -> None:
    """Show the pipeline at a moment, and what changed since another."""
    pipe = opened(email, at_words, known_words)
    before = earlier(pipe, since_words) or briefing.earlier_than(pipe, briefing.last_kept(pipe))
    grouping = cast("Grouping | None", by)
    seen = inspection.inspect(pipe, before, Selection(), by=grouping, per_page=EVERY_DEAL)
    if form == "json":
        print_json(inspection.inspection_shape(seen))
    elif form == "csv":
        print_csv(seen)
    else:
        print_text(pipe, seen, by)


def print_csv(seen: Inspection) -> None:
    """Print one line a deal, with a heading."""
    lines = [inspection.deal_shape(row.deal) for row in seen.rows]
    names = [*inspection.DEAL_FIELDS, "changes"]
    writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
    writer.writeheader()
    for line, row in zip(lines, seen.rows, strict=True):
        writer.writerow({**line, "changes": " ".join(change.kind for change in row.changes)})


def print_text(pipe: Pipeline, seen: Inspection, by: str | None) -> None:
    """Print totals, groups and the deals."""
    terminal = console()
    count, amount = figure_cells(seen.total, seen.currency)
    day = seen.at.astimezone(pipe.organisation.time_zone)
    terminal.print(f"[bold]{count} open deals, {amount}[/bold] as of {day:%a %d %b %Y %H:%M}\n")
    if by:
        rows = group_rows(seen.groups, seen.currency)
        print_table((by.capitalize(), "Deals", "Amount"), rows, {1, 2})
        terminal.print()
    print_table(
        (*DEAL_HEADINGS, "Changed"),
        [
            (*deal_cells(row.deal), ", ".join(c.kind.replace("_", " ") for c in row.changes))
            for row in seen.rows
        ],
        {4},
    )

"""``ridealong import``: take in files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.progress import watching
from ridealong.faces.cli.reading import moment
from ridealong.faces.cli.ready import prepare
from ridealong.faces.cli.tables import console, print_table
from ridealong.record.directory import organisation
from ridealong.sources import files
from ridealong.sources import singer as singer_target
from ridealong.sources.files import FilePlan, InvalidMapping, Report, Rules

LISTED = 50


@click.command(name="import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="How columns are to be read.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--singer", is_flag=True, help="Take what a Singer tap says on standard input.")
@click.option("--as-of", "as_of", metavar="T", help="When the exports were made; now by default.")
def command(
    paths: tuple[Path, ...],
    mapping: Path | None,
    dry_run: bool,
    singer: bool,
    as_of: str | None,
) -> None:
    """Take in CSV and XLSX files: deals, history, activities, members, companies, contacts.

    With --singer: the SCHEMA, RECORD and STATE lines of any tap; states go to standard output.
    """
    prepare()
    if singer:
        if paths or as_of or mapping is None:
            raise click.UsageError("--singer takes a --mapping, and no files.")
        from_tap(mapping, dry=dry_run)
        return
    if not paths:
        raise click.UsageError("Name at least one file.")
    try:
        rules = files.read(mapping) if mapping else Rules()
        at = moment(as_of, organisation().time_zone)
        plans = files.understand(paths, rules)
        for plan in plans:
            show_plan(plan)
        if all(plan.problem for plan in plans):
            raise InvalidInput("Nothing could be read.")
        with watching() as progress:
            report = files.load(plans, rules, as_of=at, dry=dry_run, progress=progress)
    except (InvalidMapping, ValueError) as error:
        raise InvalidInput(str(error)) from error
    show_report(report)
    if report.bad or any(plan.problem for plan in plans):
        sys.exit(1)


def from_tap(mapping: Path, *, dry: bool) -> None:
    """Take in what a tap says on standard input."""
    try:
        report = singer_target.take_in(
            sys.stdin, singer_target.read(mapping), state=click.echo, dry=dry
        )
    except (singer_target.InvalidMapping, singer_target.BadLine) as error:
        raise InvalidInput(str(error)) from error
    for stream, count in report.records.items():
        click.echo(f"{stream}: {count:,} records", err=True)
    for stream, count in report.aside.items():
        click.echo(f"{stream}: {count:,} records left aside: no mapping names it", err=True)
    came = f"{report.added:,} facts added, {report.known:,} known already."
    click.echo("Nothing was changed." if dry else came, err=True)
    for line, stream, why in report.refused[:LISTED]:
        click.echo(f"line {line}, {stream}: {why}", err=True)
    if report.bad > LISTED:
        click.echo(f"… and {report.bad - LISTED:,} more refused records.", err=True)
    if report.bad:
        sys.exit(1)


def show_plan(plan: FilePlan) -> None:
    """Print how a file was understood."""
    if plan.problem:
        click.echo(f"{plan.name}: {plan.problem}", err=True)
        return
    named = ", ".join(f"{c.heading} → {c.field}" for c in plan.columns if c.field)
    click.echo(f"{plan.name}: {plan.kind}" + (f" ({named})" if named else ""))
    for warning in plan.warnings:
        click.echo(f"  {warning}", err=True)


def show_report(report: Report) -> None:
    """Print figures, what is new, and the rows that were refused."""
    terminal = console()
    print_table(
        ("File", "Kind", "Rows", "Refused", "Left aside"),
        [
            (f.file, f.kind, f"{f.rows:,}", f"{f.bad:,}", f"{f.aside:,}")
            for f in report.files
            if f.kind
        ],
        {2, 3, 4},
    )
    for kind, names in report.new.items():
        terminal.print(f"New {kind}: {', '.join(names)}", markup=False)
    for sentence in report.assumed:
        terminal.print(sentence, markup=False)
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in report.facts.items())
    if report.dry:
        terminal.print(f"Nothing was changed. Facts that would be told: {kinds or 'none'}.")
    else:
        terminal.print(f"{report.added:,} facts added, {report.known:,} known already.")
    for bad in report.bad_rows[:LISTED]:
        place = f"{bad.file}, line {bad.line}"
        value = f"{bad.column} “{bad.value}” " if bad.column else ""
        click.echo(f"{place}: {value}{bad.why}", err=True)
    if report.bad > LISTED:
        click.echo(f"… and {report.bad - LISTED:,} more refused rows.", err=True)
    if report.bad and not report.dry:
        click.echo("Mend those rows and import the file again: the others are in.", err=True)

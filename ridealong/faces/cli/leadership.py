"""``ridealong leadership``: how each leader leads, over twelve weeks."""

from __future__ import annotations

import click

from ridealong.faces.cli.reading import AS, AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.views import leadership
from ridealong.views.leadership import Figure, Leading, Overview

NOTHING = "–"


@click.command()
@AT
@KNOWN
@AS
@form("text", "json")
def command(at_words: str | None, known_words: str | None, email: str | None, form: str) -> None:
    """Show how each leader leads: twelve weeks, against the twelve before."""
    pipe = opened(email, at_words, known_words)
    seen = leadership.overview(pipe)
    if form == "json":
        print_json(leadership.overview_shape(seen))
    else:
        _print_text(seen)


def _print_text(seen: Overview) -> None:
    terminal = console()
    if not seen.leaders:
        terminal.print("Nobody leads anybody here yet: members say who reports to whom.")
    for one in seen.leaders:
        terminal.print(f"[bold]{one.leader.name}[/bold]")
        for sentence in one.sentences:
            side = "Goes well" if sentence.good else "To mend"
            terminal.print(f"{side}: {sentence.words} {sentence.to_do}", markup=False)
        if not one.sentences:
            terminal.print(f"Nothing is sure, of {one.tried} comparisons.")
        print_table(
            ("Figure", "Twelve weeks", "Before", "With 95%", "Counted"), _lines(one), {1, 2}
        )
        terminal.print()
    for each in seen.differ:
        terminal.print(each.words, markup=False)


def _lines(one: Leading) -> list[tuple[str, ...]]:
    return [_line(figure) for figure in one.figures]


def _line(figure: Figure) -> tuple[str, ...]:
    def words(value: float) -> str:
        return leadership.value_words(figure.kind, value)

    now, before = figure.now, figure.before
    return (
        figure.kind.title,
        words(now.value) if now else leadership.lacking_words(figure),
        words(before.value) if before else NOTHING,
        f"{words(now.low)} to {words(now.high)}" if now else NOTHING,
        f"{len(figure.counted)}",
    )

"""``ridealong insights``: what holds up among all that was tried."""

from __future__ import annotations

import click

from ridealong.faces.cli.reading import AS, AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console
from ridealong.views import insights
from ridealong.views.insights import Insight, Insights


@click.command()
@AT
@KNOWN
@AS
@form("text", "json")
def command(at_words: str | None, known_words: str | None, email: str | None, form: str) -> None:
    """Show what holds up about deals, salespeople and leading, with what was tried."""
    pipe = opened(email, at_words, known_words)
    seen = insights.insights(pipe)
    if form == "json":
        print_json(insights.insights_shape(pipe, seen))
    else:
        _print_text(seen)


def _print_text(seen: Insights) -> None:
    terminal = console()
    for one in seen.found:
        terminal.print(f"[bold]{insights.KINDS[one.kind]}[/bold]")
        for line in _lines(one):
            terminal.print(line, markup=False)
        terminal.print()
    if not seen.found:
        terminal.print(f"Nothing holds up after {seen.compared} comparisons.")
    for each in seen.tried:
        few = f", {each.too_few} with too few deals" if each.too_few else ""
        terminal.print(f"{insights.KINDS[each.kind]}: {each.compared} compared{few}.")


def _lines(one: Insight) -> list[str]:
    shares = [f"  {s.value:.0%} ({s.went} of {s.of}) {s.words}" for s in (one.first, one.second)]
    difference = insights.beside(one.kind, one.effect, one.low, one.high)
    return [
        one.claim,
        *shares,
        f"  {difference[:1].upper()}{difference[1:]}.",
        f"  {one.to_do}",
    ]

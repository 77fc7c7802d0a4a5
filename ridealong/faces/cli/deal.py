"""``ridealong deal``: all one should know of one deal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import AS, AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views import forecasting, inspection
from ridealong.views.inspection import DealStory
from ridealong.views.inspection.figures import StoryEntry


@click.command()
@click.argument("query")
@AT
@KNOWN
@AS
@form("text", "json")
def command(
    query: str, at_words: str | None, known_words: str | None, email: str | None, form: str
) -> None:
    """Show the deal that QUERY means: its id, or words of its name and company."""
    pipe = opened(email, at_words, known_words)
    story = inspection.story_of(pipe, deal_meant(pipe, query))
    odds = forecasting.odds_shape(forecasting.deal_odds(pipe, story.deal), story)
    if form == "json":
        print_json({**inspection.story_shape(story), "odds": odds})
    else:
        print_text(story, pipe.organisation.time_zone)
        if story.deal.status == "open":
            print_odds(odds)


def deal_meant(pipe: Pipeline, query: str) -> DealState:
    """Return the deal that a query means; none, or several, end the command with a sentence."""
    deals = pipe.deals_called(query)
    if not deals:
        raise InvalidInput(f"No deal is called “{query}”.")
    meant = _meant(query, deals)
    if meant is None:
        names = "\n".join(f"  {d.key}  {d.name} ({d.company}, {d.stage})" for d in deals)
        raise InvalidInput(f"“{query}” may mean several deals; give one's id:\n{names}")
    return meant


def _meant(query: str, deals: list[DealState]) -> DealState | None:
    """The only one, the only one of just that name, or else the only open one."""
    for fits in (
        deals,
        [deal for deal in deals if deal.name.casefold() == query.strip().casefold()],
        [deal for deal in deals if deal.status == "open"],
    ):
        if len(fits) == 1:
            return fits[0]
    return None


def print_text(story: DealStory, zone: ZoneInfo) -> None:
    """Print the five lines, what is missing, and the story; days in ``zone``."""
    terminal = console()
    for line in story.lines:
        terminal.print(line, markup=False)
    if story.missing:
        terminal.print("\n[bold]Missing[/bold]")
        for line in story.missing:
            terminal.print(f"  {line}", markup=False)
    for heading, entries in (("Planned", story.planned), ("Story", story.story)):
        if entries:
            terminal.print(f"\n[bold]{heading}[/bold]")
            for entry in entries:
                terminal.print(
                    f"  {entry.at.astimezone(zone):%d %b %Y}  {_words(entry)}", markup=False
                )


def print_odds(odds: Mapping[str, Any]) -> None:
    """Print how likely the deal is won by when, and what carries it."""
    terminal = console()
    terminal.print("\n[bold]Odds[/bold]")
    if odds["problem"]:
        terminal.print(f"  {odds['problem']}", markup=False)
        return
    for name, by in sorted(odds["by"].items(), key=lambda pair: str(pair[1]["until"])):
        before = by["p_won_week_before"]
        ago = "" if before is None else f", {before:.0%} a week before"
        within = f"{by['p_won_low']:.0%} to {by['p_won_high']:.0%}"
        terminal.print(f"  {name}: won {by['p_won']:.0%} ({within}{ago})", markup=False)
    for reason in odds["reasons"]:
        terminal.print(f"  {reason['text']} (times {reason['times']:g})", markup=False)


def _words(entry: StoryEntry) -> str:
    if entry.activity:
        return f"{entry.activity.kind.replace('_', ' ')}: {entry.activity.title}"
    return "; ".join(
        f"{c.field}: {c.before} → {c.after}" if c.before else f"{c.field}: {c.after or 'empty'}"
        for c in entry.changes
    )

"""Lines and columns for a terminal; plain text when the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from ridealong.record.states import DealState
from ridealong.views.inspection import Figure, Group
from ridealong.views.inspection.wording import day, money, total


def console() -> Console:
    """Return the terminal; as wide as the lines where the output is a file or a pipe."""
    terminal = Console(highlight=False)
    if not terminal.is_terminal:
        terminal = Console(highlight=False, width=200)
    return terminal


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: set[int]) -> None:
    """Print rows under headings; columns in ``right`` are aligned to the right."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number in right else "left")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def figure_cells(figure: Figure, currency: str) -> tuple[str, str]:
    """Return a figure's count and amount in words."""
    return f"{figure.count:,}", total(figure.amount, currency) if figure.count else "–"


def group_rows(groups: Iterable[Group], currency: str) -> list[tuple[str, str, str]]:
    """Return a line for each group."""
    return [(group.name, *figure_cells(group.figure, currency)) for group in groups]


def deal_cells(deal: DealState) -> tuple[str, ...]:
    """Return what a list says of a deal."""
    return (
        deal.name,
        deal.company,
        deal.salesperson,
        deal.stage,
        money(deal.amount, deal.currency) or "–",
        day(deal.close_date) or "–",
    )


DEAL_HEADINGS = ("Deal", "Company", "Salesperson", "Stage", "Amount", "Closes")

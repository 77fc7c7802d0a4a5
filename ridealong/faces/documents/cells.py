"""Template filters: lines of cells as plain text or Markdown."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django import template

register = template.Library()


@register.filter
def columns(section: Any) -> str:
    """Return a section's lines in columns of plain text."""
    rows = [section.headings, *section.lines]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return "\n".join(
        "  " + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


@register.filter
def pipes(cells: tuple[str, ...]) -> str:
    """Return cells as a line of a Markdown table."""
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


@register.filter
def rule(cells: tuple[str, ...]) -> str:
    """Return the line under a Markdown table's headings."""
    return f"|{' --- |' * len(cells)}"


def _plain(cell: str) -> str:
    return " ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split())

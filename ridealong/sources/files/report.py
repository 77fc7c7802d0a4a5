"""What an import did, or would do: figures, warnings, and every row that was refused."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 10_000
"""Refused rows that are kept in full; all are counted."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that did not go in: where, which column and value, and why."""

    file: str
    line: int
    column: str
    value: str
    why: str
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class FileReport:
    """One file: rows read, refused, and left aside on purpose."""

    file: str
    kind: str
    rows: int = 0
    bad: int = 0
    aside: int = 0
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """A whole import. ``added`` and ``known`` count facts; ``new`` names what was not there.

    ``assumed``: what the files left open and was taken for granted, in sentences.
    """

    files: list[FileReport] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    added: int = 0
    known: int = 0
    new: dict[str, list[str]] = field(default_factory=dict)
    facts: Counter[str] = field(default_factory=Counter)
    assumed: list[str] = field(default_factory=list)
    dry: bool = False

    @property
    def bad(self) -> int:
        """How many rows were refused, in all files."""
        return sum(file.bad for file in self.files)

    @property
    def rows(self) -> int:
        """How many rows were read, in all files."""
        return sum(file.rows for file in self.files)

    def refuse(self, file: FileReport, row: BadRow) -> None:
        """Count a refused row, and keep it while there is room."""
        file.bad += 1
        if len(self.bad_rows) < KEPT:
            self.bad_rows.append(row)

    def shape(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "rows": self.rows,
            "bad": self.bad,
            "added": self.added,
            "known": self.known,
            "dry": self.dry,
            "assumed": self.assumed,
            "facts": dict(self.facts),
            "new": self.new,
            "files": [asdict(file) for file in self.files],
            "bad_rows": [{**asdict(row), "cells": list(row.cells)} for row in self.bad_rows],
        }


def rejected_csv(rows: list[dict[str, Any]], file: str, headings: tuple[str, ...]) -> str:
    """Return one file's refused rows as CSV with a column that says why, to mend and import."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*headings, "Why it was refused"])
    for row in rows:
        if row["file"] == file:
            cells = [*row["cells"], *[""] * (len(headings) - len(row["cells"]))]
            writer.writerow([*cells[: len(headings)], f"{row['column']}: {row['why']}"])
    return text.getvalue()

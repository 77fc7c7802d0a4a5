"""Rows out of CSV and XLSX files, whatever their encoding and delimiter, in bounded memory."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from zipfile import BadZipFile

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException

SAMPLE = 256 * 1024
DELIMITERS = ",;\t|"
FIELD_LIMIT = 1024 * 1024
OTHER_ENCODINGS = ["cp1252", "mac_roman", "latin_1", "cp1250", "cp1251", "utf_16_le", "utf_16_be"]
NO_TABLES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\xd0\xcf\x11\xe0": (
        "an old XLS file, or an XLSX with a password: save it as XLSX without one"
    ),
}


class UnreadableFile(ValueError):
    """A file that is no table; the text says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: ``number`` is the physical line it begins on; ``problem`` why it cannot be read."""

    number: int
    cells: tuple[Any, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file, or one sheet of a workbook, that can be read again and again."""

    path: Path
    sheet: str
    encoding: str
    delimiter: str
    headings: tuple[str, ...]

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.path.name} [{self.sheet}]" if self.sheet else self.path.name

    def lines(self) -> Iterator[Line]:
        """Yield every row under the headings; empty rows are left out."""
        rows = _sheet_rows(self.path, self.sheet) if self.sheet else _csv_rows(self)
        for line in rows:
            if line.problem or any(cell not in (None, "") for cell in line.cells):
                yield _fitted(line, len(self.headings))


def tables(path: Path, *, encoding: str = "", delimiter: str = "") -> list[Table]:
    """Return the tables of a file. Raises ``UnreadableFile``."""
    if not path.is_file():
        raise UnreadableFile(f"{path} is not there.")
    with _binary(path) as file:
        head = file.read(SAMPLE)
    if not head.strip():
        raise UnreadableFile(f"{path.name} is empty.")
    for mark, what in NO_TABLES.items():
        if head.startswith(mark):
            raise UnreadableFile(f"{path.name} is {what}; CSV or XLSX is needed.")
    if head.startswith(b"PK"):
        return _sheets(path)
    found = encoding or _encoding(path, head)
    text = head.decode(found, errors="replace")
    between = delimiter or _delimiter(text)
    table = Table(path, "", found, between, ())
    first = next(_csv_rows(table, skip=0), None)
    headings = _headings(first.cells if first else ())
    if len(headings) < 2 and len(text.splitlines()) > 1 and not between:
        raise UnreadableFile(f"{path.name} has one column only: is it a table?")
    return [Table(path, "", found, between, headings)]


def digest(path: Path) -> str:
    """Return 16 letters that are the same for the same bytes."""
    sums = hashlib.blake2b(digest_size=8)
    with path.open("rb") as file:
        while block := file.read(1024 * 1024):
            sums.update(block)
    return sums.hexdigest()


def _binary(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _encoding(path: Path, head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with io.TextIOWrapper(_binary(path), encoding="utf-8-sig") as text:
            while text.read(SAMPLE):
                pass
    except UnicodeDecodeError:
        best = from_bytes(head, cp_isolation=OTHER_ENCODINGS).best()
        return best.encoding if best else "cp1252"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    counts = {mark: first.count(mark) for mark in DELIMITERS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _csv_rows(table: Table, skip: int = 1) -> Iterator[Line]:
    csv.field_size_limit(FIELD_LIMIT)
    opened = io.TextIOWrapper(
        _binary(table.path), encoding=table.encoding, errors="replace", newline=""
    )
    with opened as text:
        reader = csv.reader(_without_nul(text), delimiter=table.delimiter)
        number = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Line(number, (), f"this row cannot be read: {error}")
                number = reader.line_num + 1
                continue
            if skip:
                skip -= 1
            else:
                yield Line(number, tuple(cells))
            number = reader.line_num + 1


def _without_nul(text: IO[str]) -> Iterator[str]:
    # Reports say so: U+2400 is the picture of NUL, and no value keeps it.
    return (line.replace("\x00", "\u2400") for line in text)


def _fitted(line: Line, width: int) -> Line:
    if line.problem:
        return line
    if "\u2400" in "".join(map(str, line.cells)) or "\ufffd" in "".join(map(str, line.cells)):
        return Line(line.number, line.cells, "holds bytes that are no text in this encoding")
    if len(line.cells) < width:
        why = f"is cut short: {len(line.cells)} of {width} columns"
        return Line(line.number, line.cells, why)
    if any(cell not in (None, "") for cell in line.cells[width:]):
        return Line(line.number, line.cells, f"has {len(line.cells)} columns instead of {width}")
    return Line(line.number, line.cells[:width])


def _headings(cells: tuple[Any, ...]) -> tuple[str, ...]:
    """Return headings; a second one of the same name gets its number."""
    seen: dict[str, int] = {}
    headings = []
    for cell in cells:
        name = str(cell if cell is not None else "").strip().lstrip("\ufeff")
        seen[name] = seen.get(name, 0) + 1
        headings.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    while headings and not headings[-1]:
        headings.pop()
    return tuple(headings)


def _sheets(path: Path) -> list[Table]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise UnreadableFile(f"{path.name} is no XLSX file: {error}") from error
    found = []
    for sheet in book.worksheets:
        first = next(sheet.iter_rows(max_row=1, values_only=True), ())
        headings = _headings(tuple(first))
        if headings:
            found.append(Table(path, sheet.title, "", "", headings))
    book.close()
    if not found:
        raise UnreadableFile(f"{path.name} has no sheet with headings in its first row.")
    return found


def _sheet_rows(path: Path, sheet: str) -> Iterator[Line]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = book[sheet].iter_rows(values_only=True)
        for number, cells in enumerate(islice(rows, 1, None), start=2):
            yield Line(number, tuple(map(_cell, cells)))
    finally:
        book.close()


def _cell(value: Any) -> Any:
    """Dates and numbers stay what they are; the rest is text."""
    if value is None or isinstance(value, bool | int | float | date | datetime):
        return value
    return str(value)

"""One row of a file as fields, each read in its column's style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ridealong.sources.files import values
from ridealong.sources.files.plan import FilePlan
from ridealong.sources.files.tables import Line


class BadCell(ValueError):
    """A cell, or its absence, for which a row is refused."""

    def __init__(self, column: str, value: Any, why: str) -> None:
        super().__init__(why)
        self.column, self.value, self.why = column, str(value or ""), why


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file's rows are read: where each heading stands, and the file's style."""

    plan: FilePlan
    zone: ZoneInfo
    places: Mapping[str, int]
    fields: Mapping[str, str]

    @classmethod
    def of(cls, plan: FilePlan, zone: ZoneInfo) -> Reading:
        """Make the reading of a plan's rows."""
        places = {column.heading: n for n, column in enumerate(plan.columns)}
        return cls(plan, zone, places, plan.fields)


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose fields can be asked for; an empty cell is "" or None."""

    line: Line
    reading: Reading

    def heading(self, field: str) -> str:
        """Return the heading of the column that is this field; the field's name without one."""
        return self.reading.fields.get(field, field)

    def cell(self, heading: str) -> Any:
        """Return a cell by its column's heading."""
        place = self.reading.places.get(heading)
        value = None if place is None else self.line.cells[place]
        return value.strip() if isinstance(value, str) else value

    def raw(self, field: str) -> Any:
        """Return a field's cell, with the mapping's other words for it."""
        heading = self.reading.fields.get(field)
        if heading is None:
            return None
        value = self.cell(heading)
        return self.reading.plan.rule.values.get(field, {}).get(value, value)

    def has(self, field: str) -> bool:
        """Say whether the file has this field and the row a value for it."""
        return self.raw(field) not in (None, "")

    def text(self, field: str, limit: int = 255) -> str:
        """Return a field as one line of text."""
        value = self.raw(field)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value).strip()
        if limit and len(text) > limit:
            raise self.bad(field, f"is longer than {limit} characters")
        return text

    def bad(self, field: str, why: str) -> BadCell:
        """Return the error for a field of this row."""
        return BadCell(self.heading(field), self.raw(field), why)

    def amount_of(self, heading: str) -> tuple[Decimal, str] | None:
        """Read an amount by heading; None where it is empty."""
        value = self.cell(heading)
        if value in (None, ""):
            return None
        try:
            return values.amount(value, self.reading.plan.decimal)
        except values.InvalidValue as error:
            raise BadCell(heading, value, str(error)) from None

    def amount(self, field: str) -> tuple[Decimal, str] | None:
        """Read an amount and the currency written with it; None where it is empty."""
        return self.amount_of(self.heading(field)) if self.has(field) else None

    def moment_of(self, heading: str) -> datetime | None:
        """Read a moment by heading; None where it is empty."""
        value = self.cell(heading)
        if value in (None, ""):
            return None
        try:
            return values.moment(value, self.reading.plan.order, self.reading.zone)
        except values.InvalidValue as error:
            raise BadCell(heading, value, str(error)) from None

    def moment(self, field: str) -> datetime | None:
        """Read a moment; None where it is empty."""
        return self.moment_of(self.heading(field)) if self.has(field) else None

    def day(self, field: str) -> date | None:
        """Read a day where the company is; None where it is empty."""
        found = self.moment(field)
        return None if found is None else found.astimezone(self.reading.zone).date()

    def flag(self, field: str) -> bool | None:
        """Read yes or no; None where it is empty."""
        if not self.has(field):
            return None
        try:
            return values.flag(self.raw(field))
        except values.InvalidValue as error:
            raise self.bad(field, str(error)) from None

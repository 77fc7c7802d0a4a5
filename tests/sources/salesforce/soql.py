"""Reads the little of SOQL that the connector writes, and refuses everything else.

After Salesforce's SOQL reference: names of fields, ``FROM`` one object, ``WHERE`` with ``=``,
``>=`` and ``IN`` joined by ``AND``, ``ORDER BY`` ascending with nulls first. A query that is not
wholly understood is refused as malformed, so that a stand-in built on it cannot answer what it
guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
    r"|(?P<name>[A-Za-z]\w*)|(?P<sign>>=|[=(),]))"
)
_UNFILTERED = frozenset({"OldValue", "NewValue", "Description", "Body"})
_TIMES = frozenset({"CreatedDate", "SystemModstamp", "CompletedDateTime", "ActivityDateTime"})
Row = dict[str, Any]


class Wrong(Exception):
    """A query that is refused: with Salesforce's code for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Query:
    """A query: its fields, its object, [(field, sign, values)], the fields that it is sorted by."""

    fields: list[str]
    name: str
    where: list[tuple[str, str, list[Any]]]
    order: list[str]

    def rows(self, schema: Mapping[str, Iterable[str]], rows: Iterable[Row]) -> list[Row]:
        """Return the rows it asks for, refusing what this schema does not have."""
        if self.name not in schema:
            raise Wrong("INVALID_TYPE", f"sObject type '{self.name}' is not supported.")
        for field in (*self.fields, *(each[0] for each in self.where), *self.order):
            if field not in schema[self.name]:
                raise Wrong(
                    "INVALID_FIELD",
                    f"\nSELECT {', '.join(self.fields)}\n       ^\nERROR at Row:1:Column:8\n"
                    f"No such column '{field}' on entity '{self.name}'. If you are attempting to "
                    "use a custom field, be sure to append the '__c' after the custom field name. "
                    "Please reference your WSDL or the describe call for the appropriate names.",
                )
        found = [row for row in rows if all(_holds(row, *each) for each in self.where)]
        found.sort(key=lambda row: [_sorted(row.get(field)) for field in self.order])
        return [{field: row.get(field) for field in self.fields} for row in found]


class _Reader:
    def __init__(self, soql: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place, text = 0, soql.strip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise Wrong("MALFORMED_QUERY", f"unexpected token: '{text[place : place + 20]}'")
            self._tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            place = match.end()
        self._tokens.append(("end", ""))

    def take(self, kind: str, value: str | None = None) -> str:
        """Take what must come next."""
        found, text = self._tokens[0]
        if found != kind or (value is not None and text.upper() != value):
            raise Wrong("MALFORMED_QUERY", f"unexpected token: '{text}'")
        self._tokens.pop(0)
        return text

    def comes(self, kind: str, value: str) -> bool:
        """Take what may come next, and say whether it did."""
        found, text = self._tokens[0]
        if found == kind and text.upper() == value:
            self._tokens.pop(0)
            return True
        return False

    def names(self) -> list[str]:
        """Take names with commas between them."""
        found = [self.take("name")]
        while self.comes("sign", ","):
            found.append(self.take("name"))
        return found

    def value(self, field: str) -> Any:
        """Take a value that may be compared with this field."""
        kind, text = self._tokens.pop(0)
        if field in _UNFILTERED:
            raise Wrong("INVALID_FIELD", f"field '{field}' can not be filtered in a query call")
        if field in _TIMES and kind == "time":
            return datetime.fromisoformat(text)
        if field.startswith("Is") and kind == "name" and text in {"true", "false"}:
            return text == "true"
        if field not in _TIMES and not field.startswith("Is") and kind == "text":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        raise Wrong(
            "INVALID_FIELD", f"value of filter criterion for field '{field}' is of a wrong type"
        )

    def condition(self) -> tuple[str, str, list[Any]]:
        """Take one condition."""
        field = self.take("name")
        if self.comes("name", "IN"):
            self.take("sign", "(")
            values = [self.value(field)]
            while self.comes("sign", ","):
                values.append(self.value(field))
            self.take("sign", ")")
            return field, "IN", values
        sign = self.take("sign")
        if sign not in {"=", ">="}:
            raise Wrong("MALFORMED_QUERY", f"unexpected token: '{sign}'")
        return field, sign, [self.value(field)]


def read(soql: str) -> Query:
    """Read a query. Raises ``Wrong``."""
    reader = _Reader(soql)
    reader.take("name", "SELECT")
    fields = reader.names()
    reader.take("name", "FROM")
    name = reader.take("name")
    where, order = [], []
    if reader.comes("name", "WHERE"):
        where.append(reader.condition())
        while reader.comes("name", "AND"):
            where.append(reader.condition())
    if reader.comes("name", "ORDER"):
        reader.take("name", "BY")
        order = reader.names()
    reader.take("end")
    return Query(fields, name, where, order)


def _holds(row: Row, field: str, sign: str, values: list[Any]) -> bool:
    there = row.get(field)
    if sign == ">=":
        return there is not None and _moment(there) >= values[0]
    return there in values


def _moment(value: Any) -> Any:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        # A row whose time is none never is too early.
        return datetime.fromisoformat("9999-12-31T00:00:00+00:00")


def _sorted(value: Any) -> tuple[bool, str]:
    return (value is not None, str(value))

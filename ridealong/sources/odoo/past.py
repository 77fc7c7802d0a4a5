"""The past of opportunities, out of what Odoo tracked of their fields in its messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ridealong.sources.base.rows import Row, needed
from ridealong.sources.odoo.asking import Odoo, number_of, plain
from ridealong.sources.odoo.wanted import FIELD, LEAD, MESSAGE, TRACKED, Wanted

READ = (
    "name", "stage_id", "user_id", "partner_id", "expected_revenue", "date_deadline", "active",
    "lost_reason", "lost_reason_id", "won_status",
)  # fmt: skip
"""Fields of opportunities whose changes are read, if this Odoo tracks them."""
_COLUMNS = {
    "many2one": "integer", "boolean": "integer", "integer": "integer", "float": "float",
    "monetary": "float", "char": "char", "text": "char", "selection": "char",
    "date": "datetime", "datetime": "datetime",
}  # fmt: skip
_PAGE = 1000


@dataclass(frozen=True)
class Moved:
    """One save of an opportunity. ``fields``: {Odoo's name: (value before, value after)}."""

    id: int
    at: datetime
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


class History:
    """What Odoo tracks of opportunities. ``tracks``: the names of fields it does."""

    def __init__(self, odoo: Odoo, wanted: Wanted) -> None:
        self._odoo = odoo
        self._names = wanted.names.get(TRACKED, ())
        self._fields: dict[int, Row] = {}
        if wanted.has(TRACKED, FIELD, MESSAGE):
            domain = [["model", "=", LEAD], ["name", "in", list(READ)], ["tracking", "!=", False]]
            rows = odoo.rows(FIELD, [*domain, ["tracking", "!=", 0]], wanted.names[FIELD])
            self._fields = {row["id"]: row for row in rows}
        self.tracks = frozenset(row["name"] for row in self._fields.values())

    def of(self, leads: Iterable[int]) -> dict[int, list[Moved]]:
        """Return {opportunity: its saves, oldest first}."""
        numbers = sorted(set(leads))
        if not self._fields or not numbers:
            return {}
        values = self._values(numbers)
        messages = self._odoo.of(MESSAGE, list(values), ["date", "res_id", "subject"])
        found: dict[int, list[Moved]] = {}
        for number in sorted(messages):
            message = messages[number]
            # What Odoo tracks has no subject. One stands there after a merge, which moves the
            # messages of the losers to the winner: "From …". That past is not the winner's.
            if not message["subject"]:
                moved = Moved(number, needed(message, "date"), self._read(values[number]))
                found.setdefault(message["res_id"], []).append(moved)
        for saves in found.values():
            saves.sort(key=lambda moved: (moved.at, moved.id))
        return found

    def _values(self, leads: list[int]) -> dict[int, list[Row]]:
        """Return the tracked values of these, {message: values}."""
        of_field = "field_id" if "field_id" in self._names else "field"
        domain = [
            ["mail_message_id.model", "=", LEAD],
            ["mail_message_id.res_id", "in", leads],
            [of_field, "in", sorted(self._fields)],
        ]
        found: dict[int, list[Row]] = {}
        for page in self._odoo.pages(TRACKED, domain, self._names, size=_PAGE):
            for row in page:
                told = {**row, "field": number_of(row[of_field])}
                found.setdefault(number_of(row["mail_message_id"]) or 0, []).append(told)
        return found

    def _read(self, values: list[Row]) -> dict[str, tuple[Any, Any]]:
        found = {}
        for row in values:
            known = self._fields.get(row["field"])
            if known is not None:
                old, new = (self._value(row, known, part) for part in ("old", "new"))
                found[str(known["name"])] = (old, new)
        return found

    def _value(self, row: Row, known: Row, part: str) -> Any:
        column = _COLUMNS.get(known["ttype"], "char")
        if known["ttype"] == "monetary" and f"{part}_value_monetary" in row:
            column = "monetary"
        if known["name"] in {"lost_reason", "lost_reason_id"}:
            # The reason's name as it was then.
            column = "char"
        value = plain(row).get(f"{part}_value_{column}")
        return None if known["ttype"] == "many2one" and not value else value


def partners(saves: Iterable[Moved]) -> set[int]:
    """Return the companies and contacts that saves speak of."""
    pairs = (moved.fields.get("partner_id", (None, None)) for moved in saves)
    return {number for pair in pairs for number in pair if number}

"""What is asked of Odoo: rows of a model by what changed, by id, and single calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access
from ridealong.sources.base.rows import Row
from ridealong.sources.odoo.speaking import No, spoken, version

Domain = list[Any]
_LIVING = {"mail.activity"}
"""What is archived when it is done; of all else archived records are asked for, too."""
_CHUNK = 500


class Odoo:
    """A database of an Odoo server. Everything raises ``Refused`` or ``TryAgain``, or ``No``."""

    def __init__(self, access: Access, *, writing: bool = False) -> None:
        self.number, self.version = version(access)
        self._speech = spoken(access, self.number, writing=writing)

    def call(self, model: str, method: str, ids: Sequence[int] | None = None, **named: Any) -> Any:
        """Call any method; ``ids``: the records it is called on."""
        return self._speech.ask(model, method, ids, named)

    def does(self, model: str, method: str, ids: Sequence[int], **named: Any) -> Any:
        """Call a method that changes something. Raises ``Refused`` with Odoo's own words."""
        try:
            return self.call(model, method, ids, **named)
        except No as error:
            raise Refused(str(error)) from error

    def fields(self, model: str, names: Sequence[str]) -> set[str]:
        """Return which of these fields the model has for this user."""
        found = self.call(model, "fields_get", allfields=list(names), attributes=["type"])
        return set(names) & set(found)

    def rows(
        self,
        model: str,
        domain: Domain,
        names: Sequence[str],
        *,
        order: str = "id",
        limit: int | None = None,
    ) -> list[Row]:
        """Return rows, archived ones too (not of activities); Odoo says False for empty."""
        named: dict[str, Any] = {"domain": domain, "fields": list(names), "order": order}
        if limit is not None:
            named["limit"] = limit
        found = self.call(model, "search_read", context=_context(model), **named)
        return [row for row in found if isinstance(row, dict)]

    def pages(
        self, model: str, domain: Domain, names: Sequence[str], *, size: int, after: int = 0
    ) -> Iterator[list[Row]]:
        """Yield pages by id.

        Until one is empty, not until one is short: Odoo may take rows that the user may not see
        out of a page that it has counted already.
        """
        while True:
            page = self.rows(model, [*domain, ["id", ">", after]], names, limit=size)
            if not page:
                return
            yield page
            after = page[-1]["id"]

    def of(self, model: str, ids: Sequence[int], names: Sequence[str]) -> dict[int, Row]:
        """Return rows by their ids, those that there are."""
        found: dict[int, Row] = {}
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            found |= {row["id"]: row for row in self.rows(model, [["id", "in", part]], names)}
        return found

    def count(self, model: str, domain: Domain) -> int:
        """Return how many rows there are, archived ones too."""
        return int(self.call(model, "search_count", domain=domain, context=_context(model)))

    def ids(self, model: str, domain: Domain) -> list[int]:
        """Return the ids of rows, archived ones too, in order."""
        found = self.call(model, "search", domain=domain, order="id", context=_context(model))
        return [int(number) for number in found]

    def newest(self, model: str, domain: Domain) -> str:
        """Return when a row was changed last, as Odoo writes it; "" where there is none."""
        rows = self.rows(model, domain, ["write_date"], order="write_date desc", limit=1)
        return str(rows[0]["write_date"]) if rows else ""


def _context(model: str) -> dict[str, bool]:
    """Say whether archived records are left out: a lost opportunity is one."""
    return {"active_test": model in _LIVING}


def number_of(value: Any) -> int | None:
    """Return the id that a many2one holds ([7, "Name"], 7 or False)."""
    if isinstance(value, list):
        value = value[0] if value else None
    return int(value) if value else None


def name_of(value: Any) -> str:
    """Return the name that a many2one holds; "" for none."""
    return str(value[1] or "") if isinstance(value, list) and len(value) > 1 else ""


def plain(row: Mapping[str, Any]) -> Row:
    """Return a row with None where Odoo says False for empty; flags are read with ``is True``."""
    return {name: None if value is False else value for name, value in row.items()}

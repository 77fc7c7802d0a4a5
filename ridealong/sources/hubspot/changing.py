"""What changed since a moment, by searches of which none depends on how many there were before.

A search gives at most 10,000 results, and a row that is changed while its pages are read moves to
the end, so that others slip to a page that was read already. So each page is a search of its own,
from the last row's stamp on; where a whole page has one stamp, by number within that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ridealong.sources.base.rows import Row, needed
from ridealong.sources.hubspot.asking import HubSpot
from ridealong.sources.hubspot.values import when

PAGE = 100
_NUMBER = "hs_object_id"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that were not found before. ``total``: these and how many may still come.

    ``stamp``: the last one's, as HubSpot writes it.
    """

    rows: list[Row]
    total: int
    stamp: str


def stamp_name(what: str) -> str:
    """Return the property that says when one was last changed."""
    return "lastmodifieddate" if what == "contacts" else "hs_lastmodifieddate"


class Changes:
    """Pages of deals, contacts and so on that changed, the earliest change first."""

    def __init__(self, account: HubSpot, what: str, properties: Sequence[str]) -> None:
        self._account = account
        self._what = what
        self._name = stamp_name(what)
        self._properties = sorted({*properties, self._name})

    def since(self, moment: datetime | None) -> Iterator[Found]:
        """Yield what was changed then or later; None: everything."""
        start = _milliseconds(moment) if moment else 0
        before: set[tuple[str, str]] = set()
        while True:
            rows, total = self._page([_filter(self._name, "GTE", start)], self._name)
            if not rows:
                return
            marks = {self._mark(row) for row in rows}
            fresh = [row for row in rows if self._mark(row) not in before]
            if fresh:
                yield Found(fresh, total - (len(rows) - len(fresh)), self._stamp(rows[-1]))
            if len(rows) < PAGE:
                return
            last = _milliseconds(self._at(rows[-1]))
            if last == start:
                yield from self._within(start, {row["id"] for row in rows})
                last += 1
            start, before = last, marks

    def _within(self, stamp: int, known: set[str]) -> Iterator[Found]:
        """Yield what was changed in one millisecond, as an import does, beyond a page of it."""
        number = 0
        while True:
            rows, total = self._page(
                [
                    _filter(self._name, "GTE", stamp),
                    _filter(self._name, "LT", stamp + 1),
                    _filter(_NUMBER, "GT", number),
                ],
                _NUMBER,
            )
            fresh = [row for row in rows if row["id"] not in known]
            if fresh:
                yield Found(fresh, total, self._stamp(rows[-1]))
            if len(rows) < PAGE:
                return
            number = int(rows[-1]["id"])

    def _page(self, filters: list[Row], sort: str) -> tuple[list[Row], int]:
        answer = self._account.search(
            self._what,
            {
                "filterGroups": [{"filters": filters}],
                "sorts": [{"propertyName": sort, "direction": "ASCENDING"}],
                "properties": self._properties,
                "limit": PAGE,
            },
        )
        rows = [row for row in answer.get("results") or [] if isinstance(row, dict)]
        return rows, int(answer.get("total") or 0)

    def _mark(self, row: Row) -> tuple[str, str]:
        return (str(row["id"]), self._stamp(row))

    def _stamp(self, row: Row) -> str:
        return str(row["properties"].get(self._name) or row["updatedAt"])

    def _at(self, row: Row) -> datetime:
        return when(self._stamp(row)) or needed(row, "updatedAt")


def _filter(name: str, operator: str, value: Any) -> Row:
    return {"propertyName": name, "operator": operator, "value": str(value)}


def _milliseconds(moment: datetime) -> int:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    since = moment - epoch
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000

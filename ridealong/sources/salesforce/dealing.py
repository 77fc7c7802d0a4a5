"""An opportunity with its kept past, as facts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from ridealong.record.facts import Fact
from ridealong.sources.base.deals import Change, deal_facts
from ridealong.sources.base.rows import Odd, Row, day, line, needed
from ridealong.sources.salesforce.objects import STAMP, is_a
from ridealong.sources.salesforce.telling import Keys, outcome, read, text

_CATEGORIES = {
    "omitted": "omitted",
    "pipeline": "pipeline",
    "bestcase": "best_case",
    "mostlikely": "most_likely",
    "forecast": "commit",
    "commit": "commit",
    "closed": "closed",
}
_KINDS = {"salesperson": "member", "company": "company"}
"""Fields whose history comes twice, once with ids and once with names: the ids are read."""


class DealTeller:
    """Turns opportunities into facts. ``currency``: of amounts that say none."""

    def __init__(self, keys: Keys, currency: str) -> None:
        self._keys = keys
        self._currency = currency
        self._read: dict[str, tuple[str, Callable[[Any], Any]]] = {
            "Name": ("name", line),
            "AccountId": ("company", keys.of),
            "OwnerId": ("salesperson", keys.member),
            "StageName": ("stage", keys.of),
            "Amount": ("amount", amount),
            "CurrencyIsoCode": ("currency", text),
            "CloseDate": ("close_date", day),
            "ForecastCategory": ("category", category),
            "NextStep": ("next_step", text),
        }
        # As field history calls them.
        self._kept = {
            **self._read,
            "Account": self._read["AccountId"],
            "Owner": self._read["OwnerId"],
            "ForecastCategoryName": self._read["ForecastCategory"],
        }

    def deal(self, row: Row, states: Sequence[Row], entries: Iterable[Row]) -> Iterator[Fact]:
        """Tell an opportunity as it is, and its past.

        ``states``: its OpportunityHistory, oldest first, each row the state after a change;
        ``entries``: its OpportunityFieldHistory. Of what both keep the states are read: they are
        kept for ever, and whole.
        """
        key = str(self._keys.of(row["Id"]))
        modified = needed(row, STAMP)
        values = read(row, self._read)
        values["status"] = outcome(row) if "IsClosed" in row else self._status(row)
        values["currency"] = values.get("currency") or self._currency
        gone = bool(row.get("IsDeleted"))
        past, tracked = self._past(states, values)
        history = [*past, *self._changes(entries, tracked)]
        # One that came back from the recycle bin is there again.
        present = values if gone else {**values, "deleted": False}
        yield from deal_facts(
            key,
            created=needed(row, "CreatedDate"),
            modified=modified,
            values=present,
            history=history,
            tracked=tracked,
        )
        if gone:
            stamp = f"gone:{key}:{modified.isoformat()}"
            yield Fact("deal", key, modified, {"deleted": True}, stamp, {"deleted": False})

    def contacts(self, deal: str, roles: Sequence[Row]) -> Iterator[Fact]:
        """Tell who takes part in a deal by all of its contact roles, deleted ones included."""
        key = str(self._keys.of(deal))
        at = max(needed(role, STAMP) for role in roles)
        there = {
            contact: line(role.get("Role")) or "contact"
            for role in sorted(roles, key=lambda role: str(role["Id"]))
            if not role.get("IsDeleted") and (contact := self._keys.of(role.get("ContactId")))
        }
        changes = {"contacts": there or None}
        yield Fact("deal", key, at, changes, f"contacts:{key}:{at.isoformat()}", changes)

    def _state(self, row: Row) -> Row:
        return {**read(row, self._read), "status": self._status(row)}

    def _past(self, rows: Sequence[Row], present: Row) -> tuple[list[Change], frozenset[str]]:
        """Return what changed from state to state, and which fields the states hold.

        The first state needs no entry of its own, except for what is different now without any
        later state that says so.
        """
        if not rows:
            return [], frozenset()
        states = [self._state(row) for row in rows]
        tracked = frozenset(states[0])
        found: list[Change] = []
        for row, (was, state) in zip(rows[1:], itertools.pairwise(states), strict=True):
            new = {name: value for name, value in state.items() if value != was.get(name)}
            if new:
                old = {name: was.get(name) for name in new}
                found.append(Change(row["Id"], needed(row, "CreatedDate"), new, old))
        told = {name for change in found for name in change.changes}
        first = {
            name: value
            for name, value in states[0].items()
            if name not in told and value != present.get(name)
        }
        if first:
            found.append(Change(rows[0]["Id"], needed(rows[0], "CreatedDate"), first, first))
        return found, tracked

    def _status(self, row: Row) -> str:
        name = line(row.get("StageName"))
        known = self._keys.statuses.get(name)
        if known:
            return known
        # A stage that is no longer there: what it meant shows in what it did to the deal.
        if category(row.get("ForecastCategory")) == "closed":
            return "won"
        is_out = category(row.get("ForecastCategory")) == "omitted"
        return "lost" if is_out and row.get("Probability") == 0 else "open"

    def _changes(self, entries: Iterable[Row], apart: frozenset[str]) -> Iterator[Change]:
        """Turn field history into changes; nothing of the fields in ``apart``."""
        for row in entries:
            told = self._kept.get(str(row.get("Field")))
            if told is None or told[0] in apart:
                continue
            name, of = told
            old, new = row.get("OldValue"), row.get("NewValue")
            if name in _KINDS and not all(
                value is None or is_a(_KINDS[name], value) for value in (old, new)
            ):
                continue
            was, now = {name: of(old)}, {name: of(new)}
            if name == "stage":
                was["status"], now["status"] = (
                    self._status({"StageName": each}) for each in (old, new)
                )
            yield Change(row["Id"], needed(row, "CreatedDate"), now, was)


def amount(value: Any) -> str | None:
    """Return an amount in plain digits, whatever way it was written; None for none."""
    if value in (None, ""):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise Odd(f"{str(value)[:40]!r} is not an amount") from error
    if not found.is_finite() or found.adjusted() > 30:
        raise Odd(f"{str(value)[:40]!r} is not an amount")
    return f"{found:f}"


def category(value: Any) -> str | None:
    """Return the forecast category that Salesforce means; None for none that is known."""
    return _CATEGORIES.get(line(value).lower().replace(" ", ""))
